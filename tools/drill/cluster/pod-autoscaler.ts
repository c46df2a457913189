import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { goTool } from "../go-tools";
import { freePorts, type RunningProgram, type Stage } from "../processes";
import type { ToolContext } from "../tool-cache";
import type { Cluster } from "./controllers";
import { registerApi } from "./metrics-server";

interface KedaArgs {
  readonly cluster: Cluster;
  /** Where everything that KEDA asks over HTTP goes, whatever its address says. */
  readonly proxyPort: number;
}

const namespace = "keda";

/** The real operator and the real adapter between it and the API server. */
export async function startKeda(
  stage: Stage,
  context: ToolContext,
  { cluster, proxyPort }: KedaArgs,
): Promise<RunningProgram[]> {
  const operatorProgram = await goTool("keda-operator", context);
  const adapterProgram = await goTool("keda-adapter", context);
  const [service = 0, metrics = 0, health = 0, api = 0, apiMetrics = 0] = await freePorts(5);
  await cluster.api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const folder = await certificates(stage, cluster);
  const environment = {
    ...{ PATH: process.env["PATH"], HOME: stage.folder, KUBECONFIG: cluster.kubeconfig },
    ...{ POD_NAMESPACE: namespace, POD_NAME: "keda-operator" },
    ...{ KEDA_CLUSTER_OBJECT_NAMESPACE: namespace, WATCH_NAMESPACE: "" },
    HTTP_PROXY: `http://127.0.0.1:${proxyPort}`,
    NO_PROXY: "127.0.0.1,localhost",
  };
  const operator = stage.start({
    name: "keda-operator",
    program: operatorProgram,
    args: [
      ...[`--cert-dir=${folder}`, `--metrics-service-bind-address=127.0.0.1:${service}`],
      `--metrics-bind-address=127.0.0.1:${metrics}`,
      `--health-probe-bind-address=127.0.0.1:${health}`,
      ...["--enable-webhook-patching=false", "--enable-apiservice-patching=false"],
    ],
    environment,
  });
  const adapter = stage.start({
    name: "keda-adapter",
    program: adapterProgram,
    args: [
      ...[`--secure-port=${api}`, "--bind-address=127.0.0.1", `--port=${apiMetrics}`],
      ...[`--metrics-service-address=localhost:${service}`, `--cert-dir=${folder}`],
      ...[`--tls-cert-file=${join(folder, "tls.crt")}`],
      ...[`--tls-private-key-file=${join(folder, "tls.key")}`],
      ...[`--lister-kubeconfig=${cluster.kubeconfig}`],
      ...[`--authentication-kubeconfig=${cluster.kubeconfig}`],
      ...[`--authorization-kubeconfig=${cluster.kubeconfig}`],
    ],
    environment,
  });
  await registerApi(cluster, {
    group: "external.metrics.k8s.io",
    version: "v1beta1",
    port: api,
    namespace,
  });
  return [operator, adapter];
}

/** Under the names that KEDA looks for. */
async function certificates(stage: Stage, { authority }: Cluster): Promise<string> {
  const folder = join(stage.folder, "keda-certificates");
  mkdirSync(folder);
  const { certificate, key } = await authority.issue("keda-operator", [
    "keda-operator.keda.svc",
    "keda-metrics-apiserver.keda.svc",
  ]);
  copyFileSync(authority.certificateAuthority, join(folder, "ca.crt"));
  copyFileSync(certificate, join(folder, "tls.crt"));
  copyFileSync(key, join(folder, "tls.key"));
  return folder;
}
