import { expect } from "chai";
import { services } from "../../../stacks/services";
import { type Judged, loadProblems } from "../../../tools/load/problems";

const sound: Judged = {
  request: {
    scenario: "load",
    requestsPerSecond: 3,
    addresses: 1,
    origin: undefined,
    production: false,
  },
  environment: {
    name: "dev",
    stage: "development",
    domain: "dev.example.com",
    rateLimitCountsUntil: undefined,
  },
  records: services,
  today: "2027-01-31",
};

function problems(
  request: Partial<Judged["request"]>,
  environment: Partial<Judged["environment"]> = {},
): string[] {
  return loadProblems({
    ...sound,
    request: { ...sound.request, ...request },
    environment: { ...sound.environment, ...environment },
  });
}

const tooMuch =
  '--rate: got 3, which is 30 a second from one address at the peak of spike, need 3.33 at most, since the firewall refuses more than 1000 in 300 s; share the load by --addresses, or let its rule count for the day: auterity:edge.countUntil { rate-limit: "2027-01-31" }';

describe("loadProblems", () => {
  const cases: [string, string[], string[]][] = [
    ["a load below the firewall's limit passes", problems({}), []],
    [
      "a scenario that is none",
      problems({ scenario: "stress" }),
      ['scenario: got "stress", need one of smoke, load, spike, soak'],
    ],
    [
      "a heavy scenario without a rate",
      problems({ requestsPerSecond: undefined }),
      ["--rate: got none, need requests a second in all, such as the peak of the last month"],
    ],
    ["a smoke run needs none", problems({ scenario: "smoke", requestsPerSecond: undefined }), []],
    [
      "a rate that is no number, and no address",
      problems({ requestsPerSecond: Number("x"), addresses: 0 }),
      [
        "--rate: got NaN, need more than 0 and up to 10000 requests a second",
        "--addresses: got 0, need a whole number of at least 1",
      ],
    ],
    [
      "an origin with a path",
      problems({ origin: "https://lb.example.com/x" }),
      ['--origin: got "https://lb.example.com/x", need http(s)://HOST without a path'],
    ],
    [
      "an environment without a domain",
      problems({}, { domain: "unassigned" }),
      ["auterity:ingress.domain of dev is unassigned, need a domain, or --origin"],
    ],
    [
      "production without a word",
      problems({}, { name: "prod", stage: "production" }),
      [
        "prod is production: need --production, and somebody who watches the error budget (docs/failover.md)",
      ],
    ],
    ["production on purpose", problems({ production: true }, { stage: "production" }), []],
    ["more than the firewall lets through", problems({ scenario: "spike" }), [tooMuch]],
    ["the same from ten addresses", problems({ scenario: "spike", addresses: 10 }), []],
    [
      "the same while the rule counts",
      problems({ scenario: "spike" }, { rateLimitCountsUntil: "2027-01-31" }),
      [],
    ],
    [
      "the same after the rule's last day",
      problems({ scenario: "spike" }, { rateLimitCountsUntil: "2027-01-30" }),
      [tooMuch],
    ],
  ];
  for (const [sentence, got, expected] of cases)
    it(sentence, () => {
      expect(got).to.deep.equal(expected);
    });

  it("refuses a catalogue that nobody reaches", () => {
    const records = services.filter(({ exposure }) => exposure === undefined);
    expect(loadProblems({ ...sound, records })).to.deep.equal([
      "catalogue: got no public service with a critical path, need at least one",
    ]);
  });
});
