import { parse } from "yaml";
import type { Registration } from "../../offline/registration";
import { writeManifests } from "../../plan/manifests";
import { loadProgram, runProgram, type Run } from "../../plan/program";
import { readStackFile } from "../../plan/stack-files";
import { presentable } from "../../plan/values";
import type { KubernetesObject } from "../kubernetes-api";

/** What a plan of one environment brings into its cluster. */
export interface PlannedEnvironment {
  readonly environment: string;
  /** As the files that the plan writes have them. */
  readonly objects: readonly KubernetesObject[];
  readonly nodeGroups: readonly NodeGroup[];
}

/** Nodes of one class in one zone. */
export interface NodeGroup {
  readonly nodeClass: string;
  readonly zone: string;
  /** The first is the preferred one. */
  readonly instanceTypes: readonly string[];
  readonly capacityType: "ON_DEMAND" | "SPOT";
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly diskGiB: number;
  readonly least: number;
  readonly most: number;
}

interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule";
}

export async function planEnvironment(
  projectDirectory: string,
  environment: string,
): Promise<PlannedEnvironment> {
  const run = await runProgram({
    program: loadProgram(projectDirectory),
    stack: readStackFile(projectDirectory, environment),
    mode: "known",
  });
  const { files, problems } = writeManifests(run.registrations, []);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const objects = files
    .filter(({ path }) => path.startsWith("manifests/"))
    .map(({ content }) => parse(content) as KubernetesObject);
  return { environment, objects, nodeGroups: readNodeGroups(run) };
}

/** As the packaged component is asked for them: what it makes of it, only its provider knows. */
interface GroupInputs {
  readonly instanceTypes: readonly string[];
  readonly capacityType: NodeGroup["capacityType"];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string }[];
  readonly tags: Readonly<Record<string, string>>;
  readonly scalingConfig: { readonly minSize: number; readonly maxSize: number };
}

const nodeClassLabel = "workload";

function readNodeGroups(run: Run): NodeGroup[] {
  return run.registrations
    .filter(({ type }) => type === "eks:index:ManagedNodeGroup")
    .map((entry) => {
      const inputs = presentable(entry.inputs) as GroupInputs;
      const { minSize, maxSize } = inputs.scalingConfig;
      return {
        nodeClass: inputs.labels[nodeClassLabel] ?? "",
        zone: zoneOf(entry, inputs),
        instanceTypes: inputs.instanceTypes,
        capacityType: inputs.capacityType,
        labels: inputs.labels,
        taints: inputs.taints.map(({ key, value }) => ({ key, value, effect: "NoSchedule" })),
        diskGiB: diskOf(entry, inputs),
        ...{ least: minSize, most: maxSize },
      };
    });
}

/** A group of one zone ends with its name; its subnet is one of a packaged network and tells nothing here. */
function zoneOf({ name }: Registration, { labels }: GroupInputs): string {
  const end = name.split(`-${labels[nodeClassLabel] ?? ""}-`).at(-1) ?? "";
  const zone = end.replace(/^arm64-/, "");
  if (!/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(zone))
    throw new Error(`${name}: the name of a node group has to end with -CLASS-ZONE`);
  return zone;
}

/** What the autoscaler is told of a class that has no node to look at. */
const diskTag = "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage";

function diskOf({ name }: Registration, { tags }: GroupInputs): number {
  const disk = /^(\d+)Gi$/.exec(tags[diskTag] ?? "")?.[1];
  if (disk === undefined) throw new Error(`${name}: its tag ${diskTag} gives no size in Gi`);
  return Number(disk);
}
