import {
  addressesOf,
  internet,
  podIdentityEgress,
  podsOf,
  tcpPorts,
  type EgressRule,
  type IngressRule,
} from "../shared/network-policy-rules";
import { selectorLabels } from "../shared/service-labels";
import type { ServiceRecord, Store } from "../shared/service-record";
import { storesOf, type ResolvedServiceConversationsArgs } from "./args";
import type { StoreEndpoints } from "./stores";

/** Who may connect to each service: its callers, by name. */
export type Callers = ReadonlyMap<string, readonly ServiceRecord[]>;

/** Callers in the order of their names, so that a record moved within the catalogue changes nothing. */
export function callersOf(records: readonly ServiceRecord[]): Callers {
  const callers = new Map<string, ServiceRecord[]>();
  for (const record of byName(records)) {
    for (const callee of record.talksTo.services) {
      const known = callers.get(callee);
      if (known === undefined) callers.set(callee, [record]);
      else known.push(record);
    }
  }
  return callers;
}

/** Callers, the load balancer where the service is public, and whoever reads its metrics: all on its one port. */
export function ingressRules(
  record: ServiceRecord,
  callers: Callers,
  spec: ResolvedServiceConversationsArgs,
): IngressRule[] {
  if (record.port === undefined) return [];
  const ports = tcpPorts(record.port);
  const from = [
    ...(callers.get(record.name) ?? []).map((caller) => podsOfService(caller, spec)),
    ...(record.exposure === undefined ? [] : addressesOf(spec.publicSubnetCidrs)),
    ...(record.metricsPath === undefined ? [] : [podsOf(spec.metricsReader)]),
  ];
  // A rule without peers would let everybody in.
  return from.length === 0 ? [] : [{ from, ports }];
}

/** The services, stores and outside hosts that the record names, each on its own port. */
export function egressRules(
  record: ServiceRecord,
  records: ReadonlyMap<string, ServiceRecord>,
  spec: ResolvedServiceConversationsArgs,
): EgressRule[] {
  const partners = byName(record.talksTo.services.flatMap((name) => records.get(name) ?? []));
  const services = partners.flatMap((partner): EgressRule[] =>
    partner.port === undefined
      ? []
      : [{ to: [podsOfService(partner, spec)], ports: tcpPorts(partner.port) }],
  );
  const stores = [...storesOf(record)].sort();
  const publicPorts = outsidePorts(record, spec.stores);
  const { telemetryAgent } = spec;
  return [
    ...services,
    ...(telemetryAgent === undefined
      ? []
      : [{ to: [podsOf(telemetryAgent)], ports: tcpPorts(...telemetryAgent.ports) }]),
    ...stores.flatMap((store) => storeRules(store, spec)),
    ...(stores.some((store) => spec.stores[store].usesAwsCredentials === true)
      ? [podIdentityEgress()]
      : []),
    ...(publicPorts.length === 0 ? [] : [{ to: [internet()], ports: tcpPorts(...publicPorts) }]),
  ];
}

function storeRules(store: Store, spec: ResolvedServiceConversationsArgs): EgressRule[] {
  const endpoint = spec.stores[store];
  const ports = tcpPorts(endpoint.port);
  switch (endpoint.place) {
    case "data-subnets":
      return [{ to: addressesOf(spec.dataSubnetCidrs), ports }];
    case "pods":
      return [{ to: [podsOf(endpoint)], ports }];
    case "public":
      return [];
  }
}

/**
 * Ports on which a record leaves for public addresses, in order. Policies know addresses and no names: what narrows the
 * way out is the port.
 */
export function outsidePorts(record: ServiceRecord, stores: StoreEndpoints): number[] {
  const ports = [
    ...record.talksTo.hosts.map(portOfHost),
    ...storesOf(record)
      .map((store) => stores[store])
      .flatMap(({ place, port }) => (place === "public" ? [port] : [])),
  ];
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Of an endpoint such as "api.example.com:443", which the catalogue's rules have judged. */
function portOfHost(endpoint: string): number {
  return Number(endpoint.slice(endpoint.lastIndexOf(":") + 1));
}

function podsOfService(record: ServiceRecord, { namespaces }: ResolvedServiceConversationsArgs) {
  const namespace = namespaces[record.product] ?? record.product;
  return podsOf({ namespace, podLabels: selectorLabels(record) });
}

function byName(records: readonly ServiceRecord[]): ServiceRecord[] {
  return [...records].sort((a, b) => (a.name < b.name ? -1 : 1));
}
