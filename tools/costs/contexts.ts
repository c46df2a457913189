import type { ServiceRecord } from "../../components/shared/service-record";
import type { EstimateSettings } from "../../stacks/usage";
import type { Registration } from "../offline/registration";
import { isRecord, presentable } from "../plan/values";
import type { CountContext } from "./count/item";
import { listOf, numberOf, textOf, within } from "./count/read-inputs";
import { nodeClassGroups } from "./day-nodes";

/** What the counters know beside the resource that they count, by its type. */
export function createContexts(
  resources: readonly Registration[],
  services: readonly ServiceRecord[],
  { usage, workingHoursPerWeek = hoursPerWeek }: EstimateSettings,
): { readonly contextOf: (type: string) => CountContext } & Pick<CountContext, "classes"> {
  const counts = new Map<string, number>();
  const disks = new Map<string, number>();
  for (const { type, inputs } of resources) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (type === "aws:ec2/launchTemplate:LaunchTemplate")
      rememberDisk(disks, presentable(inputs) as Record<string, unknown>);
  }
  const diskGiB = (nodeClass: string): number => disks.get(nodeClass) ?? 0;
  const classes = nodeClassGroups(resources, services, diskGiB);
  const jobGroups = [...classes.values()]
    .filter(({ least, byDay }) => least === 0 && byDay === 0)
    .reduce((sum, { groups }) => sum + groups, 0);
  return {
    classes,
    contextOf: (type) => ({
      ...{ usage, diskGiB, classes, count: counts.get(type) ?? 1 },
      ...{ jobGroups: Math.max(1, jobGroups), dayShare: workingHoursPerWeek / hoursPerWeek },
    }),
  };
}

export const hoursPerWeek = 168;

/** A template says by its tags for which class it is. */
function rememberDisk(disks: Map<string, number>, template: Record<string, unknown>): void {
  const tags = listOf(template["tagSpecifications"]).find(isRecord) ?? {};
  const nodeClass = textOf(within(tags, "tags")["workload"]);
  const device = listOf(template["blockDeviceMappings"]).find(isRecord) ?? {};
  disks.set(nodeClass, numberOf(within(device, "ebs")["volumeSize"]));
}
