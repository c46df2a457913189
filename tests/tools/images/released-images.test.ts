import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releasedImages } from "../../../tools/images/released-images";
import { withFolder } from "../run-cli";

const digest = `sha256:${"ab".repeat(32)}`;

describe("released images of an environment", () => {
  it("names our own images by registry, tag and digest, and none without a release", () =>
    withFolder((folder) => {
      for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml"])
        writeFileSync(join(folder, name), readFileSync(name, "utf8"));
      expect(releasedImages(folder, "dev")).to.deep.equal([]);
      const file = join(folder, "Pulumi.dev.yaml");
      writeFileSync(
        file,
        readFileSync(file, "utf8")
          .replace(/(aws:allowedAccountIds:).*/u, '$1 ["123456789012"]')
          .replace(/(relaycore: )unreleased/u, `$1{ tag: v2.1.0, digest: "${digest}" }`),
      );
      expect(releasedImages(folder, "dev")).to.deep.equal([
        `123456789012.dkr.ecr.us-west-2.amazonaws.com/auterity/relaycore:v2.1.0@${digest}`,
      ]);
    }));
});
