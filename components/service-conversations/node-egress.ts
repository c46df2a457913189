import type { ServiceRecord, Store } from "../shared/service-record";
import { storesOf } from "./args";
import { outsidePorts } from "./rules";
import { defaultStoreEndpoints, type StoreEndpoints } from "./stores";

/** A way out of the nodes, as the cluster's `nodeEgress` takes it. */
export interface ConversationEgress {
  readonly description: string;
  readonly protocol: "tcp";
  readonly fromPort: number;
  readonly toPort: number;
  readonly to: { readonly cidrBlock: string };
}

export interface ConversationEgressArgs {
  readonly records: readonly ServiceRecord[];
  readonly dataSubnetCidrs: readonly string[];
  /** Default: defaultStoreEndpoints. */
  readonly stores?: Partial<StoreEndpoints>;
}

/** Nodes may leave on this port anyway: images, AWS and the Kubernetes API. */
const httpsPort = 443;

/**
 * What the catalogue adds to the security group of the nodes, rule by rule: the port of each store that a service names
 * towards each data subnet, and each port of an outside host but 443.
 */
export function conversationNodeEgress({
  records,
  dataSubnetCidrs,
  stores = {},
}: ConversationEgressArgs): Record<string, ConversationEgress> {
  const endpoints: StoreEndpoints = { ...defaultStoreEndpoints, ...stores };
  const named = [...new Set(records.flatMap(storesOf))].sort();
  const inData = named.flatMap((store) => dataRules(store, { endpoints, dataSubnetCidrs }));
  const outside = new Set(records.flatMap((record) => outsidePorts(record, endpoints)));
  const toOutside = [...outside]
    .filter((port) => port !== httpsPort)
    .sort((a, b) => a - b)
    .map((port): Rule => {
      const description = `Outside hosts of the catalogue on port ${port}`;
      return [`outside-${port}`, tcpEgress(description, port, "0.0.0.0/0")];
    });
  return Object.fromEntries([...inData, ...toOutside]);
}

type Rule = readonly [string, ConversationEgress];

interface DataTier {
  readonly endpoints: StoreEndpoints;
  readonly dataSubnetCidrs: readonly string[];
}

function dataRules(store: Store, { endpoints, dataSubnetCidrs }: DataTier): Rule[] {
  const { place, port } = endpoints[store];
  if (place !== "data-subnets") return [];
  return dataSubnetCidrs.map((cidrBlock) => [
    `${store}-${cidrBlock.replace("/", "-")}`,
    tcpEgress(`${store} in the data tier`, port, cidrBlock),
  ]);
}

function tcpEgress(description: string, port: number, cidrBlock: string): ConversationEgress {
  return { description, protocol: "tcp", fromPort: port, toPort: port, to: { cidrBlock } };
}
