import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ArgsError } from "../components/shared/args-error";
import { parseIpv4Cidr } from "../components/shared/cidr";
import type { ServiceRecord } from "../components/shared/service-record";
import { awsSchema } from "./aws-schema";
import { architectureProblems } from "./architectures";
import { capacityProblems } from "./capacity";
import { chaosSchema } from "./chaos-schema";
import { costsSchema } from "./costs-schema";
import { backupSchema } from "./data/backup-schema";
import { dataSchema } from "./data/schema";
import { environmentProblems, type WellFormed } from "./environment-rules";
import { parseValue, splitKey } from "./engine-config";
import { chartImages, lockedArchitectures, lockedDigests } from "./locked-images";
import { alertingSchema } from "./observability/schema";
import { observabilitySchema } from "./observability-schema";
import { recoverySchema } from "./recovery-schema";
import { services } from "./services";
import { text, unassigned } from "./schema-text";
import { syntheticsSchema } from "./synthetics-schema";
import { shapeProblems } from "./shape-problems";

export { crossEnvironmentProblems } from "./cross-environment";
export { notices } from "./environment-rules";
export { unassigned } from "./schema-text";

export const unreleased = "unreleased";

const digest = text(/^sha256:[0-9a-f]{64}$/, "need sha256: and 64 hexadecimal digits");
const imageVersion = z.union(
  [
    z.literal(unreleased),
    z.strictObject({
      tag: text(
        /^(?!latest$)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
        "need an image tag other than latest",
      ),
      digest,
    }),
  ],
  `need ${unreleased}, or both tag and digest`,
);

const nodeClass = z.strictObject({
  instanceTypes: z.array(text(/^[a-z0-9-]+\.[a-z0-9]+$/, "need an instance type")),
  minPerZone: z.int().min(0),
  maxPerZone: z.int().min(0),
  diskGiB: z.int().min(20),
});
/** Of interruptible work alone: whether its nodes are Spot, which EC2 takes back with two minutes' notice. */
const batchNodeClass = nodeClass.extend({ capacity: z.enum(["spot", "on-demand"]) });

const cidr = z.string().check(({ value, issues }) => {
  const { problem } = parseIpv4Cidr(value);
  if (problem === undefined) return;
  issues.push({ code: "custom", input: value, message: problem.slice(problem.indexOf("need ")) });
});
const iamName = text(/^[\w+=,.@-]{1,64}$/, "need a name in IAM");

/** Every value in which environments may differ, and nothing else; unknown keys are refused. */
const environmentSchema = z.strictObject({
  /** Which rules hold: production and recovery may not give up what keeps them available. */
  stage: z.enum(["development", "production", "recovery"]),
  /** Names of what the account's owner made in IAM before the first deployment: docs/accounts.md. */
  access: z.strictObject({
    deployerRole: iamName,
    viewerRole: iamName,
    /** Who fills, reads and replaces secrets; nobody else but their service does. */
    secretsAdministratorRole: iamName,
    /** Policy that bounds every role that the platform makes. */
    permissionsBoundary: iamName,
  }),
  network: z.strictObject({
    cidrBlock: cidr,
    availabilityZones: z.array(z.string()),
    natGateways: z.enum(["per-zone", "single", "regional"]),
    interfaceEndpoints: z.enum(["none", "baseline"]),
    flowLogRetentionDays: z.int().min(1),
    crossZonePricePerGib: z.number().positive(),
  }),
  cluster: z.strictObject({
    kubernetesVersion: z.string('need a version in quotes, such as "1.35": YAML reads 1.30 as 1.3'),
    /** EKS keeps the zones that its control plane was created in; nodes may be in more. */
    controlPlaneZones: z.array(z.string()),
    supportType: z.enum(["STANDARD", "EXTENDED"]),
    /** Who reaches the Kubernetes API: over the internet, and from networks joined to this one. */
    publicEndpointCidrs: z.array(cidr),
    privateEndpointCidrs: z.array(cidr),
    logRetentionDays: z.int().min(1),
    /** What adds and removes nodes: docs/node-autoscaling.md. */
    nodeAutoscaler: z.enum(["cluster-autoscaler", "karpenter"]),
    /** Room for what comes next, in each zone: pods as large as the largest service of the class. */
    headroomPerZone: z.strictObject({
      general: z.int().min(0).max(10),
      spot: z.int().min(0).max(10),
    }),
    /** The same while people work, in the hours that services' floors follow. */
    dayHeadroomPerZone: z.strictObject({
      general: z.int().min(0).max(10),
      spot: z.int().min(0).max(10),
    }),
    zonalShift: z.boolean(),
    /** AWS shifts the cluster out of an impaired zone by itself, and practises it every week outside of these times (UTC). */
    zonalAutoshift: z.strictObject({
      enabled: z.boolean(),
      blockedWindows: z.array(z.string()),
    }),
    nodeClasses: z.strictObject({
      system: nodeClass,
      general: nodeClass,
      spot: nodeClass,
      "ai-processing": batchNodeClass,
      /** Arm nodes of a class beside its x86 ones, for services that are built for both: docs/node-autoscaling.md. */
      "general-arm64": nodeClass.optional(),
      "spot-arm64": nodeClass.optional(),
      "ai-processing-arm64": batchNodeClass.optional(),
    }),
  }),
  registry: z.strictObject({
    /** "replicated": another environment owns the repositories and replicates them here. */
    source: z.enum(["own", "replicated"]),
    /** Account-wide settings (replication, pull-through caches) have one owner in an account and region. */
    ownsAccountSettings: z.boolean(),
  }),
  ingress: z.strictObject({
    domain: z.union(
      [
        z.literal(unassigned),
        text(
          /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/,
          `need a domain, or ${unassigned}`,
        ),
      ],
      `need a domain, or ${unassigned}`,
    ),
    /** Zone of the domain in Route 53, in which the certificate proves itself; "none": a person adds the records. */
    hostedZoneId: text(/^(none|Z[A-Z0-9]+)$/, "need none, or the id of a hosted zone"),
  }),
  edge: z.strictObject({
    /** Rules of the firewall that only count for now, each with its last day, YYYY-MM-DD. */
    countUntil: z.record(z.string(), z.string()),
    /** Where bodies above 8 KiB are let through: prefixes of paths, by public subdomain. */
    largeBodyPaths: z.array(z.strictObject({ subdomain: z.string(), pathPrefix: z.string() })),
  }),
  users: z.strictObject({
    /** Whether everybody needs a second factor. */
    totp: z.enum(["optional", "required"]),
    /** Of the sign-in pages, PREFIX.auth.REGION.amazoncognito.com; one that nobody in the region has taken. */
    signInPrefix: text(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "need a DNS label"),
  }),
  secrets: z.strictObject({
    /** "replicated": another environment owns the secrets and replicates them to this region. */
    source: z.enum(["own", "replicated"]),
    /** Whose they are: the second part of their path, auterity/ENVIRONMENT/SERVICE/NAME. */
    environment: text(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, "need the name of an environment"),
    /** Copies every secret to recovery.region. */
    replicate: z.boolean(),
    /** Days in which a deleted secret can be restored. */
    recoveryWindowDays: z.int().min(7).max(30),
  }),
  data: dataSchema,
  costs: costsSchema,
  observability: observabilitySchema,
  synthetics: syntheticsSchema,
  /** Who is told of alarms; each address confirms once. */
  alarms: z.strictObject({
    emailAddresses: z.array(z.string()),
    /** Whether CloudWatch tells, by the same way, of what is unlike itself: for information, USD 0.30 and more a month each. */
    anomalies: z.boolean(),
  }),
  /** Who is told of what Prometheus finds: docs/observability.md. */
  alerting: alertingSchema,
  services: z.strictObject({
    /** "declared": the floors of the catalogue; "one": a single replica of each, for development. */
    minimumReplicas: z.enum(["declared", "one"]),
    /** "declared": blue-green for the services that ask for it, which needs Prometheus; "rolling" for all. */
    rollouts: z.enum(["declared", "rolling"]),
    versions: z.record(z.string(), imageVersion),
  }),
  /** "none": charts come from their publishers; else the repository or folder that holds copies of them. */
  chartMirror: text(
    /^(none|(https|oci):\/\/.+|\/.+)$/,
    "need none, an https:// or oci:// repository, or an absolute folder",
  ),
  /** Refuses the deletion of what holds data or carries the environment. */
  deletionProtection: z.boolean(),
  backup: backupSchema,
  chaos: chaosSchema,
  recovery: recoverySchema,
});

export interface Environment extends z.infer<typeof environmentSchema> {
  /** The stack's name: dev, prod, recovery. */
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** Digests of third-party images by `REPOSITORY:TAG`, as images.lock.json has them. */
  readonly lockedDigests: Readonly<Record<string, string>>;
  /** Processors that locked images are built for, and our own releases by `auterity/IMAGE@DIGEST`. */
  readonly lockedArchitectures: Readonly<Record<string, readonly string[]>>;
}

/** Raw values as they stand in a stack file: the keys of `auterity:` and of `aws:` without their prefix. */
export interface RawEnvironment {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly aws: Readonly<Record<string, unknown>>;
  /** Default: those of images.lock.json. */
  readonly lockedDigests?: Readonly<Record<string, string>>;
  readonly lockedArchitectures?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Refuses with every problem at once: of shape, and of the rules between the values that are well formed.
 * @throws ArgsError
 */
export function parseEnvironment(
  source: string,
  raw: RawEnvironment,
  catalogue: readonly ServiceRecord[] = services,
): Environment {
  const settings = environmentSchema.safeParse(raw.settings);
  const aws = awsSchema.safeParse(raw.aws);
  const problems = [
    ...shapeProblems("auterity:", settings.error, raw.settings),
    ...shapeProblems("aws:", aws.error, raw.aws),
  ];
  const candidate = {
    name: raw.name,
    region: aws.data?.region,
    accountId: aws.data?.allowedAccountIds[0],
    lockedDigests: raw.lockedDigests ?? lockedDigests,
    lockedArchitectures: raw.lockedArchitectures ?? lockedArchitectures,
    ...(wellFormed(environmentSchema, raw.settings) as WellFormed<Environment>),
  };
  problems.push(
    ...environmentProblems(candidate, catalogue),
    ...capacityProblems(candidate, catalogue),
    ...architectureProblems(candidate, catalogue),
  );
  if (problems.length > 0) throw new ArgsError("Environment", source, problems);
  return candidate as Environment;
}

/** The values that their part of the schema accepts: one misspelt key must not hide what is wrong between the others. */
function wellFormed(schema: z.ZodType, value: unknown): unknown {
  if (!(schema instanceof z.ZodObject)) return schema.safeParse(value).data;
  const given = z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
  const shape = schema.shape as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(shape).map(([key, inner]) => [key, wellFormed(inner, given[key])]),
  );
}

/** The environment of the stack that is being previewed or updated. */
export function readEnvironment(): Environment {
  const name = pulumi.getStack();
  const settings: Record<string, unknown> = {};
  const aws: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(pulumi.runtime.allConfig())) {
    const [namespace, setting] = splitKey(key);
    if (namespace === pulumi.getProject()) settings[setting] = parseValue(text);
    if (namespace === "aws") aws[setting] = parseValue(text);
  }
  return parseEnvironment(`Pulumi.${name}.yaml`, { name, settings, aws });
}

/** What keeps the environment from being deployed: each value that only an account, a registry or a person can give. */
export function undeployable(environment: Environment): string[] {
  const reasons: string[] = [];
  if (environment.accountId === unassigned)
    reasons.push(`aws:allowedAccountIds is ${unassigned}: name the environment's account`);
  if (environment.ingress.domain === unassigned)
    reasons.push(
      `auterity:ingress.domain is ${unassigned}: name the domain of the public services`,
    );
  if (environment.alerting.runbookUrl === unassigned)
    reasons.push(
      `auterity:alerting.runbookUrl is ${unassigned}: name where docs/runbooks is read by whoever is paged`,
    );
  if (environment.costs.monthlyBudgetUsd === unassigned)
    reasons.push(`auterity:costs.monthlyBudgetUsd is ${unassigned}: say what it may cost a month`);
  for (const [service, version] of Object.entries(environment.services.versions)) {
    if (version !== unreleased) continue;
    reasons.push(`auterity:services.versions.${service} is ${unreleased}: give its tag and digest`);
  }
  for (const image of chartImages) {
    if (environment.lockedDigests[image] !== undefined) continue;
    reasons.push(`images.lock.json has no digest of ${image}: npm run images -- lock`);
  }
  return reasons;
}
