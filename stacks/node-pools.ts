import {
  type Architecture,
  architectureOf,
  architecturesOf,
} from "../components/shared/architecture";
import { nodeClassOf, type NodePool } from "../components/shared/node-classes";
import type { NodeClass, ServiceRecord } from "../components/shared/service-record";
import type { Environment } from "./environment";
import type { WellFormed } from "./environment-rules";

type Classes = Environment["cluster"]["nodeClasses"];
/** Of any class; only that of batch work says what its nodes are. */
export type NodePoolSettings = Classes["general"] &
  Partial<Pick<Classes["ai-processing"], "capacity">>;
type NodeClasses = WellFormed<Environment["cluster"]["nodeClasses"]>;

/** Nodes of a class that start together, as a stack file has them. */
export interface SettledPool {
  readonly name: NodePool;
  readonly architecture: Architecture;
  readonly settings: NodePoolSettings;
}

export const serviceClasses = [
  "general",
  "spot",
  "ai-processing",
] as const satisfies readonly NodeClass[];

const poolNames: readonly NodePool[] = serviceClasses.flatMap((nodeClass): NodePool[] => [
  nodeClass,
  `${nodeClass}-arm64`,
]);

/** The pools for services whose settings are whole; what is wrong with the others is told elsewhere. */
export function poolsFor(nodeClasses: NodeClasses | undefined): SettledPool[] {
  return poolNames.flatMap((name) => {
    const settings = nodeClasses?.[name];
    if (!isComplete(settings)) return [];
    const [first = ""] = settings.instanceTypes;
    return [{ name, settings, architecture: architectureOf(first) }];
  });
}

export function isComplete(
  settings: WellFormed<NodePoolSettings> | undefined,
): settings is NodePoolSettings {
  return (
    settings?.instanceTypes !== undefined &&
    settings.instanceTypes.length > 0 &&
    settings.minPerZone !== undefined &&
    settings.diskGiB !== undefined &&
    settings.maxPerZone !== undefined
  );
}

/** Where pods of the record start at all. */
export function usablePools(record: ServiceRecord, pools: readonly SettledPool[]): SettledPool[] {
  return pools.filter(
    ({ name, architecture }) =>
      nodeClassOf(name) === record.nodeClass && architecturesOf(record).includes(architecture),
  );
}

/** Where it runs while there is no Spot capacity: users notice that it is away, and do not notice of batch work. */
export function fallbackPools(record: ServiceRecord, pools: readonly SettledPool[]): SettledPool[] {
  return usablePools({ ...record, nodeClass: "general" }, pools);
}

export function fallsBack({ nodeClass, tier }: ServiceRecord): boolean {
  return nodeClass === "spot" && tier !== "batch";
}
