import { isScaledObject, type ScaledObject } from "../cluster/scaling";
import type { KubernetesObject } from "../kubernetes-api";

/** A service with a fault by which it does not rest. */
export interface Planted {
  readonly name: string;
  readonly fault: string;
  readonly workload: KubernetesObject;
  readonly scaled: ScaledObject;
}

type Metadata = Readonly<Record<string, string>>;

/** Whose metrics nobody reads; the drill leaves it out of its series. */
export const unseenName = "planted-unseen";

const faults: Readonly<
  Record<string, { readonly fault: string; readonly change: (metadata: Metadata) => Metadata }>
> = {
  "planted-eager": {
    fault: "activationThreshold is missing, and probes are work",
    change: (metadata) =>
      Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== "activationThreshold")),
  },
  [unseenName]: {
    fault: "no series is an error, and it is not scraped",
    change: (metadata) => ({ ...metadata, ignoreNullValues: "false" }),
  },
};

/** Twins of a planned service that asks Prometheus, each with one fault. */
export function plantFaults(objects: readonly KubernetesObject[]): Planted[] {
  const scaled = objects
    .filter(isScaledObject)
    .find(
      ({ spec }) =>
        spec.scaleTargetRef.kind === "Deployment" &&
        spec.triggers.some(({ metadata }) => "activationThreshold" in metadata),
    );
  const workload = objects.find(
    ({ kind, metadata }) =>
      kind === "Deployment" &&
      metadata.name === scaled?.spec.scaleTargetRef.name &&
      metadata.namespace === scaled.metadata.namespace,
  );
  if (scaled === undefined || workload === undefined)
    throw new Error("no planned Deployment rests until there are requests: nothing to plant");
  return Object.entries(faults).map(([name, { fault, change }]) => ({
    ...{ name, fault },
    workload: twin(workload, name),
    scaled: faulty(twin(scaled, name), change),
  }));
}

/** The same under another name, wherever the name stands alone; accounts and secrets stay the planned ones. */
function twin<T extends KubernetesObject>(object: T, name: string): T {
  const { metadata, ...rest } = object;
  const own = metadata.name;
  const named = JSON.stringify(rest)
    .replaceAll(`"app.kubernetes.io/name":"${own}"`, `"app.kubernetes.io/name":"${name}"`)
    .replaceAll(`"name":"${own}"`, `"name":"${name}"`)
    .replaceAll(`container=\\"${own}\\"`, `container=\\"${name}\\"`);
  const labels = { ...metadata.labels, "app.kubernetes.io/name": name };
  return { ...(JSON.parse(named) as T), metadata: { ...metadata, name, labels } };
}

function faulty(scaled: ScaledObject, change: (metadata: Metadata) => Metadata): ScaledObject {
  const triggers = scaled.spec.triggers.map((trigger) =>
    trigger.type === "prometheus" ? { ...trigger, metadata: change(trigger.metadata) } : trigger,
  );
  return { ...scaled, spec: { ...scaled.spec, triggers } };
}
