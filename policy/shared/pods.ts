import { snapshot, unknownValue } from "./known";
import { type Tree, isTree } from "./is-tree";
import { listAt, textAt, valueAt } from "./tree";

/** Something that makes a node pull an image. */
interface PodContainer {
  /** Where it stands in the resource, by the container's name. */
  readonly path: string;
  /** Undefined if none is written, `unknownValue` if a preview does not know it. */
  readonly image: string | typeof unknownValue | undefined;
}

export interface Pod {
  /** Where the pod stands in the resource. */
  readonly path: string;
  readonly metadata: unknown;
  readonly spec: unknown;
  /** Containers, init containers, ephemeral containers and image volumes. */
  readonly containers: readonly PodContainer[];
}

/** Where the pod template stands, by kind; "" for a pod itself. */
const templates: readonly (readonly [versions: readonly string[], kind: string, path: string])[] = [
  [["core/v1"], "Pod", ""],
  [["core/v1"], "PodTemplate", "template"],
  [["core/v1"], "ReplicationController", "spec.template"],
  [
    ["apps/v1", "apps/v1beta1", "apps/v1beta2", "extensions/v1beta1"],
    "Deployment",
    "spec.template",
  ],
  [["apps/v1", "apps/v1beta1", "apps/v1beta2"], "StatefulSet", "spec.template"],
  [["apps/v1", "apps/v1beta2", "extensions/v1beta1"], "DaemonSet", "spec.template"],
  [["apps/v1", "apps/v1beta2", "extensions/v1beta1"], "ReplicaSet", "spec.template"],
  [["batch/v1"], "Job", "spec.template"],
  [["batch/v1", "batch/v1beta1", "batch/v2alpha1"], "CronJob", "spec.jobTemplate.spec.template"],
];

const templatePath = new Map<string, string>();
for (const [versions, kind, path] of templates)
  for (const version of versions)
    for (const suffix of ["", "Patch", "List"])
      templatePath.set(`kubernetes:${version}:${kind}${suffix}`, path);
templatePath.set("kubernetes:argoproj.io/v1alpha1:Rollout", "spec.template");

/** A load test describes its pods in words of its own: an image beside the settings, no list of containers. */
const testRun = "kubernetes:k6.io/v1alpha1:TestRun";

/** Type tokens of whatever runs pods. */
export const podOwners: readonly string[] = [...templatePath.keys(), testRun];

/** The pods that a resource of one of `podOwners` describes. */
export function podsOf(type: string, props: Tree): Pod[] {
  if (type === testRun) return testRunPods(snapshot(() => props["spec"]));
  const path = templatePath.get(type);
  if (path === undefined) return [];
  return manifestsOf(props).flatMap(({ at, manifest }) => {
    const template = path === "" ? manifest : valueAt(manifest, ...path.split("."));
    if (!isTree(template)) return [];
    const specPath = [at, path, "spec"].filter((part) => part !== "").join(".");
    const spec = valueAt(template, "spec");
    return [
      {
        path: specPath,
        metadata: valueAt(template, "metadata"),
        spec,
        containers: containersOf(specPath, spec),
      },
    ];
  });
}

/** A resource's own manifest, or those of a `…List`. */
export function manifestsOf(props: Tree): { at: string; manifest: unknown }[] {
  const manifest = snapshot(() => props);
  const items = listAt(manifest, "items");
  return items.length === 0
    ? [{ at: "", manifest }]
    : items.map((item, index) => ({ at: `items[${index}]`, manifest: item }));
}

function containersOf(path: string, spec: unknown): PodContainer[] {
  const containers = ["initContainers", "containers", "ephemeralContainers"].flatMap((list) =>
    listAt(spec, list).map((container, index): PodContainer => ({
      path: `${path}.${list}[${textAt(container, "name") ?? index}]`,
      image: imageAt(container, "image"),
    })),
  );
  const volumes = listAt(spec, "volumes").flatMap((volume, index): PodContainer[] =>
    valueAt(volume, "image") === undefined
      ? []
      : [
          {
            path: `${path}.volumes[${textAt(volume, "name") ?? index}]`,
            image: imageAt(volume, "image", "reference"),
          },
        ],
  );
  return [...containers, ...volumes];
}

function imageAt(root: unknown, ...path: readonly string[]): PodContainer["image"] {
  return valueAt(root, ...path) === unknownValue ? unknownValue : textAt(root, ...path);
}

function testRunPods(spec: unknown): Pod[] {
  return ["initializer", "starter", "runner"].map((role) => {
    const pod = valueAt(spec, role);
    const path = `spec.${role}`;
    return {
      path,
      metadata: valueAt(pod, "metadata"),
      spec: pod,
      containers: [{ path, image: imageAt(pod, "image") }, ...containersOf(path, pod)],
    };
  });
}
