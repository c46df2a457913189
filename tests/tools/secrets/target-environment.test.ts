import { expect } from "chai";
import { join } from "node:path";
import {
  readTargetEnvironment,
  refuseReplicas,
  type TargetEnvironment,
} from "../../../tools/secrets/target-environment";
import { withFolder } from "../run-cli";
import { writeFiles } from "./compose-fixture";

const root = join(__dirname, "../../..");

function targetOf(stackFile: string): Promise<TargetEnvironment> {
  return withFolder((folder) => {
    writeFiles(folder, { "Pulumi.yaml": "name: auterity\n", "Pulumi.x.yaml": stackFile });
    return readTargetEnvironment(folder, "x");
  });
}

describe("where the secrets of an environment are", () => {
  const environments: readonly (readonly [string, Omit<TargetEnvironment, "accountId">])[] = [
    [
      "dev",
      {
        ...{ name: "dev", region: "us-west-2", secretsEnvironment: "dev", source: "own" },
        replicaRegion: undefined,
      },
    ],
    [
      "prod",
      {
        ...{ name: "prod", region: "us-west-2", secretsEnvironment: "prod", source: "own" },
        replicaRegion: "us-east-2",
      },
    ],
    [
      "recovery",
      {
        ...{ name: "recovery", region: "us-east-2", secretsEnvironment: "prod" },
        ...{ source: "replicated", replicaRegion: undefined },
      },
    ],
  ];
  for (const [name, expected] of environments)
    it(`is told by the stack file of ${name}`, () => {
      expect(readTargetEnvironment(root, name)).to.deep.include(expected);
    });

  it("is refused where the stack file does not say it, with everything that is missing", async () => {
    const failure = await targetOf(
      'config:\n  auterity:secrets: {source: "lent", replicate: true}\n',
    ).then(String, (error: unknown) => (error as Error).message);
    expect(failure).to.equal(
      "the environment cannot be used:\n" +
        "  - Pulumi.x.yaml: aws:region: missing, need the region of the secrets\n" +
        "  - Pulumi.x.yaml: auterity:secrets.environment: missing, need the environment whose secrets they are\n" +
        '  - Pulumi.x.yaml: auterity:secrets.source: got "lent", need own or replicated',
    );
  });

  it("takes no values where they are replicas", () => {
    expect(() => {
      refuseReplicas(readTargetEnvironment(root, "recovery"));
    }).to.throw(
      "replicas cannot be written:\n" +
        "  - Pulumi.recovery.yaml: auterity:secrets.source: replicated: write them where they come from, with --env prod\n" +
        "  - where the region of prod is lost: promote the replicas first (docs/secrets.md)",
    );
    refuseReplicas(readTargetEnvironment(root, "prod"));
  });
});
