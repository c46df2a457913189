import { expect } from "chai";
import { check } from "../../../tools/recovery/run";
import { Stage } from "./stage";
import { now, sides } from "./world";

describe("npm run recovery -- check", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => {
    stage.close();
  });

  it("is content when everything is there", async () => {
    const { clouds, stacks } = stage.request("failover");
    expect(await check({ sides, clouds, stacks, now, to: "standby", say: stage.say })).to.equal(0);
    expect(stage.said.slice(1).every((line) => line.includes(" ok "))).to.equal(true);
    expect(stage.changes()).to.deep.equal([]);
    expect(stage.world.calls.join()).not.to.include("GetSecretValue");
  });

  it("names what is missing, all of it", async () => {
    Object.assign(stage.world, {
      ...{ lagSeconds: 75, backupAgeHours: 30, certified: false, quota: 50 },
      missingSecrets: ["auterity/prod/shop/openai"],
      missingImages: ["auterity/shop"],
    });
    const { clouds, stacks } = stage.request("failover");
    expect(await check({ sides, clouds, stacks, now, to: "standby", say: stage.say })).to.equal(1);
    const text = stage.said.join("\n");
    for (const expected of [
      /lag +blocks +75\.0 s behind, 60 s may be lost/,
      /backups +lacks +the newest copy in auterity-prod-backup-copies is 30\.0 h old, at most 26/,
      /secrets +lacks +1 of 2 are in us-east-2; missing: auterity\/prod\/shop\/openai/,
      /images +lacks +0 of 1 are in us-east-2; missing: auterity\/shop/,
      /certificate +lacks +none is issued for platform\.example in us-east-2/,
      /quotas +lacks +50 processors may run in us-east-2, 100 are needed at most/,
    ])
      expect(text).to.match(expected);
  });

  for (const [name, text] of [
    ["AccessDeniedException", "the caller may not do this (AccessDeniedException)"],
    ["ThrottlingException", "throttled, also after retries: later again (ThrottlingException)"],
    ["ExpiredTokenException", "sign in again (ExpiredTokenException)"],
  ] as const)
    it(`says of ${name} what it means, and nothing that was sent`, async () => {
      stage.world.fault = () => ({ name });
      const { clouds, stacks } = stage.request("failover");
      expect(await check({ sides, clouds, stacks, now, to: "standby", say: stage.say })).to.equal(
        1,
      );
      expect(stage.said.join("\n")).to.include(text).and.not.include("CANARY");
    });
});
