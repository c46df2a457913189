import type { MonthlyUsage } from "../../../stacks/usage-schema";
import type { NodeClassGroups } from "../day-nodes";

/** So much of something that has a price, in a month. */
export interface Item {
  /** Key of the price table; one that the table lacks is told as not known. */
  readonly price: string;
  /** In the price's unit: hours for what is paid by the hour. */
  readonly quantity: number;
  /** How many things are paid by the hour; absent for what is paid by its quantity. */
  readonly things?: number;
  /** Whether the quantity rests on an assumption about usage, not on the resource alone. */
  readonly assumed?: true;
  /** Class of nodes whose cost the teams share that ask for room on it. */
  readonly sharedBy?: string;
}

interface Counted {
  readonly name: string;
  /** As the engine would get them, without envelopes. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface CountContext {
  readonly usage: MonthlyUsage;
  /** How many resources of the type there are: an assumption about all of them is shared out evenly. */
  readonly count: number;
  /** How many groups of nodes start at none, and have no service with a floor. */
  readonly jobGroups: number;
  readonly classes: ReadonlyMap<string, NodeClassGroups>;
  /** Part of all hours in which services have pods: 1 where they never rest. */
  readonly dayShare: number;
  /** GiB of the disk that a class of nodes has. */
  readonly diskGiB: (nodeClass: string) => number;
}

export type Counter = (resource: Counted, context: CountContext) => Item[];

export const hoursPerMonth = 730;

export function hourly(price: string, count: number): Item {
  return { price, quantity: count * hoursPerMonth, things: count };
}

/** What rests on an assumption; nothing where nothing is assumed. */
export function assumed(price: string, quantity: number): Item[] {
  return quantity === 0 ? [] : [{ price, quantity, assumed: true }];
}
