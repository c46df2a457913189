import { expect } from "chai";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { change } from "../../../tools/recovery/run";
import { refusal, Stage } from "./stage";
import { sides } from "./world";

describe("npm run recovery -- failover", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => {
    stage.close();
  });

  it("changes nothing when it only prints, and says what would be refused", async () => {
    stage.world.lagSeconds = 120;
    stage.homeIsGone();
    expect(await change(stage.request("failover", { execute: false }))).to.equal(1);
    expect(stage.changes()).to.deep.equal([]);
    expect(stage.commands).to.deep.equal([]);
    expect(stage.said.join("\n")).to.include(
      "would be refused: lag: 120.0 s behind, 60 s may be lost",
    );
    expect(stage.said.join("\n")).to.match(
      /aws rds failover-global-cluster --region us-east-2 .*--allow-data-loss/,
    );
  });

  it("closes home, builds, promotes, hands store users over, looks, and opens, in this order", async () => {
    stage.homeIsGone();
    expect(await change(stage.request("failover"))).to.equal(0);
    expect(stage.changes()).to.deep.equal([
      "us-east-1 UpdateHealthCheck",
      "us-east-2 FailoverGlobalCluster",
      "us-east-2 StopReplicationToReplica",
      "us-east-2 PutResourcePolicy",
      "us-east-2 RotateSecret",
      "us-east-1 UpdateHealthCheck",
    ]);
    expect(stage.world.open).to.deep.equal({
      "auterity-prod-dns": false,
      "auterity-recovery-dns": true,
    });
    expect(stage.commands[0]).to.equal(
      "npx pulumi config set --stack recovery --path auterity:recovery.mode full",
    );
    expect(
      Object.values(stage.journal().steps).every(({ endedAt }) => endedAt !== undefined),
    ).to.equal(true);
  });

  it("lets the region's own function into the secret where the lost region's was let in", async () => {
    stage.homeIsGone();
    await change(stage.request("failover"));
    expect(stage.world.policy)
      .to.include("role/auterity-prod-cache-users-1")
      .and.include("role/auterity-recovery-cache-users-2");
  });

  it("loses nothing where both regions work, and refuses to lose what it need not", async () => {
    expect((await refusal(change(stage.request("failover")))).join()).to.include(
      "--planned loses nothing",
    );
    expect(stage.changes()).to.deep.equal([]);
    await change(stage.request("failover", { planned: true }));
    expect(stage.changes()).to.include("us-east-2 SwitchoverGlobalCluster");
  });

  it("refuses a planned change while one region does not answer", async () => {
    stage.homeIsGone();
    const problems = await refusal(change(stage.request("failover", { planned: true })));
    expect(problems[0]).to.include("a planned change needs both regions");
  });

  it("refuses when both take writes, when too much would be lost, and when nobody knows", async () => {
    stage.world.writer = "both";
    expect((await refusal(change(stage.request("failover"))))[0]).to.match(
      /^writers: BOTH take writes/,
    );
    stage.world.writer = "us-west-2";
    stage.homeIsGone();
    stage.world.lagSeconds = 61;
    expect(await refusal(change(stage.request("failover")))).to.include(
      "lag: 61.0 s behind, 60 s may be lost",
    );
    stage.world.lagSeconds = undefined;
    expect((await refusal(change(stage.request("failover"))))[0]).to.match(/^lag: nobody measured/);
    stage.world.fault = () => ({ name: "AccessDeniedException" });
    expect(await refusal(change(stage.request("failover")))).to.include.members([
      "writers: the caller may not do this (AccessDeniedException)",
      "lag: the caller may not do this (AccessDeniedException)",
    ]);
    expect(stage.changes()).to.deep.equal([]);
  });

  it("does it all the same for a reason, which is kept; not for an empty one", async () => {
    stage.homeIsGone();
    stage.world.lagSeconds = 300;
    await refusal(change(stage.request("failover", { force: "because" })));
    const reason = "the owner of the data accepts five minutes";
    expect(await change(stage.request("failover", { force: reason }))).to.equal(0);
    expect(stage.journal().forcedBecause).to.equal(reason);
  });

  it("goes on after an interruption, and does nothing twice", async () => {
    stage.homeIsGone();
    const gone = stage.world.fault;
    stage.world.fault = (operation, region) =>
      operation === "RotateSecret" ? { name: "ThrottlingException" } : gone(operation, region);
    expect(await refusal(change(stage.request("failover")))).to.deep.equal([
      "throttled, also after retries: later again (ThrottlingException); run it again to go on",
    ]);
    expect(stage.journal().steps["promote-standby"]?.endedAt).not.to.equal(undefined);
    stage.world.fault = gone;
    // A copy that has become the writer is behind nobody.
    stage.world.lagSeconds = undefined;
    expect(await change(stage.request("failover"))).to.equal(0);
    const count = (operation: string) =>
      stage.changes().filter((call) => call.endsWith(operation)).length;
    expect(count("FailoverGlobalCluster")).to.equal(1);
    expect(count("StopReplicationToReplica")).to.equal(1);
    expect(stage.said.join("\n")).to.include("promote-standby: done before");
  });

  it("does not promote again what was promoted before its journal said so", async () => {
    stage.homeIsGone();
    stage.world.writer = "us-east-2";
    expect(await change(stage.request("failover"))).to.equal(0);
    expect(stage.changes()).not.to.include("us-east-2 FailoverGlobalCluster");
  });

  it("waits for an instance, and gives up in the end", async () => {
    stage.homeIsGone();
    stage.world.instances["us-east-2"] = 0;
    let turns = 0;
    const own = stage.request("failover");
    const wait = (): Promise<void> => {
      turns += 1;
      if (turns === 3) stage.world.instances["us-east-2"] = 1;
      return Promise.resolve();
    };
    expect(await change({ ...own, context: { ...own.context, wait } })).to.equal(0);
    expect(turns).to.be.at.least(3);
    rmSync(join(stage.directory, "recovery-failover.json"));
    Object.assign(stage.world, { writer: "us-west-2" });
    stage.world.instances["us-east-2"] = 0;
    expect((await refusal(change(stage.request("failover"))))[0]).to.match(
      /has an instance: not after 40 minutes/,
    );
  });

  it("says which command failed", async () => {
    stage.homeIsGone();
    const own = stage.request("failover");
    const run = (): Promise<boolean> => Promise.resolve(false);
    const problems = await refusal(change({ ...own, context: { ...own.context, run } }));
    expect(problems[0]).to.match(/^npx pulumi config set .*: see above; run it again to go on$/);
  });

  it("leaves names to a person where there is no zone of ours", async () => {
    stage.homeIsGone();
    const noDns = { ...sides, hasDns: false, answers: [] };
    expect((await refusal(change(stage.request("failover", { sides: noDns }))))[0]).to.include(
      "--did close-home",
    );
    const did = ["close-home", "open-standby"];
    expect(await change(stage.request("failover", { sides: noDns, did }))).to.equal(0);
    expect(stage.changes().join()).not.to.include("UpdateHealthCheck");
  });

  it("refuses without an account, an unknown step, and a journal that is none", async () => {
    stage.homeIsGone();
    const nobody = { ...sides, accountId: undefined };
    expect(
      (
        await refusal(change(stage.request("failover", { sides: nobody, force: "a good reason" })))
      )[0],
    ).to.include("aws:allowedAccountIds: unassigned");
    expect((await refusal(change(stage.request("failover", { did: ["everything"] }))))[0]).to.match(
      /^--did: got everything, need some of close-home, /,
    );
    writeFileSync(join(stage.directory, "recovery-failover.json"), "{");
    expect(() => stage.request("failover")).to.throw("is none; move it away to begin anew");
  });
});
