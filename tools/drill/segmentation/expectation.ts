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
  if (protocol !== "TCP") return false;
  if (role.kind === "service") return serviceReaches(role.record, to, port);
  return role.kind === "controller" && controllerReaches(role.controller, to, port);
}

function serviceReaches({ talksTo }: ServiceRecord, { role }: Peer, port: number): boolean {
  const { services, stores, hosts } = talksTo;
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
  if (role.kind === "controller") return callsController(controller, role.controller, port);
  if (role.kind === "data-tier")
    return controller.callsStores?.some((store) => dataTierPorts[store] === port) === true;
  if (role.kind === "credentials") return usesPodIdentity && port === credentialsPort;
  if (role.kind === "metrics-reader" && port === prometheusPort) return asksPrometheus;
  if (port !== httpsPort) return false;
  if (role.kind === "control-plane" || role.kind === "api-service") return callsApiServer;
  return callsAws && (role.kind === "internet" || inEndpointSubnet);
}

function callsController(
  { callsControllers = [] }: Controller,
  { name }: Controller,
  port: number,
): boolean {
  return callsControllers.some((called) => called.name === name && called.port === port);
}

function mayEnter({ role }: Peer, to: Peer, { protocol, port }: Port): boolean {
  if (protocol !== "TCP") return false;
  if (to.role.kind === "controller") {
    const { webhookPort, metricsPort } = to.role.controller;
    if (role.kind === "control-plane") return port === webhookPort;
    if (role.kind === "controller")
      return callsController(role.controller, to.role.controller, port);
    return role.kind === "metrics-reader" && port === metricsPort;
  }
  if (to.role.kind !== "service" || port !== to.role.record.port) return false;
  const { name, exposure, metricsPath } = to.role.record;
  if (role.kind === "service") return role.record.talksTo.services.includes(name);
  if (role.kind === "load-balancer") return exposure !== undefined;
  return role.kind === "metrics-reader" && metricsPath !== undefined;
}
