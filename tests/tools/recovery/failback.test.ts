import { expect } from "chai";
import { change } from "../../../tools/recovery/run";
import { refusal, Stage } from "./stage";

describe("npm run recovery -- failback", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => {
    stage.close();
  });

  it("closes the other region before home takes writes again, and stops for what a person does", async () => {
    Object.assign(stage.world, { writer: "us-east-2" });
    Object.assign(stage.world.open, { "auterity-prod-dns": false, "auterity-recovery-dns": true });
    expect((await refusal(change(stage.request("failback"))))[0]).to.include("--did models");
    expect(stage.changes()).to.deep.equal([]);
    expect(await change(stage.request("failback", { did: ["models"] }))).to.equal(0);
    expect(stage.changes()).to.deep.equal([
      "us-east-1 UpdateHealthCheck",
      "us-west-2 SwitchoverGlobalCluster",
      "us-east-1 UpdateHealthCheck",
    ]);
    expect(stage.world.open).to.deep.equal({
      "auterity-prod-dns": true,
      "auterity-recovery-dns": false,
    });
    expect(stage.commands.at(-1)).to.equal(
      "npx pulumi config set --stack recovery --path auterity:recovery.mode pilot-light",
    );
    expect(stage.commands.join("\n")).to.include("--force-overwrite-replica-secret");
  });
});
