import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { controllerNamespace } from "../shared/controller-namespace";
import { headroomPriority } from "../shared/priority-classes";
import { formatBytes, formatCpu, parseBytes, parseCpu } from "../shared/quantities";
import type { NodeClass } from "../shared/service-record";
import {
  type ClassHeadroom,
  type Day,
  type NodeHeadroomArgs,
  type NodeHeadroomSpec,
  resolveNodeHeadroomArgs,
} from "./args";
import { accountName, headroomPod, podLabels } from "./pods";

const namespaceName = "node-headroom";

/**
 * Room on nodes for what comes next: pods of the lowest priority hold it, and give it up at once. The autoscaler, whichever
 * it is, then brings a node for them, and not for a service that waits. More of them by day is a floor of nodes by day.
 */
export class NodeHeadroom extends pulumi.ComponentResource {
  /** KEDA has to watch it before `followDay` is called. */
  readonly namespace: pulumi.Output<string>;
  readonly #scheduled: readonly Scheduled[];
  readonly #owned: ChildOptions;

  constructor(name: string, args: NodeHeadroomArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveNodeHeadroomArgs(name, args);
    super("platform:cluster:NodeHeadroom", name, spec, opts);

    const owned = childOptions(this, opts);
    const labels = { ...spec.labels, "app.kubernetes.io/managed-by": "pulumi" };
    const { className, ...priority } = headroomPriority;
    const priorityClass = new k8s.scheduling.v1.PriorityClass(
      `${name}-headroom`,
      { metadata: { name: className, labels }, globalDefault: false, ...priority },
      owned,
    );
    const { namespace, guards } = controllerNamespace(name, namespaceName, owned);
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-headroom`,
      {
        metadata: { name: accountName, namespace, labels },
        automountServiceAccountToken: false,
      },
      owned,
    );
    const scope = { name, spec, namespace, labels };
    const quotas = createQuotas(scope, owned);
    this.#owned = owned;
    this.#scheduled = held(spec).flatMap((room) =>
      createRoom(scope, room, {
        ...owned,
        dependsOn: [priorityClass, account, ...guards, ...quotas],
      }),
    );
    this.namespace = namespace;
    this.registerOutputs({ namespace });
  }

  /**
   * Hands the number of pods of classes with more room by day to KEDA, which must be there and watch the namespace. Until
   * then they hold what they hold at any time. Nothing happens where no class holds more by day.
   */
  followDay(autoscaler: pulumi.Resource): void {
    for (const room of this.#scheduled)
      createSchedule(room, { ...this.#owned, dependsOn: autoscaler });
  }
}

/** A class whose room KEDA keeps by the hour. */
interface Scheduled {
  readonly scope: Scope;
  readonly day: Day;
  readonly nodeClass: NodeClass;
  readonly room: ClassHeadroom;
  readonly deployment: k8s.apps.v1.Deployment;
}

interface Scope {
  readonly name: string;
  readonly spec: NodeHeadroomSpec;
  readonly namespace: pulumi.Output<string>;
  readonly labels: Record<string, string>;
}

type Room = readonly [NodeClass, ClassHeadroom];

function held({ classes }: NodeHeadroomSpec): Room[] {
  return (Object.entries(classes) as [NodeClass, ClassHeadroom][]).filter(
    ([, room]) => most(room) > 0,
  );
}

function most({ perZone, dayPerZone = perZone }: ClassHeadroom): number {
  return dayPerZone;
}

/** All that it may hold, and nothing of any other priority: nobody hides work in here. */
function createQuotas(
  { name, spec, namespace, labels }: Scope,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const pods = held(spec).map(([, room]) => ({ room, count: most(room) * spec.zones }));
  const sum = (value: (room: ClassHeadroom) => number) =>
    pods.reduce((total, { room, count }) => total + count * value(room), 0);
  const cpu = formatCpu(sum((room) => parseCpu(room.cpu)));
  const memory = formatBytes(sum((room) => parseBytes(room.memory)));
  const create = (role: string, spec: k8s.types.input.core.v1.ResourceQuotaSpec) =>
    new k8s.core.v1.ResourceQuota(
      `${name}-headroom-${role}`,
      // It holds from its creation on, before the usage is counted.
      {
        metadata: {
          name: role,
          namespace,
          labels,
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec,
      },
      options,
    );
  return [
    create("quota", {
      hard: {
        pods: String(sum(() => 1)),
        "requests.cpu": cpu,
        "requests.memory": memory,
        "limits.cpu": cpu,
        "limits.memory": memory,
        persistentvolumeclaims: "0",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    }),
    create("quota-other-priorities", {
      hard: { pods: "0" },
      scopeSelector: {
        matchExpressions: [
          { scopeName: "PriorityClass", operator: "NotIn", values: [headroomPriority.className] },
        ],
      },
    }),
  ];
}

/** Gives the class back where its number is not said here, but by the hour. */
function createRoom(scope: Scope, [nodeClass, room]: Room, options: ChildOptions): Scheduled[] {
  const { name, spec, namespace, labels } = scope;
  const { zones, day } = spec;
  const scheduled = day !== undefined && most(room) > room.perZone;
  const deployment = new k8s.apps.v1.Deployment(
    `${name}-headroom-${nodeClass}`,
    {
      metadata: {
        name: nodeClass,
        namespace,
        labels: { ...labels, ...podLabels(nodeClass) },
        // Room that waits for a node is no reason for the deployment to stand still.
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        replicas: room.perZone * zones,
        selector: { matchLabels: podLabels(nodeClass) },
        // The quota has no room for a surge, and nothing is lost when all go at once.
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: "100%" } },
        template: headroomPod(spec, nodeClass, room),
      },
    },
    // With a schedule the number is KEDA's.
    scheduled ? { ...options, ignoreChanges: ["spec.replicas"] } : options,
  );
  return scheduled ? [{ scope, day, nodeClass, room, deployment }] : [];
}

function createSchedule(
  { scope: { name, spec, namespace, labels }, day, nodeClass, room, deployment }: Scheduled,
  options: ChildOptions,
): void {
  new k8s.apiextensions.CustomResource(
    `${name}-headroom-${nodeClass}-day`,
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: nodeClass, namespace, labels: { ...labels, ...podLabels(nodeClass) } },
      spec: {
        scaleTargetRef: { name: deployment.metadata.name },
        // Without KEDA, or outside of the day, the floor of any time holds.
        minReplicaCount: room.perZone * spec.zones,
        maxReplicaCount: most(room) * spec.zones,
        triggers: [
          {
            type: "cron",
            metadata: {
              timezone: day.timeZone,
              start: day.start,
              end: day.end,
              desiredReplicas: String(most(room) * spec.zones),
            },
          },
        ],
      },
    },
    options,
  );
}
