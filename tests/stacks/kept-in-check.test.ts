import { expect } from "chai";
import type { Registration } from "../../tools/offline/registration";
import { environmentNames, planned, plannedWith } from "../support/planned";

const lifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const longestDays = 400;

type Inputs = Record<string, unknown>;

/** Objects of every depth in what a resource was given. */
function objectsIn(value: unknown): Inputs[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== "object" || value === null) return [];
  return [value as Inputs, ...Object.values(value).flatMap(objectsIn)];
}

const groupNames = (resources: readonly Registration[]) =>
  resources
    .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
    .map(({ inputs }) => String(inputs["name"]));

/** Buckets without a rule for each of: uploads that were broken off, old versions, and what is old. */
function bucketFaults(resources: readonly Registration[]): string[] {
  const lifecycles = resources.filter(({ type }) => type === lifecycleType);
  return resources
    .filter(({ type }) => type === "aws:s3/bucket:Bucket")
    .flatMap(({ urn, name }) => {
      const rules = lifecycles
        .filter(({ propertyDependencies }) => propertyDependencies["bucket"]?.includes(urn))
        .flatMap(({ inputs }) => inputs["rules"] as Inputs[])
        .filter(({ status }) => status === "Enabled");
      const says = (has: (rule: Inputs) => boolean, fault: string) =>
        rules.some(has) ? [] : [`${name}: ${fault}`];
      return [
        ...says(
          ({ abortIncompleteMultipartUpload: abort, filter }) =>
            abort !== undefined && (filter as Inputs | undefined)?.["prefix"] === "",
          "uploads that were broken off stay",
        ),
        ...says(
          ({ noncurrentVersionExpiration }) => noncurrentVersionExpiration !== undefined,
          "old versions stay",
        ),
        ...says(
          ({ expiration, transitions }) =>
            (expiration as Inputs | undefined)?.["days"] !== undefined ||
            (Array.isArray(transitions) && transitions.length > 0),
          "nothing becomes cheaper or goes with age",
        ),
      ];
    });
}

function logGroupFaults(resources: readonly Registration[]): string[] {
  return resources
    .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
    .filter(({ inputs }) => {
      const days = inputs["retentionInDays"];
      return typeof days !== "number" || days < 1 || days > longestDays;
    })
    .map(({ name, inputs }) => `${name}: kept for ${String(inputs["retentionInDays"])} days`);
}

/**
 * Groups that AWS would make by itself, kept for ever, where the program had not made them before. Not among them:
 * Amazon MQ's, whose names hold the broker's id (docs/costs.md), and RDSOSMetrics, which RDS keeps for 30 days.
 */
function writtenGroups({ type, inputs }: Registration): string[] {
  const text = (value: unknown) => String(value);
  switch (type) {
    case "aws:lambda/function:Function":
      return [text((inputs["loggingConfig"] as Inputs | undefined)?.["logGroup"])];
    case "eks:index:Cluster":
      return [`/aws/eks/${text(inputs["name"])}/cluster`];
    case "aws:rds/cluster:Cluster":
      return ((inputs["enabledCloudwatchLogsExports"] as string[] | undefined) ?? []).map(
        (kind) => `/aws/rds/cluster/${text(inputs["clusterIdentifier"])}/${kind}`,
      );
    case "aws:elasticache/replicationGroup:ReplicationGroup":
      return ((inputs["logDeliveryConfigurations"] as Inputs[] | undefined) ?? []).map(
        ({ destination }) => text(destination),
      );
    case "aws:msk/cluster:Cluster":
      return objectsIn(inputs["loggingInfo"]).flatMap(({ logGroup }) =>
        logGroup === undefined ? [] : [text(logGroup)],
      );
    case "aws:opensearch/domain:Domain":
      return ((inputs["logPublishingOptions"] as Inputs[] | undefined) ?? []).map(
        ({ cloudwatchLogGroupArn }) => text(cloudwatchLogGroupArn).split(":log-group:")[1] ?? "",
      );
    case "aws:synthetics/canary:Canary":
      return [`/aws/lambda/cwsyn-${text(inputs["name"])}-id`];
    default:
      return [];
  }
}

const diskTypes = [
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ebs/volume:Volume",
  "aws:rds/instance:Instance",
  "aws:opensearch/domain:Domain",
  "kubernetes:storage.k8s.io/v1:StorageClass",
  "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
];

/** What says of which type a disk is; Aurora, MSK and Amazon MQ leave no choice. */
function diskFaults(resources: readonly Registration[]): string[] {
  return resources
    .filter(({ type }) => diskTypes.includes(type))
    .flatMap(({ type, name, inputs }) => {
      const disks = type.includes("StorageClass")
        ? [(inputs["parameters"] as Inputs | undefined)?.["type"]]
        : objectsIn(inputs)
            .filter((disk) => "volumeSize" in disk || "allocatedStorage" in disk)
            .map((disk) => disk["volumeType"] ?? disk["storageType"]);
      const kinds = disks.length === 0 ? [undefined] : disks;
      return kinds
        .filter((kind) => kind !== "gp3")
        .map((kind) => `${name}: a disk of type ${String(kind)}`);
    });
}

/** Claims name no other class than the default one, which is gp3. */
function claimFaults(resources: readonly Registration[]): string[] {
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .flatMap(({ name, inputs }) =>
      objectsIn(inputs)
        .flatMap((object) => [object["storageClassName"], object["storageClass"]])
        .filter((storage) => typeof storage === "string" && storage !== "gp3" && storage !== "")
        .map((storage) => `${name}: a claim on ${String(storage)}`),
    );
}

/** AWS's own processors where it offers them: managed stores and functions need no image of ours for them. */
function processorFaults(resources: readonly Registration[]): string[] {
  const graviton = /(^|\.)[a-z]+\d+g[a-z]*\./;
  const keys = ["instanceClass", "nodeType", "hostInstanceType", "instanceType"];
  const managed = /^aws:(rds|elasticache|mq|msk|opensearch)\//;
  const stores = resources
    .filter(({ type }) => managed.test(type))
    .flatMap(({ name, inputs }) =>
      objectsIn(inputs)
        .flatMap((object) => keys.map((key) => object[key]))
        .filter((kind): kind is string => typeof kind === "string" && kind.includes("."))
        .filter((kind) => !graviton.test(kind))
        .map((kind) => `${name}: ${kind}`),
    );
  const functions = resources
    .filter(({ type }) => type === "aws:lambda/function:Function")
    .filter(({ inputs }) => String(inputs["architectures"]) !== "arm64")
    .map(({ name, inputs }) => `${name}: ${String(inputs["architectures"])}`);
  return [...stores, ...functions];
}

const endpointsOf = (resources: readonly Registration[]) =>
  resources
    .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
    .map(({ inputs }) => String(inputs["serviceName"]).split(".").slice(3).join("."))
    .sort();

const plans = [
  ...environmentNames.map((name) => ({ title: name, plan: () => planned(name, "known") })),
  {
    title: "prod with Karpenter",
    plan: () => plannedWith("prod", { "settings.cluster.nodeAutoscaler": "karpenter" }),
  },
  {
    title: "recovery as a pilot light",
    plan: () => plannedWith("recovery", { "settings.recovery.mode": "pilot-light" }),
  },
];

for (const { title, plan } of plans)
  describe(`what costs without anybody's decision in ${title}`, () => {
    let resources: readonly Registration[] = [];
    before(async () => {
      resources = await plan();
    });

    it("is no object that stays for ever at the dearest price", () => {
      expect(resources.some(({ type }) => type === lifecycleType)).to.equal(true);
      expect(bucketFaults(resources)).to.deep.equal([]);
    });

    it("is no log that is kept for ever, or in a group that AWS makes by itself", () => {
      expect(logGroupFaults(resources)).to.deep.equal([]);
      const made = groupNames(resources);
      const written = resources.flatMap(writtenGroups);
      expect(written.filter((group) => !made.includes(group))).to.deep.equal([]);
      expect(written.length).to.be.greaterThan(5);
    });

    it("is no disk of an older type", () => {
      expect(diskFaults(resources)).to.deep.equal([]);
      expect(claimFaults(resources)).to.deep.equal([]);
    });

    it("is no store or function on a dearer processor", () => {
      expect(processorFaults(resources)).to.deep.equal([]);
    });

    it("is no image that is kept although nothing runs it", () => {
      const repositories = resources.filter(({ type }) => type.startsWith("aws:ecr/repository:"));
      const policies = resources.filter(({ type }) => type.startsWith("aws:ecr/lifecyclePolicy:"));
      expect(policies).to.have.length(repositories.length);
    });

    it("is no traffic through NAT that an endpoint carries for nothing", () => {
      expect(endpointsOf(resources)).to.include.members(["dynamodb", "s3"]);
    });
  });

describe("traffic through NAT", () => {
  it("has endpoints for what nodes ask AWS for all day, where the environment is large enough to pay for them", async () => {
    for (const name of ["prod", "recovery"] as const)
      expect(endpointsOf(await planned(name, "known"))).to.include.members([
        "ecr.api",
        "ecr.dkr",
        "eks-auth",
        "logs",
        "s3",
        "secretsmanager",
        "sts",
      ]);
    expect(endpointsOf(await planned("dev", "known"))).to.deep.equal(["dynamodb", "s3"]);
  });
});

describe("the checks of what costs without anybody's decision", () => {
  const broken = (type: string, change: Inputs) => async () =>
    (await planned("prod", "known")).map((resource) =>
      resource.type === type
        ? { ...resource, inputs: { ...resource.inputs, ...change } }
        : resource,
    );
  const withoutType = (type: string) => async () =>
    (await planned("prod", "known")).filter((resource) => resource.type !== type);

  it("miss nothing", async () => {
    expect(bucketFaults(await withoutType(lifecycleType)())).to.have.length(45);
    expect(
      bucketFaults(await broken(lifecycleType, { rules: [{ status: "Disabled" }] })()),
    ).to.have.length(45);
    const group = "aws:cloudwatch/logGroup:LogGroup";
    expect(logGroupFaults(await broken(group, { retentionInDays: 0 })()).length).to.equal(26);
    const ungrouped = await withoutType(group)();
    expect(ungrouped.flatMap(writtenGroups).length).to.be.greaterThan(20);
    const old = [{ ebs: { volumeSize: 50, volumeType: "gp2" } }];
    const template = "aws:ec2/launchTemplate:LaunchTemplate";
    expect(diskFaults(await broken(template, { blockDeviceMappings: old })()).length).to.equal(4);
    expect(diskFaults(await broken(template, { blockDeviceMappings: [] })()).length).to.equal(4);
    const storage = "kubernetes:storage.k8s.io/v1:StorageClass";
    expect(diskFaults(await broken(storage, { parameters: { type: "gp2" } })())).to.have.length(1);
    const claim = { values: { persistence: { storageClassName: "gp2" } } };
    expect(
      claimFaults(await broken("kubernetes:helm.sh/v3:Release", claim)()).length,
    ).to.be.greaterThan(5);
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    expect(processorFaults(await broken(cache, { nodeType: "cache.m5.large" })())).to.deep.equal([
      "auterity-prod: cache.m5.large",
    ]);
    const lambda = "aws:lambda/function:Function";
    expect(processorFaults(await broken(lambda, { architectures: ["x86_64"] })())).to.have.length(
      11,
    );
  });
});
