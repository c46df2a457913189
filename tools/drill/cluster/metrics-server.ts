import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServiceRecord } from "../../../components/shared/service-record";
import { waitFor } from "../processes";
import { replicaWork, usageOf, type Demand } from "./demand";
import { isReady } from "./nodes";
import { isEnding, type PodObject, type Recorder } from "./recorder";
import { listen, type Served } from "./served";
import type { Cluster } from "./controllers";

const group = "metrics.k8s.io";
const version = "v1beta1";
const root = `/apis/${group}/${version}`;

/** How far back a value looks, as metrics-server's do. */
const window = "10s";

interface UsageArgs {
  readonly records: readonly ServiceRecord[];
  readonly recorder: Recorder;
  readonly demand: Demand;
}

/**
 * Stands in for metrics-server: nothing runs in the simulated pods, so what they use is worked out from the demand and
 * from how many share it. It is asked through the API server's aggregation, as the real one is.
 */
export async function startMetricsServer(cluster: Cluster, args: UsageArgs): Promise<Served> {
  const { certificate, key } = await cluster.authority.issue("metrics-server");
  const server = createServer(
    { cert: readFileSync(certificate), key: readFileSync(key) },
    (request, response) => {
      answer(args, request, response);
    },
  );
  const served = await listen(server);
  await registerApi(cluster, { group, version, port: served.port, namespace: "kube-system" });
  return served;
}

function answer(args: UsageArgs, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "https://localhost");
  const body = bodyOf(args, url);
  response.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? {}));
}

function bodyOf(args: UsageArgs, url: URL): object | undefined {
  if (url.pathname === root) return resources;
  const namespace = new RegExp(`^${root}/namespaces/([^/]+)/pods$`).exec(url.pathname)?.[1];
  if (namespace === undefined) return undefined;
  const wanted = selectorOf(url.searchParams.get("labelSelector") ?? "");
  const pods = args.recorder
    .pods()
    .filter(({ metadata }) => metadata.namespace === namespace)
    .filter((pod) => wanted.every(([key, value]) => pod.metadata.labels?.[key] === value));
  return {
    ...{ kind: "PodMetricsList", apiVersion: `${group}/${version}`, metadata: {} },
    items: pods.filter(isServing).map((pod) => metricsOf(args, pod)),
  };
}

function metricsOf({ records, recorder, demand }: UsageArgs, pod: PodObject): object {
  const service = pod.metadata.labels?.["app.kubernetes.io/name"] ?? "";
  const record = records.find(({ name }) => name === service);
  const ready = recorder.now().ready[service] ?? 0;
  const millicores =
    record === undefined ? 0 : usageOf(replicaWork(record), demand(service), ready);
  const { name, namespace, labels } = pod.metadata;
  return {
    metadata: { name, namespace, labels },
    ...{ timestamp: new Date().toISOString(), window },
    containers: pod.spec.containers.map((container) => ({
      name: container.name,
      usage: { cpu: `${Math.round(millicores * 1000)}u`, memory: "100Mi" },
    })),
  };
}

function isServing(pod: PodObject): boolean {
  return isReady(pod) && !isEnding(pod);
}

/** Of `a=b,c=d`, which is all that the controller asks with. */
function selectorOf(selector: string): (readonly [string, string])[] {
  return selector
    .split(",")
    .filter((part) => part !== "")
    .map((part) => {
      const [key = "", value = ""] = part.split("=");
      return [key, value];
    });
}

const resources = {
  ...{ kind: "APIResourceList", apiVersion: "v1", groupVersion: `${group}/${version}` },
  resources: [
    {
      ...{ name: "pods", singularName: "", namespaced: true, kind: "PodMetrics" },
      verbs: ["get", "list"],
    },
  ],
};

export interface AddedApi {
  readonly group: string;
  readonly version: string;
  readonly port: number;
  readonly namespace: string;
}

/** Has the API server pass a group on to a server on this machine, and waits until it does. */
export async function registerApi(
  { api, programs }: Cluster,
  { group: name, version: of, port, namespace }: AddedApi,
): Promise<void> {
  const service = `served-${name.split(".")[0] ?? ""}`;
  await api.apply({
    ...{ apiVersion: "v1", kind: "Service", metadata: { name: service, namespace } },
    spec: { type: "ExternalName", externalName: "localhost", ports: [{ port }] },
  } as never);
  const apiService = {
    ...{ apiVersion: "apiregistration.k8s.io/v1", kind: "APIService" },
    metadata: { name: `${of}.${name}` },
  };
  await api.apply({
    ...apiService,
    spec: {
      ...{ group: name, version: of, groupPriorityMinimum: 100, versionPriority: 100 },
      service: { name: service, namespace, port },
      // Its certificate is of this drill's own authority.
      insecureSkipTLSVerify: true,
    },
  } as never);
  await waitFor({ what: `the API ${name}`, seconds: 60, needs: programs }, async () => {
    const { status } = await api.send({ method: "GET", path: `/apis/${name}/${of}` });
    return status === 200 || undefined;
  });
}
