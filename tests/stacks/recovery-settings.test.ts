import { expect } from "chai";
import { ArgsError } from "../../components/shared/args-error";
import { crossEnvironmentProblems, parseEnvironment } from "../../stacks/environment";
import { changed } from "../support/stack-file";

const pilotLight = { "settings.recovery.mode": "pilot-light" };

function problemsOf(name: string, changes: Record<string, unknown>): readonly string[] {
  try {
    parseEnvironment("file", changed(name, changes));
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  return [];
}

describe("settings of two regions that are refused", () => {
  const cases: [string, string, Record<string, unknown>, string[]][] = [
    [
      "a mode that nobody knows",
      "recovery",
      { "settings.recovery.mode": "warm" },
      ['auterity:recovery.mode: got "warm", need full or pilot-light'],
    ],
    [
      "a pilot light in production",
      "prod",
      { "settings.recovery.mode": "pilot-light" },
      ['auterity:recovery.mode: got "pilot-light", need full in production; it would serve nobody'],
    ],
    [
      "a recovery region that is the home of it",
      "recovery",
      { "settings.recovery.region": "us-east-2" },
      [
        'auterity:recovery.region: got "us-east-2", which is the environment\'s own region, need another one',
      ],
    ],
    [
      "production whose data is in one region",
      "prod",
      { "settings.data.database.global": "none" },
      [
        'auterity:data.database.global: got "none", need primary in production; a day\'s data would be lost with the region',
      ],
    ],
    [
      "a standby that follows itself, or nobody",
      "recovery",
      { "settings.secrets.environment": "recovery" },
      [
        'auterity:secrets.environment: got "recovery" with auterity:data.database.global secondary, need the environment whose database it follows',
      ],
    ],
    [
      "traffic for a pilot light, an answer that is kept for an hour, and buckets that begin empty",
      "recovery",
      {
        ...pilotLight,
        "settings.recovery.dns.admitsTraffic": true,
        "settings.recovery.dns.ttlSeconds": 3600,
        "settings.data.buckets.source": "own",
      },
      [
        "auterity:recovery.dns.ttlSeconds: got 3600, need 300 at most; people would be sent to what is gone for so long",
        "auterity:recovery.dns.admitsTraffic: got true with mode pilot-light, need false; it serves nobody",
        'auterity:data.buckets.source: got "own" in a standby, need replica; it would begin with empty buckets',
      ],
    ],
    [
      "a secondary record at home, and a primary one in the standby's place",
      "prod",
      { "settings.recovery.dns.record": "secondary", "settings.data.buckets.source": "replica" },
      ['auterity:recovery.dns.record: got "secondary", need none or primary in production'],
    ],
  ];
  for (const [sentence, name, changes, expected] of cases)
    it(sentence, () => {
      expect(problemsOf(name, changes)).to.deep.equal(expected);
    });

  it("between the two of them", () => {
    const parsed = (name: string, changes = {}) => parseEnvironment(name, changed(name, changes));
    expect(crossEnvironmentProblems([parsed("prod"), parsed("recovery")])).to.deep.equal([]);
    const strangers = [
      parsed("prod", {
        "settings.recovery.region": "eu-west-1",
        "settings.ingress.domain": "platform.example",
        "settings.ingress.hostedZoneId": "Z1",
        "settings.data.database.instanceClass": "db.r6g.xlarge",
        "settings.data.buckets.replicate": "none",
      }),
      parsed("recovery"),
    ];
    expect(crossEnvironmentProblems(strangers)).to.deep.equal([
      "auterity:recovery.region: eu-west-1 of prod and us-east-2 of recovery, need the region of the standby",
      "auterity:ingress.domain: platform.example of prod and unassigned of recovery, need one and the same",
      "auterity:ingress.hostedZoneId: Z1 of prod and none of recovery, need one and the same: the records stand in one zone",
      "auterity:data.database.instanceClass: db.r6g.xlarge of prod and db.r6g.large of recovery, need one: the load moves over whole",
      "auterity:data.buckets.replicate: none of prod and replica of recovery, need one-way or two-way at home",
    ]);
  });
});
