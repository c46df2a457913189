import { ArgsError } from "../shared/args-error";
import { recordProblems } from "../shared/catalogue";
import { isDnsLabel, labelProblems } from "../shared/kubernetes-names";
import { publicIngressLabel } from "../shared/service-labels";
import type { ServiceRecord } from "../shared/service-record";

export interface ServiceNamespaceArgs {
  /** Part of the product; the name of the namespace. */
  readonly product: string;
  /** All records of the product: quota and limits are derived from them. */
  readonly records: readonly ServiceRecord[];
  /** Minor version of the cluster, such as "1.36": its rules for pods hold until this is raised. */
  readonly kubernetesVersion: string;
  /** Labels on everything, such as those that costs are allocated by. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Keeps the namespace, and with it everything inside, from being deleted. Default: true. */
  readonly protect?: boolean;
}

export type ResolvedServiceNamespaceArgs = Required<ServiceNamespaceArgs>;

export const serviceNamespaceDefaults = { labels: {}, protect: true } as const;

export function resolveServiceNamespaceArgs(
  name: string,
  args: ServiceNamespaceArgs,
): ResolvedServiceNamespaceArgs {
  const spec = { ...serviceNamespaceDefaults, ...args };
  const problems: string[] = [];
  if (!isDnsLabel(spec.product)) {
    problems.push(`product: got "${spec.product}", need a DNS label`);
  }
  if (spec.records.length === 0) problems.push("records: got none, need at least one");
  for (const record of spec.records) {
    problems.push(
      ...recordProblems(record).map((problem) => `records.${record.name}.${problem}`),
      ...(record.product === spec.product
        ? []
        : [
            `records.${record.name}: got a record of the product "${record.product}", need those of "${spec.product}"`,
          ]),
    );
  }
  if (!/^1\.[1-9]\d*$/.test(spec.kubernetesVersion)) {
    problems.push(
      `kubernetesVersion: got "${spec.kubernetesVersion}", need a minor version such as "1.36"`,
    );
  }
  problems.push(...labelProblems("labels", spec.labels, Object.keys(namespaceLabels(spec))));
  if (problems.length > 0) throw new ArgsError("ServiceNamespace", name, problems);
  return spec;
}

/**
 * What the namespace says of itself: Pod Security at its strictest, in the wording of the cluster's version; who owns
 * it; and, where a service is public, that the public ingress and its readiness gates may be used.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function namespaceLabels(spec: ResolvedServiceNamespaceArgs): Record<string, string> {
  const version = `v${spec.kubernetesVersion}`;
  const teams = new Set(spec.records.map((record) => record.team));
  const [team] = teams;
  return {
    "app.kubernetes.io/part-of": spec.product,
    "app.kubernetes.io/managed-by": "pulumi",
    ...(team !== undefined && teams.size === 1 && { "auterity.io/team": team }),
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/enforce-version": version,
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/audit-version": version,
    "pod-security.kubernetes.io/warn": "restricted",
    "pod-security.kubernetes.io/warn-version": version,
    ...(spec.records.some((record) => record.exposure !== undefined) && {
      [publicIngressLabel]: "enabled",
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    }),
  };
}
