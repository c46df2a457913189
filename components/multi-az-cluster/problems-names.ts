import type { ClusterSpec } from "./args";
import { presentClasses } from "./node-classes";

/** What Pulumi's automatic names add to a resource's own: a dash and seven digits. */
const autoNameSuffix = 8;
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longestRoleName = 64;
/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const longestNodeGroupName = 63;

/** Last parts of the names of the IAM roles. */
const roleKeys = [
  "control-plane",
  "nodes",
  "vpc-cni",
  "aws-ebs-csi-driver",
  "load-balancer-controller",
] as const;
export type RoleKey = (typeof roleKeys)[number];

export function nameProblems(name: string, spec: ClusterSpec): string[] {
  const problems: string[] = [];
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(spec.clusterName)) {
    problems.push(
      `clusterName: got "${spec.clusterName}", need 1 to 100 letters, digits, "-" or "_", the first a letter or digit`,
    );
  }
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(spec.region)) {
    problems.push(`region: got "${spec.region}", need a region's name, such as us-west-2`);
  }
  if (!/^(\d{12}|unassigned)$/.test(spec.accountId)) {
    problems.push(
      `accountId: got "${spec.accountId}", need 12 digits, or "unassigned" in a plan without an account`,
    );
  }
  for (const key of Object.keys(spec.tags).filter((tag) => /^(aws:|$)/i.test(tag))) {
    problems.push(`tags: got the key "${key}", need one that is not empty and not AWS's own`);
  }
  return [...problems, ...lengthProblems(name, spec)];
}

function lengthProblems(name: string, spec: ClusterSpec): string[] {
  const longestRole = longest(roleKeys.map((key) => `${name}-${key}`));
  const longestGroup = longest(
    presentClasses(spec.nodeClasses).flatMap(([nodeClass]) =>
      Object.keys(spec.nodeSubnetIdByZone).map((zone) => `${name}-${nodeClass}-${zone}`),
    ),
  );
  const lengths: [string, string, number][] = [
    ["IAM role", longestRole, longestRoleName],
    ["node group", longestGroup, longestNodeGroupName],
  ];
  return lengths.flatMap(([kind, longestName, limit]) => {
    const excess = longestName.length + autoNameSuffix - limit;
    if (excess <= 0) return [];
    return [
      `name: got "${name}", with which the ${kind} "${longestName}-xxxxxxx" passes ${limit} characters, need one ${excess} shorter`,
    ];
  });
}

function longest(names: readonly string[]): string {
  return names.reduce((best, name) => (name.length > best.length ? name : best), "");
}
