import type { ControlPlane } from "../control-plane";
import type { KubernetesApi, KubernetesObject, WithConditions } from "../kubernetes-api";
import { freePorts, type RunningProgram, type Stage } from "../processes";
import { roleArn, type Emulator } from "./emulator";
import type { PlannedSecrets } from "./planned";

/** How often the controller looks here; the plan's interval only makes the same wait longer. */
export const refreshSeconds = 2;

/** The planned objects as they are, but for what only a deployment knows and the time between two looks. */
export async function applyPlanned(api: KubernetesApi, planned: PlannedSecrets): Promise<void> {
  for (const name of planned.namespaces)
    await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  const arns = new Map(planned.readers.map((reader) => [reader.arn, roleArn(reader)]));
  for (const account of planned.serviceAccounts) {
    const annotations: Record<string, string> = {};
    for (const [key, value] of Object.entries(account.metadata.annotations ?? {}))
      annotations[key] = arns.get(value) ?? value;
    await api.apply({ ...account, metadata: { ...account.metadata, annotations } });
  }
  for (const store of planned.stores) await api.apply(store);
  for (const secret of planned.externalSecrets)
    await api.apply({
      ...secret,
      spec: { ...secret.spec, refreshInterval: `${refreshSeconds}s` },
    });
}

/** The real controller, as its release is configured: nothing that works for the whole cluster. */
export async function startController(
  stage: Stage,
  { program, controlPlane, emulator }: ControllerArgs,
): Promise<RunningProgram> {
  const [metrics = 0, health = 0] = await freePorts(2);
  return stage.start({
    name: "external-secrets",
    program,
    args: [
      ...[`--metrics-addr=127.0.0.1:${metrics}`, `--live-addr=127.0.0.1:${health}`],
      "--enable-cluster-store-reconciler=false",
      "--enable-cluster-external-secret-reconciler=false",
      "--enable-push-secret-reconciler=false",
      "--enable-cluster-push-secret-reconciler=false",
      // A store that could not be reached is tried again within this.
      `--store-requeue-interval=${refreshSeconds}s`,
    ],
    environment: {
      ...{ PATH: process.env["PATH"], HOME: stage.folder },
      KUBECONFIG: controlPlane.kubeconfig,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SECRETSMANAGER_ENDPOINT: emulator.url,
      AWS_STS_ENDPOINT: emulator.url,
    },
  });
}

interface ControllerArgs {
  readonly program: string;
  readonly controlPlane: ControlPlane;
  readonly emulator: Emulator;
}

interface Secret extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** What a Secret of the cluster holds, or undefined. */
export async function readClusterSecret(
  api: KubernetesApi,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<Readonly<Record<string, string>> | undefined> {
  const metadata = { namespace, name };
  const secret = await api.read<Secret>({ apiVersion: "v1", kind: "Secret", metadata });
  if (secret === undefined) return undefined;
  const entries = Object.entries(secret.data ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
  );
}

/** Whether an object is ready and why not; undefined while nobody has looked at it. */
export async function readReadiness(
  api: KubernetesApi,
  object: KubernetesObject,
): Promise<{ readonly ready: boolean; readonly why: string } | undefined> {
  const { status } = (await api.read<WithConditions>(object)) ?? {};
  const condition = status?.conditions?.find(({ type }) => type === "Ready");
  if (condition === undefined) return undefined;
  const { status: ready, reason = "", message = "" } = condition;
  return { ready: ready === "True", why: `${reason}: ${message}` };
}
