import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ImagesError } from "../../../tools/images/images-error";
import { readLock, writeLock } from "../../../tools/images/lock-file";
import { RegistryClient, type ServedImage } from "../../../tools/images/registry-client";
import { registryOf, releasedImages } from "../../../tools/images/released-images";
import { lockReleases } from "../../../tools/images/work";
import { withFolder } from "../run-cli";

const digest = `sha256:${"ab".repeat(32)}`;
const other = `sha256:${"cd".repeat(32)}`;

/** A registry that has RelayCore's release alone. */
class OneReleaseClient extends RegistryClient {
  override resolve(...[reference]: Parameters<RegistryClient["resolve"]>): Promise<ServedImage> {
    return reference.digest === digest
      ? Promise.resolve({ digest, architectures: ["amd64", "arm64"] })
      : Promise.reject(new ImagesError(`HTTP 404 from ${reference.registry}`));
  }
}

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

  it("are looked at: what each is built for is kept by its digest, and what nobody runs is not", () =>
    withFolder(async (folder) => {
      for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml"])
        writeFileSync(join(folder, name), readFileSync(name, "utf8"));
      const file = join(folder, "Pulumi.dev.yaml");
      writeFileSync(
        file,
        readFileSync(file, "utf8")
          .replace(/(aws:allowedAccountIds:).*/u, '$1 ["123456789012"]')
          .replace(/(relaycore: )unreleased/u, `$1{ tag: v2.1.0, digest: "${digest}" }`)
          .replace(/(automatrix-web: )unreleased/u, `$1{ tag: v3.0.0, digest: "${other}" }`),
      );
      const gone = `auterity/relaycore@sha256:${"00".repeat(32)}`;
      const kept = { "redis:7": { digest, resolvedAt: "2026-01-01" } };
      writeLock(folder, {
        images: kept,
        releases: { [gone]: { resolvedAt: "2026-01-01", architectures: ["amd64"] } },
      });
      const lines: string[] = [];
      const code = await lockReleases(
        {
          projectDirectory: folder,
          client: new OneReleaseClient(),
          say: (line) => void lines.push(line),
          today: "2026-12-01",
        },
        "dev",
      );
      expect(code).to.equal(1);
      expect(readLock(folder)).to.deep.equal({
        images: kept,
        releases: {
          [`auterity/relaycore@${digest}`]: {
            resolvedAt: "2026-12-01",
            architectures: ["amd64", "arm64"],
          },
        },
      });
      const host = "123456789012.dkr.ecr.us-west-2.amazonaws.com";
      expect(registryOf(folder, "dev")).to.equal(host);
      expect(lines).to.deep.equal([
        `${host}/auterity/automatrix-web:v3.0.0@${other}: HTTP 404 from ${host}`,
        `${host}/auterity/relaycore:v2.1.0@${digest}: built for amd64, arm64`,
        "1 of 2 releases of dev looked at",
      ]);
    }));
});
