import { expect } from "chai";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { services } from "../../../stacks/services";
import { readSides } from "../../../tools/recovery/sides";

const files = ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml", "Pulumi.recovery.yaml"];

describe("the two sides of a recovery", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "sides-"));
    for (const file of files) copyFileSync(file, join(directory, file));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const read = (standby = "recovery") =>
    readSides({ directory, standby, services, processorsOf: () => 4 });
  const edit = (file: string, from: string, to: string): void => {
    const path = join(directory, file);
    const text = readFileSync(path, "utf8");
    expect(text).to.include(from);
    writeFileSync(path, text.replace(from, to));
  };

  it("are those of the stack files", () => {
    const sides = read();
    expect(sides).to.deep.include({
      home: { name: "prod", region: "us-west-2", prefix: "auterity-prod" },
      standby: { name: "recovery", region: "us-east-2", prefix: "auterity-recovery" },
      ...{
        accountId: undefined,
        hasDns: false,
        domain: undefined,
        rpoSeconds: 60,
        backupHours: 26,
      },
    });
    expect(sides.storeUsers).to.deep.include({
      path: "auterity/prod/relaycore/cache",
      functionName: "auterity-recovery-cache-users",
    });
    expect(sides.secretPaths).to.include("auterity/prod/relaycore/openai");
    expect(sides.images.every(({ digest }) => digest === undefined)).to.equal(true);
    // Three classes of nodes that are not Spot, 2 + 3 + 2 at most in each of three zones, four processors each.
    expect(sides.processors).to.equal(84);
  });

  it("know where people will look, once there is a domain and its zone", () => {
    edit("Pulumi.recovery.yaml", "domain: unassigned", "domain: platform.example");
    edit("Pulumi.recovery.yaml", "hostedZoneId: none", "hostedZoneId: Z123");
    edit("Pulumi.recovery.yaml", "[unassigned]", '["123456789012"]');
    expect(read().answers).to.deep.equal([
      "https://api-recovery.platform.example/health",
      "https://relay-recovery.platform.example/health/ready",
    ]);
    expect(read().accountId).to.equal("123456789012");
  });

  it("are refused where nobody stands in for anybody", () => {
    expect(() => read("dev")).to.throw(
      'Pulumi.dev.yaml: auterity:data.database.global: got "none", need secondary: it stands in for nobody',
    );
    expect(() => read("moon")).to.throw('environment: got "moon", need one of dev, prod, recovery');
  });

  it("are refused in one and the same region", () => {
    edit("Pulumi.recovery.yaml", "aws:region: us-east-2", "aws:region: us-west-2");
    expect(() => read()).to.throw(
      'aws:region: got "us-west-2" in Pulumi.prod.yaml and in Pulumi.recovery.yaml, need two regions',
    );
  });
});
