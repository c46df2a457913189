import { drawTable } from "../terminal/table";
import { listEnvironments } from "../plan/stack-files";
import { applyPlan, inOrder } from "./cluster/apply-plan";
import { settleNamespaces, startCluster, type Cluster } from "./cluster/controllers";
import { establishOperators } from "./cluster/definitions";
import { planEnvironment, type PlannedEnvironment } from "./cluster/planned";
import { tryMistakes } from "./manifests/mistakes";
import { judgePods } from "./manifests/pods";
import { titleOf, type KubernetesApi, type KubernetesObject } from "./kubernetes-api";
import { onStage } from "./processes";
import type { Drill, DrillContext } from "./registry";

export const manifestsDrill: Drill = {
  name: "manifests",
  summary:
    "every planned object of every environment, judged by a real API server and applied twice",
  run: async (context) => {
    const rows: Row[] = [];
    for (const environment of listEnvironments(context.projectDirectory)) {
      const planned = await planEnvironment(context.projectDirectory, environment);
      rows.push(
        await onStage(`manifests-${environment}`, async (stage) => {
          const cluster = await startCluster(stage, context);
          try {
            return await tryEnvironment(context, cluster, planned);
          } finally {
            cluster.api.close();
          }
        }),
      );
    }
    const head = ["environment", "objects", "kinds", "namespaces", "workloads", "seconds"];
    for (const line of drawTable([head, ...rows])) context.say(line);
  },
};

type Row = readonly (string | number)[];

async function tryEnvironment(
  context: DrillContext,
  cluster: Cluster,
  planned: PlannedEnvironment,
): Promise<Row> {
  const { environment, objects } = planned;
  const { api } = cluster;
  const start = performance.now();
  const definitions = await establishOperators(api, context);
  const counts = [...definitions].map(([operator, count]) => `${operator} ${count}`);
  context.say(`${environment}: definitions of custom resources: ${counts.join(", ")}`);
  await acceptAll(api, objects);
  context.held(`${environment}: ${objects.length} objects are accepted, strictly validated`);
  await settleNamespaces(cluster);
  await applyAgain(api, objects);
  context.held(`${environment}: applied a second time, not one of them changed`);
  const pods = await judgePods(cluster, objects);
  context.held(
    `${environment}: Pod Security, quotas, limits and priorities admit the pods of all ${pods} workloads`,
  );
  if (environment === "prod") await tryMistakes(context, api, objects);
  return [
    environment,
    objects.length,
    new Set(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).size,
    new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? [])).size,
    pods,
    ((performance.now() - start) / 1000).toFixed(1),
  ];
}

async function acceptAll(api: KubernetesApi, objects: readonly KubernetesObject[]): Promise<void> {
  const { refused } = await applyPlan(api, objects);
  if (refused.length > 0)
    throw new Error(
      [`${refused.length} objects are refused:`, ...refused.map(({ why }) => why)].join("\n    "),
    );
}

/** Controllers write the state of an object at any moment, and that is no change of ours: then it is tried again. */
const tries = 5;

async function applyAgain(api: KubernetesApi, objects: readonly KubernetesObject[]): Promise<void> {
  const changed: string[] = [];
  for (const object of inOrder(objects))
    if (!(await staysTheSame(api, object))) changed.push(titleOf(object));
  if (changed.length > 0)
    throw new Error(`a second time changes ${changed.length} objects: ${changed.join(", ")}`);
}

async function staysTheSame(api: KubernetesApi, object: KubernetesObject): Promise<boolean> {
  for (let count = 0; count < tries; count += 1) {
    const before = await api.read(object);
    const after = await api.apply(object);
    if (before?.metadata.resourceVersion === after.metadata.resourceVersion) return true;
  }
  return false;
}
