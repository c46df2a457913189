import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { checkCatalogue } from "../shared/catalogue";
import { isPrivate, parseIpv4Cidr } from "../shared/cidr";
import { labelProblems } from "../shared/kubernetes-names";
import { metricsReader, type PodPeer } from "../shared/network-policy-rules";
import { serviceLabels } from "../shared/service-labels";
import { stores as storeNames, type ServiceRecord, type Store } from "../shared/service-record";
import { defaultStoreEndpoints, type StoreEndpoint, type StoreEndpoints } from "./stores";

export interface ServiceConversationsArgs {
  /** The whole catalogue: whom a service lets in stands in the records of the others. */
  readonly records: readonly ServiceRecord[];
  /** Name of the namespace of each product. */
  readonly namespaces: Readonly<Record<string, Input<string>>>;
  /** IPv4 ranges of the load balancer's subnets. Needed where a service is public. */
  readonly publicSubnetCidrs: readonly string[];
  /** IPv4 ranges of the stores' subnets. Needed where a service talks to one of them. */
  readonly dataSubnetCidrs: readonly string[];
  /** Where stores answer, for those that are elsewhere. Default: defaultStoreEndpoints. */
  readonly stores?: Partial<StoreEndpoints>;
  /** The pods that read metrics. Default: those of Prometheus in the namespace `monitoring`. */
  readonly metricsReader?: PodPeer;
  /** The pods that take traces and logs, which every service may send to. Default: none, nobody sends any. */
  readonly telemetryAgent?: PodPeer & { readonly ports: readonly number[] };
  /** On the policies. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

export type ResolvedServiceConversationsArgs = Required<
  Omit<ServiceConversationsArgs, "stores" | "telemetryAgent">
> &
  Pick<ServiceConversationsArgs, "telemetryAgent"> & {
    readonly stores: StoreEndpoints;
  };

export const serviceConversationsDefaults = {
  stores: defaultStoreEndpoints,
  metricsReader,
  labels: {},
} as const;

export function resolveServiceConversationsArgs(
  name: string,
  args: ServiceConversationsArgs,
): ResolvedServiceConversationsArgs {
  const spec = {
    ...serviceConversationsDefaults,
    ...args,
    stores: { ...defaultStoreEndpoints, ...args.stores },
  };
  const problems = [
    ...checkCatalogue(spec.records).map((problem) =>
      problem.startsWith("records: ") ? problem : `records.${problem}`,
    ),
    ...namespaceProblems(spec),
    ...subnetProblems(spec),
    ...storeProblems(spec.stores),
    ...(Object.keys(spec.metricsReader.podLabels).length === 0
      ? [
          "metricsReader.podLabels: got none, which is every pod, need the labels of those that read metrics",
        ]
      : []),
    ...labelProblems("labels", spec.labels, ownLabels(spec.records)),
  ];
  if (problems.length > 0) throw new ArgsError("ServiceConversations", name, problems);
  return spec;
}

/** Stores that a record names, without those that do not exist, which the catalogue's rules report. */
export function storesOf({ talksTo }: ServiceRecord): readonly Store[] {
  return talksTo.stores.filter((store) => storeNames.includes(store));
}

function ownLabels(records: readonly ServiceRecord[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(serviceLabels(record))))];
}

function namespaceProblems({ records, namespaces }: ResolvedServiceConversationsArgs): string[] {
  const products = [...new Set(records.map((record) => record.product))];
  return products
    .filter((product) => namespaces[product] === undefined)
    .map((product) => `namespaces.${product}: got none, need the name of the product's namespace`);
}

function subnetProblems(spec: ResolvedServiceConversationsArgs): string[] {
  const { records, stores, publicSubnetCidrs, dataSubnetCidrs } = spec;
  const [exposed] = records.filter((record) => record.exposure !== undefined);
  const problems: string[] = [];
  if (exposed !== undefined && publicSubnetCidrs.length === 0) {
    problems.push(
      `publicSubnetCidrs: got none, need the ranges from which the load balancer calls ${exposed.name}`,
    );
  }
  for (const store of new Set(records.flatMap(storesOf))) {
    if (stores[store].place === "data-subnets" && dataSubnetCidrs.length === 0)
      problems.push(`dataSubnetCidrs: got none, need the ranges in which ${store} answers`);
  }
  return [
    ...problems,
    ...rangeProblems("publicSubnetCidrs", publicSubnetCidrs),
    ...rangeProblems("dataSubnetCidrs", dataSubnetCidrs),
  ];
}

function rangeProblems(path: string, texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const { cidr, problem } = parseIpv4Cidr(text);
    if (problem !== undefined) return [`${path}: ${problem}`];
    return isPrivate(cidr)
      ? []
      : [`${path}: got "${text}", need a private range, such as 10.0.32.0/24`];
  });
}

function storeProblems(endpoints: StoreEndpoints): string[] {
  return Object.entries(endpoints).flatMap(([store, endpoint]: [string, StoreEndpoint]) => {
    const { port } = endpoint;
    return [
      ...(Number.isInteger(port) && port >= 1 && port <= 65535
        ? []
        : [`stores.${store}.port: got ${port}, need 1 to 65535`]),
      ...(endpoint.place === "pods" && Object.keys(endpoint.podLabels).length === 0
        ? [`stores.${store}.podLabels: got none, which is every pod, need the labels of its own`]
        : []),
    ];
  });
}
