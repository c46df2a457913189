import type { PolicyResource } from "@pulumi/policy";
import { isTree } from "../shared/is-tree";
import { snapshot, unknownValue } from "../shared/known";
import { podOwners, podsOf } from "../shared/pods";
import { stackRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";
import { containersOf, namespaceOf, selects } from "../shared/workloads";

const serviceType = "kubernetes:core/v1:Service";
const budgetType = "kubernetes:policy/v1:PodDisruptionBudget";
const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const ingressType = "kubernetes:networking.k8s.io/v1:Ingress";
const monitorType = "kubernetes:monitoring.coreos.com/v1:ServiceMonitor";
const scalerTypes = [
  "kubernetes:keda.sh/v1alpha1:ScaledObject",
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
];
const releaseType = "kubernetes:helm.sh/v3:Release";

interface Manifest {
  readonly urn: string;
  readonly type: string;
  readonly namespace: string | undefined;
  readonly metadata: unknown;
  readonly spec: unknown;
}

interface PodShape {
  readonly namespace: string | undefined;
  readonly labels: unknown;
  readonly ports: readonly unknown[];
}

interface World {
  readonly pods: readonly PodShape[];
  readonly services: readonly Manifest[];
  readonly workloads: readonly Manifest[];
}

export const workloadNoDangling = stackRule({
  name: "workload-no-dangling",
  description:
    "What refers to something in its namespace hits something: selectors pods, ports ports, backends Services, scalers workloads.",
  reach: "production",
  severity: "medium",
  tags: [
    "kube-linter:dangling-service",
    "kube-linter:dangling-networkpolicy",
    "kube-linter:dangling-ingress",
    "kube-linter:dangling-horizontalpodautoscaler",
    "kube-linter:dangling-servicemonitor",
    "kube-linter:invalid-target-ports",
  ],
  remediationSteps:
    "Give the selector, port or name that the pods, the Service or the workload has.",
  url: "https://docs.kubelinter.io/#/generated/checks",
  settings: {},
  types: [serviceType, budgetType, policyType, ingressType, monitorType, ...scalerTypes],
  check: ({ graph, report }) => {
    const workloads = graph.ofType(...podOwners).map(read);
    const referrers = graph
      .ofType(serviceType, budgetType, policyType, ingressType, monitorType, ...scalerTypes)
      .map(read);
    // Without a reachable cluster, as in the preview that creates it, the outputs are left out altogether.
    if ([...workloads, ...referrers].some(({ spec }) => !isTree(spec))) return;
    // Nobody sees the pods of a chart.
    const charts = new Set(graph.ofType(releaseType).map(releaseNamespace));
    if (charts.has(undefined)) return;
    const world: World = {
      pods: workloads.flatMap(podShapes),
      services: referrers.filter(({ type }) => type === serviceType),
      workloads,
    };
    for (const referrer of referrers) {
      const { namespace, urn } = referrer;
      if (namespace === undefined || charts.has(namespace) || namespace === "kube-system") continue;
      for (const problem of problemsOf(referrer, world)) report(problem, urn);
    }
  },
});

function read({ urn, type, props }: PolicyResource): Manifest {
  const metadata = snapshot((): unknown => props["metadata"]);
  const spec = snapshot((): unknown => props["spec"]);
  return { urn, type, namespace: namespaceOf(metadata), metadata, spec };
}

function releaseNamespace({ props }: PolicyResource): string | undefined {
  return namespaceOf({ namespace: snapshot((): unknown => props["namespace"]) });
}

function podShapes({ type, namespace, metadata, spec }: Manifest): PodShape[] {
  return podsOf(type, { metadata, spec }).map((pod) => ({
    namespace,
    labels: valueAt(pod.metadata, "labels"),
    ports: containersOf(pod).flatMap(({ container }) => listAt(container, "ports")),
  }));
}

function problemsOf(referrer: Manifest, world: World): string[] {
  switch (referrer.type) {
    case serviceType:
      return serviceProblems(referrer, world);
    case ingressType:
      return ingressProblems(referrer, world);
    case monitorType:
      return monitorProblems(referrer, world);
    case budgetType:
      return selectorProblems(referrer, world, "selector");
    case policyType:
      return selectorProblems(referrer, world, "podSelector");
    default:
      return scalerProblems(referrer, world);
  }
}

function selectedPods(
  { namespace }: Manifest,
  { pods }: World,
  labels: unknown,
): readonly PodShape[] {
  return pods.filter((pod) => pod.namespace === namespace && selects(labels, pod.labels));
}

function serviceProblems(service: Manifest, world: World): string[] {
  const selector = valueAt(service.spec, "selector");
  // Without one somebody else says where it leads.
  if (selector === undefined || selector === unknownValue) return [];
  const pods = selectedPods(service, world, selector);
  if (pods.length === 0) return ["spec.selector: selects no pod of the stack"];
  return listAt(service.spec, "ports").flatMap((port) => {
    const target = valueAt(port, "targetPort") ?? valueAt(port, "port");
    if (
      target === unknownValue ||
      pods.some(({ ports }) => ports.some((one) => isPort(one, target)))
    )
      return [];
    return [`spec.ports: no pod of the Service has the port ${String(target)}`];
  });
}

function isPort(port: unknown, target: unknown): boolean {
  return valueAt(port, "name") === target || valueAt(port, "containerPort") === target;
}

function selectorProblems(referrer: Manifest, world: World, key: string): string[] {
  const selector = valueAt(referrer.spec, key);
  const labels = valueAt(selector, "matchLabels");
  // Expressions, and selectors that take everything, are no references to something.
  if (!isTree(labels) || valueAt(selector, "matchExpressions") !== undefined) return [];
  if (Object.values(labels).includes(unknownValue)) return [];
  return selectedPods(referrer, world, labels).length > 0
    ? []
    : [`spec.${key}: selects no pod of the stack`];
}

function ingressProblems({ namespace, spec }: Manifest, { services }: World): string[] {
  const backends = listAt(spec, "rules").flatMap((rule) =>
    listAt(rule, "http", "paths").map((path) => valueAt(path, "backend", "service")),
  );
  return backends.flatMap((backend) => {
    const name = textAt(backend, "name");
    if (name === undefined) return [];
    const service = services.find(
      (one) => one.namespace === namespace && valueAt(one.metadata, "name") === name,
    );
    if (service === undefined) return [`spec.rules: there is no Service ${name}`];
    const port = valueAt(backend, "port", "name") ?? valueAt(backend, "port", "number");
    const ports = listAt(service.spec, "ports");
    const found = ports.some(
      (one) => valueAt(one, "name") === port || valueAt(one, "port") === port,
    );
    if (found || (typeof port !== "string" && typeof port !== "number")) return [];
    return [`spec.rules: the Service ${name} has no port ${port}`];
  });
}

function monitorProblems({ namespace, spec }: Manifest, { services }: World): string[] {
  // It may look into other namespaces.
  if (valueAt(spec, "namespaceSelector") !== undefined) return [];
  const labels = valueAt(spec, "selector", "matchLabels");
  const found = services.some(
    (one) => one.namespace === namespace && selects(labels, valueAt(one.metadata, "labels")),
  );
  return found ? [] : ["spec.selector: selects no Service of the stack"];
}

function scalerProblems({ namespace, spec }: Manifest, { workloads }: World): string[] {
  const name = textAt(spec, "scaleTargetRef", "name");
  const kind = textAt(spec, "scaleTargetRef", "kind") ?? "Deployment";
  if (name === undefined) return [];
  const found = workloads.some(
    (one) =>
      one.namespace === namespace &&
      one.type.endsWith(`:${kind}`) &&
      valueAt(one.metadata, "name") === name,
  );
  return found ? [] : [`spec.scaleTargetRef: there is no ${kind} ${name}`];
}
