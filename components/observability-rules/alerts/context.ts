import type { ServiceRecord } from "../../shared/service-record";

/** What the alerts of an environment depend on; all of it decides which rules exist. */
export interface AlertContext {
  readonly records: readonly ServiceRecord[];
  /** Names of the zones in which there are always nodes. */
  readonly zones: readonly string[];
  readonly nodeAutoscaler: "cluster-autoscaler" | "karpenter";
  /** Fewest pods of a service that this environment keeps. */
  readonly replicaFloor: (record: ServiceRecord) => number;
  /** USD that questions to language models may cost a day before somebody looks. */
  readonly aiSpendPerDay: number;
  /** GiB that may pass the NAT gateways a day, both ways, before somebody looks; undefined where nobody does. */
  readonly natGibPerDay: number | undefined;
  /** Canaries that ask from outside of the cluster, and how often; undefined where there are none. */
  readonly canaries: { readonly everyMinutes: number } | undefined;
  /** Whether services rest at no pods at night, and their nodes with them: where nothing is on purpose, nothing is missing. */
  readonly rests: boolean;
}

/** Who looks after what belongs to no product. */
export const platformTeam = "platform";

/** Nodes with the zone that they stand in, which AWS writes into the provider's own name of a node. */
export const nodeZones =
  'label_replace(kube_node_info, "zone", "$1", "provider_id", "aws:///([^/]+)/.*")';

/** Only while kube-state-metrics answers: without it everything would look lost. */
export const whileNodesAreKnown = "and on () count(kube_node_info) > 0";
