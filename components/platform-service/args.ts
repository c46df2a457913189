import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { recordProblems } from "../shared/catalogue";
import { labelProblems } from "../shared/kubernetes-names";
import { priorities } from "../shared/priority-classes";
import { prometheusAddress } from "../shared/prometheus-address";
import { fewestReplicas } from "../shared/record-scaling";
import { literalProblems, variableProblems } from "../shared/record-settings";
import { isBetween } from "../shared/record-workload";
import { serviceLabels } from "../shared/service-labels";
import type { ServiceRecord, Tier } from "../shared/service-record";

/** Key of a Kubernetes Secret in the service's namespace. */
export interface SecretKey {
  readonly secretName: Input<string>;
  readonly key: string;
}

export interface PlatformServiceArgs {
  readonly record: ServiceRecord;
  /** Full reference `REGISTRY/REPOSITORY:TAG`, with `@sha256:DIGEST` where the service has a release. */
  readonly image: string;
  /** It exists, with its quota and limits: let the service depend on the ServiceNamespace. */
  readonly namespace: Input<string>;
  /** Availability zones of the nodes, 1 to 6: decides over how many the pods must spread. */
  readonly zones: number;
  /** Replicas that always run, for environments smaller than the record is made for. Default: record.scaling.min. */
  readonly minimumReplicas?: number;
  /** Environment variables that differ between environments; the record's own are set anyway. Default: {}. */
  readonly settings?: Readonly<Record<string, Input<string>>>;
  /** Environment variables out of Kubernetes Secrets. Default: {}. */
  readonly secretEnvironment?: Readonly<Record<string, SecretKey>>;
  /**
   * Name of a ConfigMap in the namespace, mounted where the URLs of the database's users look for what its certificate is
   * checked against. Default: none.
   */
  readonly databaseCertificates?: Input<string>;
  /** Names of the PriorityClasses, which must exist. Default: those that PriorityClasses creates. */
  readonly priorityClassNames?: Readonly<Record<Tier, Input<string>>>;
  /** Where the analysis of a blue-green release asks for metrics. Default: the Prometheus of the platform. */
  readonly prometheusAddress?: string;
  /** Labels on everything, such as the environment's. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

export type ResolvedPlatformServiceArgs = Required<
  Omit<PlatformServiceArgs, "databaseCertificates">
> &
  Pick<PlatformServiceArgs, "databaseCertificates">;

export const platformServiceDefaults = {
  settings: {},
  secretEnvironment: {},
  priorityClassNames: {
    critical: priorities.critical.className,
    standard: priorities.standard.className,
    batch: priorities.batch.className,
  },
  prometheusAddress,
  labels: {},
} as const;

export function resolvePlatformServiceArgs(
  name: string,
  args: PlatformServiceArgs,
): ResolvedPlatformServiceArgs {
  const { record } = args;
  const spec = {
    ...platformServiceDefaults,
    minimumReplicas: record.scaling.min,
    ...args,
  };
  const problems = [
    ...recordProblems(record).map((problem) => `record.${problem}`),
    ...imageProblems(spec.image),
    ...replicaProblems(spec),
    ...environmentProblems(spec),
    ...labelProblems("labels", spec.labels, [
      ...Object.keys(serviceLabels(record)),
      "app.kubernetes.io/version",
    ]),
  ];
  if (!/^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(spec.prometheusAddress))
    problems.push(
      `prometheusAddress: got "${spec.prometheusAddress}", need http:// or https://, a host and a port`,
    );
  if (!isBetween(spec.zones, 1, 6)) problems.push(`zones: got ${spec.zones}, need 1 to 6`);
  if (problems.length > 0) throw new ArgsError("PlatformService", name, problems);
  return spec;
}

/** Registry, repository, tag and, if there is one, digest. A registry has a dot or a port in its name. */
const imagePattern =
  /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+(?=:))(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+:(?<tag>\w[\w.-]{0,127})(?:@sha256:[0-9a-f]{64})?$/;

/** The tag of a full image reference; undefined if it has none or is no full reference. */
export function imageTag(image: string): string | undefined {
  return imagePattern.exec(image)?.groups?.["tag"];
}

function imageProblems(image: string): string[] {
  const tag = imageTag(image);
  if (tag === undefined) {
    return [`image: got "${image}", need REGISTRY/REPOSITORY:TAG, with or without @sha256:DIGEST`];
  }
  return tag === "latest" ? [`image: got the tag latest, need the tag of one version`] : [];
}

function replicaProblems({ record, minimumReplicas }: ResolvedPlatformServiceArgs): string[] {
  const { min, max } = record.scaling;
  // The record's own floor is judged with the record.
  if (minimumReplicas === min) return [];
  const fewest = Math.min(1, fewestReplicas[record.tier]);
  return isBetween(minimumReplicas, fewest, max)
    ? []
    : [`minimumReplicas: got ${minimumReplicas}, need ${fewest} to ${max}`];
}

function environmentProblems(spec: ResolvedPlatformServiceArgs): string[] {
  const { record, settings, secretEnvironment } = spec;
  const problems = Object.entries(settings).flatMap(([variable, value]) => [
    ...literalProblems(variable, value),
    ...(variable in record.settings
      ? [`settings.${variable}: got a variable that the record sets, need one of them`]
      : []),
  ]);
  for (const variable of Object.keys(secretEnvironment)) {
    problems.push(...variableProblems("secretEnvironment", variable));
    if (variable in settings || variable in record.settings) {
      problems.push(
        `secretEnvironment.${variable}: got a variable that the settings have, need one of them`,
      );
    }
  }
  return problems;
}
