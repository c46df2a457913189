import { readFileSync } from "node:fs";
import type { KubernetesObject } from "../kubernetes-api";
import { waitFor } from "../processes";
import { readClusterSecret, readReadiness, refreshSeconds } from "./cluster";
import { roleArn } from "./emulator";
import type { ExternalSecret } from "./planned";
import { findExternalSecret, idOf, syncSeconds, type Trial } from "./trial";

interface Strangers {
  readonly own: string;
  readonly other: string;
  readonly secret: string;
}

/** One service asks for what is another's: with its own role, and with the other's role. */
export async function tryStrangers(trial: Trial, { own, other, secret }: Strangers): Promise<void> {
  const { context, planned, controlPlane } = trial;
  const { api } = controlPlane;
  const wanted = findExternalSecret(planned, `${other}-${secret}`);
  const store = planned.stores.find(({ metadata }) => metadata.name === own);
  const reader = planned.readers.find(({ roleName }) => roleName.endsWith(`-${other}`));
  if (store === undefined || reader === undefined)
    throw new Error(`the plan has no store of ${own} or no reader of ${other}`);
  const { namespace = "" } = store.metadata;
  await refused(trial, strange(wanted, { namespace, name: "foreign-path", store: own }));
  context.held(`the store of ${own} is refused the secret ${secret} of ${other}`);

  const name = "foreign-role";
  const annotations = { "eks.amazonaws.com/role-arn": roleArn(reader) };
  const metadata = { name, namespace, annotations };
  await api.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata });
  const { spec } = store as KubernetesObject & { spec: { provider: { aws: object } } };
  const auth = { jwt: { serviceAccountRef: { name } } };
  await api.apply({
    ...{ apiVersion: store.apiVersion, kind: store.kind, metadata: { name, namespace } },
    spec: { ...spec, provider: { aws: { ...spec.provider.aws, auth } } },
  } as KubernetesObject);
  await refused(trial, strange(wanted, { namespace, name, store: name }));
  context.held(`a service account beside ${own} that claims the role of ${other} is refused it`);
}

function strange(
  wanted: ExternalSecret,
  to: { readonly namespace: string; readonly name: string; readonly store: string },
): ExternalSecret {
  const { spec, apiVersion, kind } = wanted;
  return {
    ...{ apiVersion, kind, metadata: { name: to.name, namespace: to.namespace } },
    spec: {
      ...spec,
      refreshInterval: `${refreshSeconds}s`,
      secretStoreRef: { ...spec.secretStoreRef, name: to.store },
      target: { ...spec.target, name: to.name },
    },
  };
}

/** @throws Error unless it is refused for want of permission, and nothing has come of it. */
async function refused({ controlPlane, controller }: Trial, object: ExternalSecret): Promise<void> {
  const { api } = controlPlane;
  await api.apply(object);
  const needs = [...controlPlane.programs, controller];
  const { value } = await waitFor(
    { what: `${idOf(object)} to be judged`, seconds: syncSeconds, needs },
    () => readReadiness(api, object),
  );
  const { namespace = "", name } = object.metadata;
  const secret = await readClusterSecret(api, { namespace, name });
  if (value.ready || secret !== undefined) throw new Error(`${idOf(object)}: it got the secret`);
  // Its status tells no reason; the controller's log does, a moment later.
  const wait = {
    what: `${idOf(object)} to be refused by AWS`,
    seconds: 3 * refreshSeconds + 10,
    needs,
  };
  await waitFor(wait, () => {
    const lines = readFileSync(controller.logFile, "utf8").split("\n");
    const denied = lines.some((line) => line.includes(name) && line.includes("AccessDenied"));
    return denied || undefined;
  });
}
