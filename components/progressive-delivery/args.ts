import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { parseIpv4Cidr } from "../shared/cidr";
import { controllerVersionProblems, type ControllerVersion } from "../shared/controller-chart";
import type { ClusterNetwork } from "../shared/controller-network-policies";
import { isDnsLabel, labelProblems } from "../shared/kubernetes-names";
import { isBetween } from "../shared/record-workload";

export interface ProgressiveDeliveryArgs {
  /** Namespaces by product whose releases it carries out; it changes nothing anywhere else. At least one. */
  readonly namespaces: Readonly<Record<string, Input<string>>>;
  readonly network: ClusterNetwork;
  /** Chart and image of Argo Rollouts. */
  readonly version: ControllerVersion;
  /** Pods of the controller, 1 to 3: one leads, the others take over. Default: 2. */
  readonly replicas?: number;
  /** On the Kubernetes resources. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

export type ResolvedProgressiveDeliveryArgs = Required<ProgressiveDeliveryArgs>;

const progressiveDeliveryDefaults = { replicas: 2, labels: {} } as const;

export function resolveProgressiveDeliveryArgs(
  name: string,
  args: ProgressiveDeliveryArgs,
): ResolvedProgressiveDeliveryArgs {
  const spec = { ...progressiveDeliveryDefaults, ...args };
  const products = Object.keys(spec.namespaces);
  const problems = [
    ...(products.length === 0 ? ["namespaces: got none, need at least one"] : []),
    ...products
      .filter((product) => !isDnsLabel(product))
      .map((product) => `namespaces: got the product "${product}", need a DNS label`),
    ...networkProblems(spec.network),
    ...controllerVersionProblems("version", spec.version),
    ...(isBetween(spec.replicas, 1, 3) ? [] : [`replicas: got ${spec.replicas}, need 1 to 3`]),
    ...labelProblems("labels", spec.labels, ["app.kubernetes.io/managed-by"]),
  ];
  if (!spec.version.image.repository.includes("/"))
    problems.push(
      `version.image.repository: got "${spec.version.image.repository}", need host and path`,
    );
  if (problems.length > 0) throw new ArgsError("ProgressiveDelivery", name, problems);
  return spec;
}

function networkProblems(network: ClusterNetwork): string[] {
  if (network.clusterSubnetCidrs.length === 0)
    return ["network.clusterSubnetCidrs: got none, need those that the API server answers from"];
  return (["clusterSubnetCidrs", "endpointSubnetCidrs"] as const).flatMap((key) =>
    network[key].flatMap((range) => {
      const { problem } = parseIpv4Cidr(range);
      return problem === undefined ? [] : [`network.${key}: ${problem}`];
    }),
  );
}
