import type { KubernetesApi, KubernetesObject } from "../kubernetes-api";
import type { DrillContext } from "../registry";
import { podOf, refusalOf, workloadsOf } from "./pods";

/** Puts mistakes into planned objects: a judge that never refuses proves nothing. */
export async function tryMistakes(
  { held }: DrillContext,
  api: KubernetesApi,
  objects: readonly KubernetesObject[],
): Promise<void> {
  for (const { what, kind, change, expected } of mistakesOfObjects) {
    const object = objects.find((candidate) => candidate.kind === kind);
    if (object === undefined) continue;
    const why = await api.apply(withSpec(object, change)).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    if (why?.includes(expected) !== true)
      throw new Error(`${what}: got ${why ?? "no refusal"}, need one that says "${expected}"`);
    held(`refused: ${what} (${expected})`);
  }
  const [workload] = workloadsOf(objects);
  if (workload === undefined) throw new Error("the plan has no workload");
  const pod = podOf(workload);
  for (const { what, change, expected } of mistakesOfPods) {
    const why = await refusalOf(api, withSpec(pod, change));
    if (why?.includes(expected) !== true)
      throw new Error(`${what}: got ${why ?? "no refusal"}, need one that says "${expected}"`);
    held(`refused: ${what} (${expected})`);
  }
}

type Spec = Readonly<Record<string, unknown>>;
type Change = (spec: Spec) => Spec;

interface Mistake {
  readonly what: string;
  readonly change: Change;
  /** Words of the API server. */
  readonly expected: string;
}

const mistakesOfObjects: readonly (Mistake & { readonly kind: string })[] = [
  {
    what: "a Deployment with a misspelt field",
    kind: "Deployment",
    change: (spec) => ({ ...spec, replica: 3 }),
    expected: ".spec.replica: field not declared in schema",
  },
  {
    what: "a disruption budget with both of two exclusive limits",
    kind: "PodDisruptionBudget",
    change: (spec) => ({ ...spec, minAvailable: 1, maxUnavailable: 1 }),
    expected: "minAvailable and maxUnavailable cannot be both set",
  },
  {
    what: "an ExternalSecret with a misspelt field",
    kind: "ExternalSecret",
    change: (spec) => ({ ...spec, refreshIntervall: "1h" }),
    expected: ".spec.refreshIntervall: field not declared in schema",
  },
  {
    what: "a ScaledObject whose ceiling is a text",
    kind: "ScaledObject",
    change: (spec) => ({ ...spec, maxReplicaCount: "many" }),
    expected: "maxReplicaCount",
  },
];

const mistakesOfPods: readonly Mistake[] = [
  {
    what: "a privileged pod",
    change: (spec) =>
      inContainers(spec, { securityContext: { privileged: true, allowPrivilegeEscalation: true } }),
    expected: 'violates PodSecurity "restricted',
  },
  {
    what: "a pod on the network of its node",
    change: (spec) => ({ ...spec, hostNetwork: true }),
    expected: 'violates PodSecurity "restricted',
  },
  {
    what: "a pod above the limit of its namespace",
    change: (spec) => inContainers(spec, { resources: { limits: { cpu: "64", memory: "1Ti" } } }),
    expected: "maximum cpu usage per Container",
  },
  {
    what: "a pod that claims the priority of the system",
    change: (spec) => ({ ...spec, priorityClassName: "system-node-critical" }),
    expected: "exceeded quota",
  },
];

function inContainers(spec: Spec, change: Spec): Spec {
  const containers = spec["containers"] as readonly Spec[];
  return { ...spec, containers: containers.map((container) => ({ ...container, ...change })) };
}

function withSpec(object: KubernetesObject, change: Change): KubernetesObject {
  const { spec } = object as KubernetesObject & { readonly spec: Spec };
  return { ...object, spec: change(spec) } as KubernetesObject;
}
