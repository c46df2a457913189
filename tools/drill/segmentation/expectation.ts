import type { ServiceRecord, Store } from "../../../components/shared/service-record";
import { isBounded, type Conversation, type Controller, type Peer, type Port } from "./peers";

/**
 * Ports of the stores, written down once more: the component's own table is what is judged here. The other two are no
 * addresses of the data tier: the bucket is reached like the internet, mlflow is a pod.
 */
export const dataTierPorts: Readonly<Partial<Record<Store, number>>> = {
  postgresql: 5432,
  redis: 6379,
  rabbitmq: 5671,
  kafka: 9098,
};
export const mlflowPort = 5000;

/** Stores that are entered with AWS credentials, which come from the agent on the node. */
const storesOfAws: readonly Store[] = ["kafka", "model-bucket"];

/** In the data tier too, but no service's. */
const storePorts = { ...dataTierPorts, opensearch: 443 } as const;

/** Of kubelets and node exporters, on the addresses of nodes; and of the servers of names. */
export const nodeMetricsPorts = [10_250, 9100] as const;
export const dnsMetricsPort = 9153;

const dnsPort = 53;
const httpsPort = 443;
const credentialsPort = 80;
export const prometheusPort = 9090;

/** What the catalogue says of a conversation, without a look at any policy: both ends have to want it. */
export function isExpected(conversation: Conversation): boolean {
  const { from, to } = conversation;
  return (
    (!isBounded(from) || mayLeave(from, to, conversation)) &&
    (!isBounded(to) || mayEnter(from, to, conversation))
  );
}

function mayLeave({ role }: Peer, to: Peer, { protocol, port }: Port): boolean {
  if (to.role.kind === "dns" && port === dnsPort) return true;
  if (role.kind === "controller" && to.role.kind === "controller")
    return controllersTalk(role.controller, to.role.controller, { protocol, port });
  if (protocol !== "TCP") return false;
  if (role.kind === "service") return serviceReaches(role.record, to, port);
  return role.kind === "controller" && controllerReaches(role.controller, to, port);
}

function serviceReaches({ talksTo }: ServiceRecord, { role }: Peer, port: number): boolean {
  const { services, stores, hosts } = talksTo;
  if (role.kind === "controller") return role.controller.takesTelemetry?.includes(port) === true;
  if (role.kind === "service")
    return services.includes(role.record.name) && port === role.record.port;
  if (role.kind === "data-tier") return stores.some((store) => dataTierPorts[store] === port);
  if (role.kind === "store-pod") return stores.includes(role.store) && port === mlflowPort;
  if (role.kind === "credentials")
    return port === credentialsPort && stores.some((store) => storesOfAws.includes(store));
  if (role.kind !== "internet") return false;
  return (
    hosts.some((host) => host.endsWith(`:${port}`)) ||
    (stores.includes("model-bucket") && port === httpsPort)
  );
}

function controllerReaches(
  controller: Controller,
  { role, inEndpointSubnet }: Peer,
  port: number,
): boolean {
  const { callsApiServer, callsAws, usesPodIdentity, asksPrometheus = false } = controller;
  if (controller.readsMetrics === true && readsMetricsOf({ role, inEndpointSubnet }, port))
    return true;
  if (role.kind === "data-tier")
    return controller.callsStores?.some((store) => storePorts[store] === port) === true;
  if (role.kind === "credentials") return usesPodIdentity && port === credentialsPort;
  if (role.kind === "metrics-reader" && port === prometheusPort) return asksPrometheus;
  if (port !== httpsPort) return false;
  if (role.kind === "control-plane" || role.kind === "api-service") return callsApiServer;
  return callsAws && (role.kind === "internet" || inEndpointSubnet);
}

/** Prometheus reads what names a port for it, and is asked by those who say so; others call each other by name. */
function controllersTalk(from: Controller, to: Controller, { protocol, port }: Port): boolean {
  const { callsControllers = [], asksPrometheus = false, readsMetrics = false } = from;
  if (protocol === "TCP" && readsMetrics && metricsPortsOf(to).includes(port)) return true;
  if (protocol === "TCP" && to.readsMetrics === true && port === prometheusPort)
    return asksPrometheus;
  return callsControllers.some(
    (called) =>
      called.name === to.name && called.port === port && (called.protocol ?? "TCP") === protocol,
  );
}

function metricsPortsOf({ metricsPort, otherMetricsPorts = [] }: Controller): readonly number[] {
  return metricsPort === undefined ? otherMetricsPorts : [metricsPort, ...otherMetricsPorts];
}

function readsMetricsOf(
  { role, inEndpointSubnet }: Pick<Peer, "role" | "inEndpointSubnet">,
  port: number,
) {
  if (role.kind === "service")
    return role.record.metricsPath !== undefined && port === role.record.port;
  if (role.kind === "dns" && port === dnsMetricsPort) return true;
  return inEndpointSubnet && nodeMetricsPorts.some((known) => known === port);
}

function isMetricsReader({ role }: Pick<Peer, "role">): boolean {
  return (
    role.kind === "metrics-reader" ||
    (role.kind === "controller" && role.controller.readsMetrics === true)
  );
}

function mayEnter({ role }: Peer, to: Peer, { protocol, port }: Port): boolean {
  if (to.role.kind === "controller" && role.kind === "controller")
    return controllersTalk(role.controller, to.role.controller, { protocol, port });
  if (protocol !== "TCP") return false;
  if (to.role.kind === "controller") {
    const { webhookPort, takesTelemetry = [] } = to.role.controller;
    if (role.kind === "control-plane") return port === webhookPort;
    if (role.kind === "service") return takesTelemetry.includes(port);
    return role.kind === "metrics-reader" && metricsPortsOf(to.role.controller).includes(port);
  }
  if (to.role.kind !== "service" || port !== to.role.record.port) return false;
  const { name, exposure, metricsPath } = to.role.record;
  if (role.kind === "service") return role.record.talksTo.services.includes(name);
  if (role.kind === "load-balancer") return exposure !== undefined;
  return isMetricsReader({ role }) && metricsPath !== undefined;
}
