import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ImageRegistry } from "../../components/image-registry";
import { ArgsError } from "../../components/shared/args-error";
import { type Registration, startOfflineEngine, valueOf } from "../support/engine";
import { accountId, away, home, register, small, whole } from "./image-registry-fixture";

const key = "aws:kms/key:Key";
const repository = "aws:ecr/repository:Repository";
const lifecycle = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
const pull = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const template = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
const rule = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";
const scanning = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

/** By type, then name: the order of registration follows the inputs that are awaited. */
const smallList = [
  [lifecycle, "images-lifecycle-api", false, home],
  [lifecycle, "images-lifecycle-worker", false, home],
  [repository, "images-repository-api", true, home],
  [repository, "images-repository-worker", true, home],
  [key, "images-key-us-west-2", true, home],
  ["platform:delivery:ImageRegistry", "images", false, home],
];
const wholeList = [
  [lifecycle, "images-lifecycle-api", false, home],
  [lifecycle, "images-lifecycle-worker", false, home],
  [lifecycle, "images-replica-lifecycle-api", false, away],
  [lifecycle, "images-replica-lifecycle-worker", false, away],
  [rule, "images-cache-docker.io", false, home],
  [rule, "images-cache-public.ecr.aws", false, home],
  [rule, "images-cache-quay.io", false, home],
  [scanning, "images-scanning-us-east-2", false, away],
  [scanning, "images-scanning-us-west-2", false, home],
  ["aws:ecr/replicationConfiguration:ReplicationConfiguration", "images-replication", false, home],
  [repository, "images-replica-repository-api", true, away],
  [repository, "images-replica-repository-worker", true, away],
  [repository, "images-repository-api", true, home],
  [repository, "images-repository-worker", true, home],
  [template, "images-template-docker.io", false, home],
  [template, "images-template-public.ecr.aws", false, home],
  [template, "images-template-quay.io", false, home],
  [template, "images-template-us-east-2", false, away],
  [pull, "images-pull-api", false, home],
  [pull, "images-pull-worker", false, home],
  [pull, "images-replica-pull-api", false, away],
  [pull, "images-replica-pull-worker", false, away],
  ["aws:iam/role:Role", "images-creation-role", false, undefined],
  ["aws:iam/rolePolicy:RolePolicy", "images-creation-policy", false, undefined],
  [key, "images-key-us-west-2", true, home],
  [key, "images-replica-key-us-east-2", true, away],
  ["platform:delivery:ImageRegistry", "images", false, home],
];

function listed(registrations: readonly Registration[]) {
  return registrations
    .map(({ type, name, protect, inputs }) => [type, name, protect, inputs["region"]] as const)
    .sort(([leftType, leftName], [rightType, rightName]) =>
      `${leftType} ${leftName}` < `${rightType} ${rightName}` ? -1 : 1,
    );
}

describe("ImageRegistry", () => {
  for (const mode of ["known", "unknown"] as const) {
    describe(`with values ${mode}`, () => {
      it("creates a key and, per service, a protected repository with a lifecycle", async () => {
        expect(listed(await register(small, mode))).to.deep.equal(smallList);
      });

      it("creates copies, caches and settings where they are asked for", async () => {
        expect(listed(await register(whole, mode))).to.deep.equal(wholeList);
      });

      it("hangs every child under itself", async () => {
        const [component, ...children] = await register(whole, mode);
        expect(new Set(children.map(({ parent }) => parent))).to.deep.equal(
          new Set([component?.urn]),
        );
      });

      it("protects nothing if it shall not", async () => {
        const registrations = await register({ ...whole, protect: false }, mode);
        expect(registrations.filter(({ protect }) => protect)).to.deep.equal([]);
      });
    });
  }

  it("creates caches alone in a region whose repositories are somebody else's", async () => {
    const registrations = await register({
      ...small,
      repositories: [],
      pullThroughCaches: ["quay.io"],
    });
    expect(listed(registrations)).to.deep.equal([
      [rule, "images-cache-quay.io", false, home],
      [template, "images-template-quay.io", false, home],
      ["aws:iam/role:Role", "images-creation-role", false, undefined],
      ["aws:iam/rolePolicy:RolePolicy", "images-creation-policy", false, undefined],
      [key, "images-key-us-west-2", true, home],
      ["platform:delivery:ImageRegistry", "images", false, home],
    ]);
  });

  it("tells its host, its repositories, its keys and its caches", async () => {
    const engine = await startOfflineEngine();
    const registry = new ImageRegistry("images", whole);
    const urls = await valueOf(pulumi.output(registry.repositoryUrls));
    expect(urls).to.deep.equal({
      api: `${accountId}.dkr.ecr.us-west-2.amazonaws.com/auterity/api`,
      worker: `${accountId}.dkr.ecr.us-west-2.amazonaws.com/auterity/worker`,
    });
    expect(registry.registryHost).to.equal(`${accountId}.dkr.ecr.us-west-2.amazonaws.com`);
    expect(await valueOf(registry.keyArn)).to.equal(
      `arn:aws:kms:${home}:${accountId}:key/images-key-us-west-2-id`,
    );
    expect(registry.cache).to.deep.equal({
      registryHost: registry.registryHost,
      namespace: "auterity",
      upstreams: ["public.ecr.aws", "quay.io", "docker.io"],
    });
    expect(registry.pullThroughImage("quay.io/argoproj/argocd")).to.equal(
      `${registry.registryHost}/auterity-cache/quay/argoproj/argocd`,
    );
    await engine.settle();
    await startOfflineEngine();
    expect(new ImageRegistry("images", small).replicaKeyArn).to.equal(undefined);
  });

  it("is planned for an environment that has no account yet", async () => {
    await startOfflineEngine();
    const registry = new ImageRegistry("images", { ...small, accountId: "unassigned" });
    expect(registry.registryHost).to.equal("unassigned.dkr.ecr.us-west-2.amazonaws.com");
  });

  it("refuses wrong arguments, all at once, and registers nothing", async () => {
    const engine = await startOfflineEngine();
    const wrong = { ...small, region: "west", repositories: ["API"], keepReleases: 0 };
    expect(() => new ImageRegistry("images", wrong)).to.throw(
      ArgsError,
      [
        'ImageRegistry "images" was refused:',
        '  - region: got "west", need a region such as us-west-2',
        '  - repositories "API": need lower-case letters and digits, parted by single dots, hyphens or underscores',
        "  - keepReleases: got 0, need a whole number of at least 1",
      ].join("\n"),
    );
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });
});
