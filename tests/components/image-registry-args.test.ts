import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  imageRegistryDefaults,
  resolveImageRegistryArgs,
} from "../../components/image-registry/args";
import type { ImageRegistryArgs } from "../../components/image-registry";
import { ArgsError } from "../../components/shared/args-error";

const good: ImageRegistryArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  namespace: "auterity",
  repositories: ["api"],
};
const secret =
  "arn:aws:secretsmanager:us-west-2:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf";
const nameNeed =
  "need lower-case letters and digits, parted by single dots, hyphens or underscores";
const ownerNeed = "need ownsRegistrySettings, since an account has one such setting per region";

function problemsOf(change: Partial<ImageRegistryArgs>): readonly string[] {
  try {
    resolveImageRegistryArgs("images", { ...good, ...change });
    return [];
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
}

/** As a program in plain JavaScript, or read from a file, could pass it. */
const untyped = (value: unknown) => value as NonNullable<ImageRegistryArgs["pullThroughCaches"]>;

const cases: [sentence: string, change: Partial<ImageRegistryArgs>, problems: string[]][] = [
  ["the least is accepted", {}, []],
  ["an account to come is accepted", { accountId: "unassigned" }, []],
  [
    "a region is no name of a place",
    { region: "Oregon" },
    ['region: got "Oregon", need a region such as us-west-2'],
  ],
  [
    "an account has 12 digits",
    { accountId: "1234" },
    ['accountId: got "1234", need 12 digits or "unassigned"'],
  ],
  [
    "the copies' region is a region",
    { replicaRegion: "", ownsRegistrySettings: true },
    ['replicaRegion: got "", need a region such as us-west-2'],
  ],
  [
    "the copies go elsewhere",
    { replicaRegion: "us-west-2", ownsRegistrySettings: true },
    ['replicaRegion: got "us-west-2", need another region than region'],
  ],
  [
    "a namespace has ECR's shape",
    { namespace: "Auterity" },
    [`namespace: got "Auterity", ${nameNeed}`],
  ],
  [
    "repositories have ECR's shape",
    { repositories: ["a--b", "a/b", "", "a.b_c-d"] },
    [
      `repositories "a--b": ${nameNeed}`,
      `repositories "a/b": ${nameNeed}`,
      `repositories "": ${nameNeed}`,
    ],
  ],
  [
    "a repository's whole name fits",
    { repositories: ["a".repeat(247), "b".repeat(248)] },
    [`repositories "${"b".repeat(248)}": got 257 characters with the namespace, need at most 256`],
  ],
  [
    "a service has one repository",
    { repositories: ["api", "worker", "api", "api"] },
    ['repositories "api": given more than once, need distinct names'],
  ],
  [
    "an empty registry is none",
    { repositories: [] },
    ["repositories: got none and no pullThroughCaches, need at least one of either"],
  ],
  ["caches alone are accepted", { repositories: [], pullThroughCaches: ["quay.io"] }, []],
  [
    "an upstream has one cache",
    { pullThroughCaches: ["quay.io", "quay.io"] },
    ['pullThroughCaches "quay.io": given more than once, need distinct registries'],
  ],
  [
    "an upstream is one that ECR caches",
    { pullThroughCaches: untyped(["nvcr.io"]) },
    [
      'pullThroughCaches "nvcr.io": need one of public.ecr.aws, registry.k8s.io, quay.io, docker.io, ghcr.io',
    ],
  ],
  [
    "Docker Hub and GitHub want credentials",
    { pullThroughCaches: untyped(["docker.io", "ghcr.io"]) },
    [
      'pullThroughCaches "docker.io": got no credentialArn, need the secret with which ECR signs in there',
      'pullThroughCaches "ghcr.io": got no credentialArn, need the secret with which ECR signs in there',
    ],
  ],
  [
    "credentials are a secret that ECR may read",
    {
      pullThroughCaches: [
        { upstream: "docker.io", credentialArn: secret.replace("ecr-pullthroughcache/", "") },
        { upstream: "ghcr.io", credentialArn: secret },
      ],
    },
    [
      'pullThroughCaches "docker.io": credentialArn is no ARN of a secret named ecr-pullthroughcache/…',
    ],
  ],
  [
    "credentials may be known later",
    { pullThroughCaches: [{ upstream: "ghcr.io", credentialArn: pulumi.output("later") }] },
    [],
  ],
  [
    "a cache's prefix fits",
    { namespace: "a".repeat(14), pullThroughCaches: ["quay.io", "public.ecr.aws"] },
    [
      `pullThroughCaches "public.ecr.aws": its prefix ${"a".repeat(14)}-cache/ecr-public has 31 characters, need at most 30; shorten namespace`,
    ],
  ],
  [
    "other accounts are accounts, and others",
    { pullAccountIds: ["abc", "123456789012", "210987654321", "210987654321"] },
    [
      'pullAccountIds "210987654321": given more than once, need distinct accounts',
      'pullAccountIds "abc": need 12 digits',
      'pullAccountIds "123456789012": is this account, which IAM lets pull already',
    ],
  ],
  [
    "other accounts pull from something",
    { repositories: [], pullThroughCaches: ["quay.io"], pullAccountIds: ["210987654321"] },
    ["pullAccountIds: got some and no repositories, need a repository to pull from"],
  ],
  [
    "settings of the account are not replaced unasked",
    { replicaRegion: "us-east-2", registryScanning: "BASIC" },
    [`replicaRegion: got "us-east-2", ${ownerNeed}`, `registryScanning: got "BASIC", ${ownerNeed}`],
  ],
  [
    "an owner of settings owns some",
    { ownsRegistrySettings: true },
    ["ownsRegistrySettings: got true, need replicaRegion or registryScanning to own"],
  ],
  [
    "copies are copies of something",
    {
      repositories: [],
      pullThroughCaches: ["quay.io"],
      replicaRegion: "us-east-2",
      ownsRegistrySettings: true,
    },
    ['replicaRegion: got "us-east-2" and no repositories, need one to copy'],
  ],
  [
    "what is kept is a number",
    { keepReleases: 0, untaggedDays: 1.5, cacheDays: NaN },
    [
      "keepReleases: got 0, need a whole number of at least 1",
      "untaggedDays: got 1.5, need a whole number of at least 1",
      "cacheDays: got NaN, need a whole number of at least 1",
    ],
  ],
];

describe("arguments of ImageRegistry", () => {
  for (const [sentence, change, problems] of cases)
    it(sentence, () => {
      expect(problemsOf(change)).to.deep.equal(problems);
    });

  it("fill what is left out, and keep what is given", () => {
    expect(resolveImageRegistryArgs("images", { ...good, keepReleases: 7 })).to.deep.equal({
      ...good,
      ...imageRegistryDefaults,
      keepReleases: 7,
    });
  });

  it("have the defaults that their comments tell", () => {
    const source = readFileSync(
      path.join(__dirname, "../../components/image-registry/args.ts"),
      "utf8",
    );
    const told = Array.from(
      source.matchAll(/Default: ([^.]+)\.[^?]*?\*\/\s+(\w+)\?:/g),
      ([, value, setting]) => [setting, value],
    );
    expect(Object.fromEntries(told)).to.deep.equal({
      replicaRegion: "no copies",
      pullThroughCaches: "none",
      pullAccountIds: "none",
      permissionsBoundaryArn: "none",
      registryScanning: "the services' repositories at the push alone",
      ownsRegistrySettings: String(imageRegistryDefaults.ownsRegistrySettings),
      keepReleases: String(imageRegistryDefaults.keepReleases),
      untaggedDays: String(imageRegistryDefaults.untaggedDays),
      cacheDays: String(imageRegistryDefaults.cacheDays),
      protect: String(imageRegistryDefaults.protect),
      tags: "none",
    });
  });
});
