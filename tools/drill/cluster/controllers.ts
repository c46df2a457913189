import { join } from "node:path";
import { createAuthority, type Authority } from "../certificates";
import { startControlPlane, type Controller, type ControlPlane } from "../control-plane";
import { goTool } from "../go-tools";
import { freePorts, waitFor, type RunningProgram, type Stage } from "../processes";
import type { ToolContext } from "../tool-cache";

/** A control plane with the controllers that every cluster has. */
export interface Cluster extends ControlPlane {
  /** Signs what servers of more APIs show the API server. */
  readonly authority: Authority;
  readonly controllerManager: RunningProgram;
}

export interface ClusterOptions {
  /** Of the controller manager, over what EKS runs with. */
  readonly controllerArgs?: readonly string[];
}

export async function startCluster(
  stage: Stage,
  context: ToolContext,
  { controllerArgs = [] }: ClusterOptions = {},
): Promise<Cluster> {
  const authority = await createAuthority(join(stage.folder, "certificates"));
  const frontProxy = {
    ...(await authority.issue("front-proxy")),
    certificateAuthority: authority.certificateAuthority,
  };
  const controlPlane = await startControlPlane(stage, context, { frontProxy });
  const need = { what: "the API server's own roles", seconds: 60, needs: controlPlane.programs };
  await waitFor(need, async () => {
    const { status } = await controlPlane.api.send({ method: "GET", path: "/readyz" });
    return status === 200 || undefined;
  });
  const controllerManager = await startControllerManager(stage, {
    ...{ context, controlPlane },
    args: controllerArgs,
  });
  return { ...controlPlane, authority, controllerManager };
}

export interface ControllerStart {
  readonly context: ToolContext;
  readonly controlPlane: ControlPlane;
  /** Overrides what EKS runs with. */
  readonly args?: readonly string[];
}

export async function startControllerManager(
  stage: Stage,
  start: ControllerStart,
): Promise<RunningProgram> {
  const { serviceAccountKey, certificateAuthority } = start.controlPlane;
  return startController(stage, "kube-controller-manager", {
    ...start,
    args: [
      `--service-account-private-key-file=${serviceAccountKey}`,
      `--root-ca-file=${certificateAuthority}`,
      "--use-service-account-credentials=true",
      "--allocate-node-cidrs=false",
      ...(start.args ?? []),
    ],
  });
}

export function startScheduler(stage: Stage, start: ControllerStart): Promise<RunningProgram> {
  return startController(stage, "kube-scheduler", start);
}

async function startController(
  stage: Stage,
  name: Controller,
  { context, controlPlane, args = [] }: ControllerStart,
): Promise<RunningProgram> {
  const program = await goTool(name, context);
  const [port = 0] = await freePorts(1);
  const kubeconfig = controlPlane.kubeconfigs[name];
  return stage.start({
    name,
    program,
    args: [
      ...[`--kubeconfig=${kubeconfig}`, `--authentication-kubeconfig=${kubeconfig}`],
      ...[`--authorization-kubeconfig=${kubeconfig}`, "--leader-elect=false"],
      ...["--bind-address=127.0.0.1", `--secure-port=${port}`, `--cert-dir=${stage.folder}`],
      ...args,
    ],
  });
}

/** Waits until the controllers have made what every namespace has. */
export async function settleNamespaces(cluster: Cluster): Promise<void> {
  const { api, programs, controllerManager } = cluster;
  const needs = [...programs, controllerManager];
  await waitFor({ what: "service accounts of the namespaces", seconds: 60, needs }, async () => {
    const namespaces = await api.list({ apiVersion: "v1", kind: "Namespace" });
    const accounts = await api.list({ apiVersion: "v1", kind: "ServiceAccount" });
    const ready = accounts.filter(({ metadata }) => metadata.name === "default");
    return ready.length === namespaces.length || undefined;
  });
}
