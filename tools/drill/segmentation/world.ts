import { planSubnets, type SubnetTier } from "../../../components/secure-vpc";
import { parseIpv4Cidr } from "../../../components/shared/cidr";
import type { ServiceRecord } from "../../../components/shared/service-record";
import type { StackFile } from "../../plan/stack-files";
import {
  dataTierPorts,
  dnsMetricsPort,
  mlflowPort,
  nodeMetricsPorts,
  prometheusPort,
} from "./expectation";
import { isBounded, type Controller, type Conversation, type Peer, type Port } from "./peers";
import type { Workload } from "./planned";

/** The address ranges of one environment. */
export interface Network {
  readonly environment: string;
  readonly cidrBlock: string;
  readonly availabilityZones: readonly string[];
}

export function networkOf({ environment, settings }: StackFile): Network {
  return {
    environment,
    cidrBlock: settings["auterity:network.cidrBlock"] ?? "",
    availabilityZones: settings["auterity:network.availabilityZones"]?.split(", ") ?? [],
  };
}

export interface WorldArgs {
  readonly records: readonly ServiceRecord[];
  readonly workloads: readonly Workload[];
  readonly controllers: readonly Controller[];
  readonly network: Network;
  /** Networks of the other environments. */
  readonly others: readonly Network[];
}

/** Of pods that keep room on nodes free: no record declares them, and they talk to nobody. */
const headroomNamespace = "node-headroom";

/** Everybody who could try to talk: declared pods, undeclared ones, impostors, and addresses near and far. */
export function peersOf(args: WorldArgs): Peer[] {
  const pods = podFactory(args.network);
  const services = args.workloads.map((workload) =>
    workload.namespace === headroomNamespace
      ? pods(`head-room for ${workload.name}`, workload, "undeclared")
      : servicePod(workload, args.records, pods),
  );
  // kube-system is not ours to close: what EKS runs there has no policies.
  const closed = [...args.workloads, ...args.controllers]
    .map(({ namespace }) => namespace)
    .filter((namespace) => namespace !== "kube-system");
  const namespaces = [...new Set(closed)];
  return [
    ...services,
    ...namespaces.map((namespace) =>
      pods(`undeclared pod in ${namespace}`, { namespace, labels: { app: "debug" } }, "undeclared"),
    ),
    ...args.controllers.map((controller) =>
      pods(controller.name, controller, { kind: "controller", controller }),
    ),
    ...neighbours(pods),
    ...args.workloads.map(({ name, labels }) =>
      pods(`${name}'s impostor in default`, { namespace: "default", labels }, "foreign-pod"),
    ),
    ...addressesOutside(args),
  ];
}

type PodFactory = (
  name: string,
  pod: Pick<Workload, "namespace" | "labels">,
  role: Peer["role"] | "undeclared" | "dns" | "foreign-pod",
) => Peer;

/** Pods take the addresses of the nodes' subnets, one after the other. */
function podFactory(network: Network): PodFactory {
  const [range = ""] = subnets(network, "private");
  let count = 0;
  return (name, { namespace, labels }, role) => ({
    name,
    address: addressIn(range, 100 + count++),
    role: typeof role === "string" ? { kind: role } : role,
    inEndpointSubnet: true,
    pod: { namespace, namespaceLabels: { "kubernetes.io/metadata.name": namespace }, labels },
  });
}

function servicePod(workload: Workload, records: readonly ServiceRecord[], pods: PodFactory): Peer {
  const record = records.find(({ name }) => name === workload.name);
  if (record === undefined)
    throw new Error(`${workload.name}: got a workload that no record of the catalogue declares`);
  return pods(workload.name, workload, { kind: "service", record });
}

/** Pods that are not ours to bound, with some that only look like them. */
function neighbours(pods: PodFactory): Peer[] {
  const named = (name: string) => ({ "app.kubernetes.io/name": name });
  return [
    pods("cluster DNS", { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }, "dns"),
    pods(
      "Prometheus's impostor in default",
      { namespace: "default", labels: named("prometheus") },
      "foreign-pod",
    ),
    pods(
      "mlflow",
      { namespace: "mlflow", labels: named("mlflow") },
      { kind: "store-pod", store: "mlflow" },
    ),
    pods("mlflow's neighbour", { namespace: "mlflow", labels: named("other") }, "foreign-pod"),
    pods("kube-proxy", { namespace: "kube-system", labels: named("kube-proxy") }, "foreign-pod"),
  ];
}

type AddressKind = Exclude<
  Peer["role"],
  { record: unknown } | { controller: unknown } | { store: unknown }
>["kind"];

/** @see https://www.rfc-editor.org/rfc/rfc5737 for the public addresses, which belong to nobody */
const fixedAddresses: readonly (readonly [string, string, AddressKind])[] = [
  ["the internet", "203.0.113.10", "internet"],
  ["the instance metadata", "169.254.169.254", "elsewhere"],
  ["the credentials of the node's agent", "169.254.170.23", "credentials"],
  ["the API server's Service", "172.20.0.1", "api-service"],
  ["the API server's other Service", "10.100.0.1", "api-service"],
  ["a private address in 10/8", "10.255.0.10", "elsewhere"],
  ["a private address in 172.16/12", "172.16.0.10", "elsewhere"],
  ["a private address in 192.168/16", "192.168.0.10", "elsewhere"],
  ["a carrier's address in 100.64/10", "100.64.0.10", "elsewhere"],
];

const tierRoles: Readonly<Record<SubnetTier, readonly [string, AddressKind]>> = {
  public: ["the load balancer", "load-balancer"],
  cluster: ["the control plane", "control-plane"],
  data: ["the data tier", "data-tier"],
  private: ["a node or endpoint", "endpoint"],
};

function addressesOutside({ network, others }: WorldArgs): Peer[] {
  const own = planSubnets(network).map(({ tier, zone, cidrBlock }): Peer => {
    const [title, kind] = tierRoles[tier];
    const address = addressIn(cidrBlock, 10);
    return {
      name: `${title} in ${zone}`,
      address,
      role: { kind },
      inEndpointSubnet: tier === "private",
    };
  });
  const foreign = others.flatMap((other) =>
    (["data", "private"] as const).map((tier): Peer => {
      const [range = ""] = subnets(other, tier);
      return {
        name: `the ${tier} subnet of ${other.environment}`,
        address: addressIn(range, 10),
        role: { kind: "elsewhere" },
        inEndpointSubnet: false,
      };
    }),
  );
  const fixed = fixedAddresses.map(([name, address, kind]): Peer => ({
    name,
    address,
    role: { kind },
    inEndpointSubnet: false,
  }));
  return [...fixed, ...own, ...foreign];
}

function subnets(network: Network, wanted: SubnetTier): string[] {
  return planSubnets(network).flatMap(({ tier, cidrBlock }) =>
    tier === wanted ? [cidrBlock] : [],
  );
}

function addressIn(range: string, offset: number): string {
  const { cidr, problem } = parseIpv4Cidr(range);
  if (problem !== undefined) throw new RangeError(`range: ${problem}`);
  const address = cidr.first + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Every port that anybody declares, and some that nobody should reach: SSH, DNS, HTTP, the kubelet. */
export function portsOf(
  records: readonly ServiceRecord[],
  controllers: readonly Controller[],
): Port[] {
  const ports = [
    ...[22, 53, 80, 443, prometheusPort, 10250, mlflowPort],
    ...Object.values(dataTierPorts),
    ...records.flatMap(({ port }) => port ?? []),
    ...records.flatMap(({ talksTo }) => talksTo.hosts.map((host) => Number(host.split(":")[1]))),
    ...(controllers.some(({ readsMetrics }) => readsMetrics)
      ? [...nodeMetricsPorts, dnsMetricsPort]
      : []),
    ...controllers.flatMap(portsOfController),
  ];
  const tcp = [...new Set(ports)].sort((a, b) => a - b);
  const udp = controllers.flatMap(({ callsControllers = [] }) =>
    callsControllers.filter(({ protocol }) => protocol === "UDP").map(({ port }) => port),
  );
  return [
    ...tcp.map((port): Port => ({ protocol: "TCP", port })),
    ...[...new Set([53, 443, ...udp])].map((port): Port => ({ protocol: "UDP", port })),
  ];
}

function portsOfController(controller: Controller): number[] {
  const { webhookPort, metricsPort, otherMetricsPorts = [] } = controller;
  const { callsControllers = [], takesTelemetry = [] } = controller;
  return [
    ...(webhookPort === undefined ? [] : [webhookPort]),
    ...(metricsPort === undefined ? [] : [metricsPort]),
    ...otherMetricsPorts,
    ...takesTelemetry,
    ...callsControllers.map(({ port }) => port),
  ];
}

/** All ordered pairs of which one end is ours to bound; a service or a controller to itself stands for two of its pods. */
export function pairsOf(peers: readonly Peer[]): (readonly [Peer, Peer])[] {
  return peers.flatMap((from) =>
    peers.flatMap((to) => {
      const same = from === to && from.role.kind !== "service" && from.role.kind !== "controller";
      return same || !(isBounded(from) || isBounded(to)) ? [] : [[from, to] as const];
    }),
  );
}

export function conversationsOf(peers: readonly Peer[], ports: readonly Port[]): Conversation[] {
  return pairsOf(peers).flatMap(([from, to]) => ports.map((port) => ({ from, to, ...port })));
}
