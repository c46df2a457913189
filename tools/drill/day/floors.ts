import type { ServiceRecord } from "../../../components/shared/service-record";
import { isScaledObject, type ScaledObject } from "../cluster/scaling";
import type { World } from "../cluster/world";

/** At an hour, floors that the time of day raises or lowers: the drill keeps the hours, since KEDA knows the real time alone. */
export async function keepHours(
  { api, planned }: World,
  records: readonly ServiceRecord[],
  hour: number,
): Promise<void> {
  for (const { name, scaling } of records) {
    const floor = floorAt(scaling, hour);
    const object = planned.objects
      .filter(isScaledObject)
      .find((candidate) => scales(candidate, name));
    if (object === undefined || floor === floorAt(scaling, hour - 1)) continue;
    await api.patch(object, { spec: { minReplicaCount: floor } });
  }
}

/** @throws Error for a schedule of which only KEDA knows when it begins. */
export function floorAt({ min, schedule }: ServiceRecord["scaling"], hour: number): number {
  if (schedule === undefined) return min;
  const [start, end] = [hourOf(schedule.start), hourOf(schedule.end)];
  return hour >= start && hour < end ? Math.max(min, schedule.replicas) : min;
}

/** The same for what only the hour scales, such as room on nodes. */
export async function keepRoom(
  { api }: World,
  schedules: readonly ScaledObject[],
  hour: number,
): Promise<void> {
  for (const { metadata, spec } of schedules) {
    const replicas = roomAt(spec, hour);
    if (hour > 0 && replicas === roomAt(spec, hour - 1)) continue;
    const target = { name: spec.scaleTargetRef.name, ...inNamespaceOf(metadata) };
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: target };
    await api.patch(deployment, { spec: { replicas } }, "scale");
  }
}

function inNamespaceOf({ namespace }: ScaledObject["metadata"]): { namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

export function roomAt(
  { minReplicaCount = 0, triggers }: ScaledObject["spec"],
  hour: number,
): number {
  const open = triggers.filter(
    ({ metadata: { start = "", end = "" } }) => hour >= hourOf(start) && hour < hourOf(end),
  );
  return Math.max(
    minReplicaCount,
    ...open.map(({ metadata }) => Number(metadata["desiredReplicas"])),
  );
}

function hourOf(cron: string): number {
  const hour = /^0 (\d+) /.exec(cron)?.[1];
  if (hour === undefined) throw new Error(`schedule "${cron}": the drill knows full hours alone`);
  return Number(hour);
}

function scales({ spec }: ScaledObject, name: string): boolean {
  return spec.scaleTargetRef.name === name;
}
