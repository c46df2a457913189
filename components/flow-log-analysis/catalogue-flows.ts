import type { ServiceRecord, Store } from "../shared/service-record";
import { type AllowedFlow, internetTier } from "./allowed-flows";

interface CatalogueFlowsArgs {
  readonly records: readonly ServiceRecord[];
  /** Ports of the stores that answer in the data subnets. */
  readonly storePorts: Readonly<Partial<Record<Store, number>>>;
  /** Ports in the data subnets that no service's store has, such as that of the store of traces. Default: []. */
  readonly otherDataPorts?: readonly number[];
  /** Ports in the cluster that the control plane calls beside the kubelet's: webhooks, metrics. */
  readonly controlPlaneCalls: readonly number[];
}

const https = 443;
const http = 80;
/** @see https://kubernetes.io/docs/reference/networking/ports-and-protocols/ */
const kubelet = 10250;

/**
 * What the catalogue lets the tiers of a SecureVpc say to each other: visitors to the load balancer, it to the services
 * that are exposed, services to their stores and outside hosts, nodes and the control plane to one another.
 */
export function catalogueFlows(args: CatalogueFlowsArgs): AllowedFlow[] {
  const { records, storePorts, otherDataPorts = [], controlPlaneCalls } = args;
  const exposed = records.flatMap(({ exposure, port }) =>
    exposure === undefined ? [] : (port ?? []),
  );
  const stores = records.flatMap(({ talksTo }) =>
    talksTo.stores.flatMap((store) => storePorts[store] ?? []),
  );
  // Registries and the interfaces of AWS, beside what services name.
  const outside = [https, ...records.flatMap(({ talksTo }) => talksTo.hosts.map(portOf))];
  return [
    ...tcp([internetTier, "public"], exposed.length > 0 ? [http, https] : []),
    ...tcp(["public", "private"], exposed),
    ...tcp(["private", "data"], [...stores, ...otherDataPorts]),
    ...tcp(["private", internetTier], outside),
    // The same connections, as the NAT gateway carries them on.
    ...tcp(["public", internetTier], outside),
    ...tcp(["private", "cluster"], [https]),
    ...tcp(["cluster", "private"], [https, kubelet, ...controlPlaneCalls]),
  ];
}

function tcp([from, to]: readonly [string, string], ports: readonly number[]): AllowedFlow[] {
  const distinct = [...new Set(ports)].sort((left, right) => left - right);
  return distinct.length === 0 ? [] : [{ from, to, protocol: "tcp", ports: distinct }];
}

/** Of "host:port". */
function portOf(host: string): number {
  return Number(host.slice(host.lastIndexOf(":") + 1));
}
