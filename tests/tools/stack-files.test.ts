import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listEnvironments, readStackFile } from "../../tools/plan/stack-files";
import { withFolder } from "./run-cli";

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

const project = "name: shop\nruntime: nodejs\n";

describe("stack files", () => {
  it("become configuration as the engine passes it: full keys, objects as JSON text", () =>
    withFolder((folder) => {
      write(folder, {
        "Pulumi.yaml": `${project}config:\n  aws:region: { default: us-west-2 }\n  tier: gold\n  unset: { type: string }\n`,
        "Pulumi.dev.yaml":
          "config:\n  tier: silver\n  aws:allowedAccountIds: [unassigned]\n  shop:size: { min: 1, on: true }\n",
      });
      const { config, settings, secretKeys } = readStackFile(folder, "dev");
      expect(config).to.deep.equal({
        "aws:region": "us-west-2",
        "shop:tier": "silver",
        "aws:allowedAccountIds": '["unassigned"]',
        "shop:size": '{"min":1,"on":true}',
      });
      expect(settings).to.deep.equal({
        "aws:region": "us-west-2",
        "shop:tier": "silver",
        "aws:allowedAccountIds": "unassigned",
        "shop:size.min": "1",
        "shop:size.on": "true",
      });
      expect(secretKeys).to.deep.equal([]);
    }));

  it("may share values by anchors and merge keys", () =>
    withFolder((folder) => {
      write(folder, {
        "Pulumi.yaml": project,
        "Pulumi.dev.yaml":
          "config:\n  small: &small { min: 1, max: 2 }\n  large: { <<: *small, max: 9 }\n",
      });
      expect(readStackFile(folder, "dev").config["shop:large"]).to.equal('{"min":1,"max":9}');
    }));

  it("are asked of a folder that exists", () => {
    expect(() => listEnvironments("/nowhere/at/all")).to.throw(
      /^\/nowhere\/at\/all is no project folder: ENOENT/,
    );
  });

  it("keep encrypted values closed, and name their keys", () =>
    withFolder((folder) => {
      write(folder, {
        "Pulumi.yaml": project,
        "Pulumi.dev.yaml":
          "config:\n  token: { secure: v1:AAAA }\n  nested: { key: { secure: v1:BBBB }, open: yes }\n",
      });
      const { config, secretKeys } = readStackFile(folder, "dev");
      expect(config).to.deep.equal({
        "shop:token": "[secret]",
        "shop:nested": '{"key":"[secret]","open":"yes"}',
      });
      expect(secretKeys).to.deep.equal(["shop:token", "shop:nested"]);
    }));

  it("are the environments, whatever lies beside them", () =>
    withFolder((folder) => {
      write(folder, {
        "Pulumi.yaml": project,
        "Pulumi.prod.yaml": "",
        "Pulumi.dev.yaml": "",
        "x.yaml": "",
      });
      expect(listEnvironments(folder)).to.deep.equal(["dev", "prod"]);
      expect(readStackFile(folder, "dev").config).to.deep.equal({});
    }));

  const refusals: [sentence: string, files: Record<string, string>, message: string][] = [
    [
      "an unknown environment",
      { "Pulumi.yaml": project, "Pulumi.prod.yaml": "" },
      'environment: got "dev", need one of prod',
    ],
    [
      "a folder without any",
      { "Pulumi.yaml": project },
      'environment: got "dev", need one of none: there is no Pulumi.ENVIRONMENT.yaml',
    ],
    [
      "a project without a name",
      { "Pulumi.yaml": "runtime: nodejs\n", "Pulumi.dev.yaml": "" },
      "Pulumi.yaml: name: need the project's name",
    ],
    [
      "a configuration that is a list",
      { "Pulumi.yaml": project, "Pulumi.dev.yaml": "config: [a]\n" },
      'Pulumi.dev.yaml: config: got ["a"], need keys with values',
    ],
    [
      "a key that stands twice",
      { "Pulumi.yaml": project, "Pulumi.dev.yaml": "config:\n  a: 1\n  a: 2\n" },
      "Pulumi.dev.yaml is no YAML:\n  - Map keys must be unique at line 3, column 3:",
    ],
  ];
  for (const [sentence, files, message] of refusals) {
    it(`refuse ${sentence}`, () =>
      withFolder((folder) => {
        write(folder, files);
        expect(() => readStackFile(folder, "dev")).to.throw(message);
      }));
  }
});
