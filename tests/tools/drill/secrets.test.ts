import { expect } from "chai";
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isNeighbour } from "../../../components/shared/secret-names";
import { isStoreUserOrigin } from "../../../components/shared/store-user-values";
import { services } from "../../../stacks/services";
import { writeSet } from "../../../tools/drill/secrets/credentials";
import { planSecrets, readPlannedSecrets } from "../../../tools/drill/secrets/planned";
import { readStackFile } from "../../../tools/plan/stack-files";
import { withFolder } from "../run-cli";

const projectDirectory = resolve(__dirname, "../../..");
const sources = resolve(projectDirectory, "tests/drills/secrets");
const files = ["compose.yaml", "stack.env", "api.env"];

/** `SERVICE/SECRET`, of every secret of the catalogue. */
const declared = services.flatMap(({ name, secrets }) =>
  secrets.map(({ name: secret, variables, origin }) => ({
    ...{ path: `${name}/${secret}`, variables, origin },
  })),
);

describe("the Compose file of the drill", () => {
  it("has a value for every variable of the catalogue that people fill", () =>
    withFolder((folder) => {
      const { expected } = writeSet(sources, join(folder, "set"));
      const told = Object.entries(expected).map(([path, values]) => ({
        path,
        variables: Object.keys(values).sort(),
      }));
      expect(told).to.have.deep.members(
        declared
          .filter(({ origin }) => !isStoreUserOrigin(origin))
          .map(({ path, variables }) => ({
            path,
            variables: variables.filter((variable) => !isNeighbour(variable)).sort(),
          })),
      );
    }));

  it("gets other values in every run, none of which is in the repository", () =>
    withFolder((folder) => {
      const [first, second] = [
        writeSet(sources, join(folder, "1")),
        writeSet(sources, join(folder, "2")),
      ];
      expect(first.values.filter((value) => second.values.includes(value))).to.deep.equal([]);
      const committed = files.map((file) => readFileSync(join(sources, file), "utf8")).join("");
      const written = files.map((file) => readFileSync(join(folder, "1", file), "utf8")).join("");
      expect(written).not.to.match(/@[A-Z_]+@/);
      for (const value of first.values) {
        expect(written.includes(value)).to.equal(true);
        expect(committed.includes(value)).to.equal(false);
      }
    }));

  it("is written for nobody else to read", () =>
    withFolder((folder) => {
      writeSet(sources, join(folder, "set"));
      for (const file of files)
        expect(statSync(join(folder, "set", file)).mode & 0o777).to.equal(0o600);
    }));
});

describe("what the drill takes from the plan", () => {
  it("is every secret with its store, its reader and its Secret in the cluster", async () => {
    const planned = await planSecrets(projectDirectory, "dev");
    const owners = services.filter(({ secrets }) => secrets.length > 0);
    expect(planned.secrets.map(({ name }) => name)).to.have.members(
      declared.map(({ path }) => `auterity/dev/${path}`),
    );
    expect(
      planned.externalSecrets.map(({ spec }) => ({
        path: spec.data[0]?.remoteRef.key,
        variables: Object.keys(
          spec.target.template?.data ??
            Object.fromEntries(spec.data.map(({ secretKey }) => [secretKey, ""])),
        ).sort(),
      })),
    ).to.have.deep.members(
      declared.map(({ path, variables }) => ({
        path: `auterity/dev/${path}`,
        variables: [...variables].sort(),
      })),
    );
    expect(planned.stores.map(({ metadata }) => metadata.name)).to.have.members(
      owners.map(({ name }) => name),
    );
    expect(planned.serviceAccounts).to.have.length(owners.length);
    for (const { name } of owners) {
      const reader = planned.readers.find(({ roleName }) => roleName.endsWith(`-${name}`));
      expect(reader?.policies.join("")).to.include(`:secret:auterity/dev/${name}/*`);
    }
    expect(planned.issuer).to.match(/^https:\/\/oidc\.eks\.us-west-2\.amazonaws\.com\/id\//);
    expect(planned.region).to.equal("us-west-2");
  });

  it("is refused where nothing is synced", () => {
    expect(() =>
      readPlannedSecrets({
        ...{ mode: "known", registrations: [], outputs: new Map(), undeployable: [], notices: [] },
        documents: [],
        services: [],
        stack: readStackFile(projectDirectory, "dev"),
      }),
    ).to.throw("the plan has no SecretStore: nothing is synced");
  });
});
