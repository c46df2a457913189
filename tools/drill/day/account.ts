import type { ServiceRecord } from "../../../components/shared/service-record";
import { replicaWork } from "../cluster/demand";
import { roomOf } from "../cluster/nodes";
import type { NodeGroup } from "../cluster/planned";
import { nodePrice } from "../../costs/price-table";
import type { Sample } from "../cluster/recorder";

/** What a day came to. Hours are hours of that day, whatever they took. */
export interface Account {
  /** By class and type, "CLASS TYPE". */
  readonly nodeHours: Readonly<Record<string, number>>;
  /** CPU hours that the nodes gave to pods, that pods asked for, and that they used. */
  readonly given: number;
  readonly asked: number;
  readonly used: number;
  /** Of all types that have a price. */
  readonly dollars: number;
  /** Types without one: their hours are not in the sum. */
  readonly unpriced: readonly string[];
}

export interface AccountArgs {
  readonly records: readonly ServiceRecord[];
  readonly nodeGroups: readonly NodeGroup[];
  /** In replicas' worth, at an hour. */
  readonly demandAt: (service: string, hour: number) => number;
}

/** A sample with the hour at which it began; it holds until the next. */
export interface Stretch {
  readonly sample: Sample;
  readonly hour: number;
  readonly hours: number;
}

export function keepAccount(stretches: readonly Stretch[], args: AccountArgs): Account {
  const nodeHours: Record<string, number> = {};
  let [given, asked, used] = [0, 0, 0];
  for (const { sample, hour, hours } of stretches) {
    for (const [machine, count] of Object.entries(sample.machines)) {
      if (isSystem(machine)) continue;
      nodeHours[machine] = (nodeHours[machine] ?? 0) + count * hours;
      given += coresOf(machine, args.nodeGroups) * count * hours;
    }
    for (const record of args.records) {
      const work = replicaWork(record);
      const ready = sample.ready[record.name] ?? 0;
      asked += (work.requestMillicores / 1000) * ready * hours;
      used += usedCores(record, ready, args.demandAt(record.name, hour)) * hours;
    }
  }
  return { nodeHours, given, asked, used, ...costOf(nodeHours) };
}

/** The pods of the cluster's own add-ons are not simulated, so their nodes would look idle. */
function isSystem(machine: string): boolean {
  return machine.startsWith("system ");
}

function usedCores(record: ServiceRecord, ready: number, demand: number): number {
  const { requestMillicores, limitMillicores, targetPercent } = replicaWork(record);
  const wanted = (demand * requestMillicores * targetPercent) / 100;
  return Math.min(wanted, ready * limitMillicores) / 1000;
}

function coresOf(machine: string, nodeGroups: readonly NodeGroup[]): number {
  const [nodeClass = "", type = ""] = machine.split(" ");
  const group = nodeGroups.find((candidate) => candidate.nodeClass === nodeClass);
  return roomOf(type, group?.diskGiB ?? 50).cpu / 1000;
}

function costOf(
  nodeHours: Readonly<Record<string, number>>,
): Pick<Account, "dollars" | "unpriced"> {
  const priced = Object.entries(nodeHours).map(([machine, hours]) => {
    const type = machine.split(" ")[1] ?? "";
    return { type, price: nodePrice(type), hours };
  });
  return {
    dollars: priced.reduce((sum, { price = 0, hours }) => sum + price * hours, 0),
    unpriced: priced.flatMap(({ type, price }) => (price === undefined ? [type] : [])),
  };
}

/**
 * The same day on a cluster that does not scale: all day the most replicas and the most nodes of every kind that the
 * scaled one had at any moment. It has no reserve, so it flatters the fixed size.
 */
export function fixedSize(stretches: readonly Stretch[]): Stretch[] {
  const most = (value: (sample: Sample) => Readonly<Record<string, number>>) => {
    const found: Record<string, number> = {};
    for (const { sample } of stretches)
      for (const [name, count] of Object.entries(value(sample)))
        found[name] = Math.max(found[name] ?? 0, count);
    return found;
  };
  const machines = most((sample) => sample.machines);
  const ready = most((sample) => sample.ready);
  return stretches.map(({ sample, ...when }) => ({
    ...when,
    sample: { ...sample, machines, ready },
  }));
}
