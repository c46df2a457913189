import type { ServiceRecord } from "../../components/shared/service-record";
import type { EstimateSettings } from "../../stacks/usage";
import type { MonthlyUsage } from "../../stacks/usage-schema";
import type { Registration } from "../offline/registration";
import { compareText } from "../plan/graph";
import { shortType } from "../plan/tree";
import { presentable } from "../plan/values";
import { clusterCounters } from "./count/cluster";
import { createContexts, hoursPerWeek } from "./contexts";
import type { CountContext, Counter, Item } from "./count/item";
import { networkCounters } from "./count/network";
import { keyCounters, storeCounters } from "./count/stores";
import { whyUnpriced } from "./count/unpriced";
import { watchingCounters } from "./count/watching";
import { priceTable, pricedRegion, priceSources, priceWarnings } from "./price-table";
import { createTeams, type Teams } from "./teams";

/** What part of an environment costs; sums are of the lines. */
export interface CostShare {
  readonly name: string;
  readonly monthlyUsd: number;
}

interface CostLine {
  readonly component: string;
  readonly team: string;
  /** Key of the price. */
  readonly price: string;
  readonly unit: string;
  readonly quantity: number;
  readonly monthlyUsd: number;
  /** Whether it rests on an assumption about usage. */
  readonly assumed: boolean;
}

/** What costs something that the estimate cannot say. */
interface NotKnown {
  readonly what: string;
  readonly count: number;
  readonly reason: string;
}

/** `estimate.json`. Fields are only ever added within a format. */
export interface Estimate {
  readonly format: 1;
  readonly environment: string;
  readonly monthlyUsd: number;
  /** The part of it that rests on assumptions about usage. */
  readonly assumedUsd: number;
  readonly components: readonly CostShare[];
  readonly teams: readonly CostShare[];
  readonly lines: readonly CostLine[];
  readonly notKnown: readonly NotKnown[];
  readonly usage: MonthlyUsage;
  /** Nodes that are there while services have pods, where their groups start at none; absent where there are none. */
  readonly nodesByDay?: {
    readonly hoursPerWeek: number;
    readonly nodes: Readonly<Record<string, number>>;
  };
  readonly prices: {
    readonly region: string;
    readonly sources: readonly {
      readonly title: string;
      readonly date: string;
      readonly url: string;
    }[];
  };
  /** Prices past their date. */
  readonly warnings: readonly string[];
}

export interface EstimateArgs {
  readonly environment: string;
  readonly registrations: readonly Registration[];
  readonly services: readonly ServiceRecord[];
  readonly settings: EstimateSettings;
  readonly today: Date;
}

const counters: Readonly<Record<string, Counter>> = {
  ...networkCounters,
  ...clusterCounters,
  ...storeCounters,
  ...keyCounters,
  ...watchingCounters,
};

/** What an environment costs a month, from its resources, the price table and the assumptions about usage. */
export function estimateCosts(args: EstimateArgs): Estimate {
  const { environment, registrations, services, settings, today } = args;
  const resources = registrations.filter(({ custom, remote }) => custom || remote);
  const { contextOf, classes } = createContexts(resources, services, settings);
  const teams = createTeams(resources, services, classes);
  const byUrn = new Map(registrations.map((entry) => [entry.urn, entry]));
  const lines = new Map<string, CostLine>();
  const notKnown = new Map<string, NotKnown>();
  for (const entry of resources) {
    const counter = counters[entry.type];
    if (counter === undefined) {
      const reason = whyUnpriced(entry.type);
      if (reason !== "") note(notKnown, { what: shortType(entry.type), count: 1, reason });
      continue;
    }
    const inputs = presentable(entry.inputs) as Record<string, unknown>;
    const component = componentOf(entry, byUrn);
    for (const item of counter({ name: entry.name, inputs }, contextOf(entry.type))) {
      if (item.quantity === 0) continue;
      const price = priceOf(item.price, settings);
      if (price === undefined) note(notKnown, unpriced(item));
      else addLines(lines, { item, price, component, team: teams.ownerOf(inputs), teams });
    }
  }
  const all = [...lines.values()].sort((a, b) => compareText(keyOf(a), keyOf(b)));
  return {
    ...{ format: 1, environment },
    monthlyUsd: cents(sum(all)),
    assumedUsd: cents(sum(all.filter((line) => line.assumed))),
    components: sharesBy(all, ({ component }) => component),
    teams: sharesBy(all, ({ team }) => team),
    lines: all.map((line) => ({ ...line, monthlyUsd: cents(line.monthlyUsd) })),
    notKnown: [...notKnown.values()].sort((a, b) => compareText(a.what, b.what)),
    usage: settings.usage,
    ...nodesByDay(classes, settings),
    prices: { region: pricedRegion, sources: priceSources },
    warnings: priceWarnings(today),
  };
}

/** Own prices for what nothing asks for: misspelt, or of another environment; a line each. */
export function ownPriceProblems(
  { lines, notKnown }: Estimate,
  { ownPricesUsd }: EstimateSettings,
): string[] {
  const asked = new Set([...lines.map(({ price }) => price), ...notKnown.map(({ what }) => what)]);
  return Object.keys(ownPricesUsd)
    .filter((key) => !asked.has(key))
    .map(
      (key) =>
        `auterity:costs.ownPricesUsd: got a price of "${key}", which nothing here asks for, need one of ${[
          ...asked,
        ]
          .filter((name) => name.includes("/"))
          .sort()
          .join(", ")}`,
    );
}

interface KnownPrice {
  readonly dollars: number;
  readonly unit: string;
}

function priceOf(key: string, { ownPricesUsd }: EstimateSettings): KnownPrice | undefined {
  const own = ownPricesUsd[key];
  const listed = priceTable[key];
  if (own !== undefined) return { dollars: own, unit: listed?.unit ?? "as given" };
  return listed;
}

function unpriced({ price, quantity, things }: Item): NotKnown {
  return { what: price, count: things ?? Math.ceil(quantity), reason: "no price with a source" };
}

function note(notKnown: Map<string, NotKnown>, entry: NotKnown): void {
  const known = notKnown.get(entry.what);
  notKnown.set(entry.what, { ...entry, count: entry.count + (known?.count ?? 0) });
}

interface LineParts {
  readonly item: Item;
  readonly price: KnownPrice;
  readonly component: string;
  readonly team: string;
  readonly teams: Teams;
}

function addLines(lines: Map<string, CostLine>, parts: LineParts): void {
  const { item, price, component, team, teams } = parts;
  const owners = item.sharedBy === undefined ? [{ team, share: 1 }] : teams.sharesOf(item.sharedBy);
  for (const owner of owners) {
    const line: CostLine = {
      ...{ component, team: owner.team, price: item.price, unit: price.unit },
      quantity: item.quantity * owner.share,
      monthlyUsd: item.quantity * owner.share * price.dollars,
      assumed: item.assumed === true,
    };
    const known = lines.get(keyOf(line));
    lines.set(keyOf(line), {
      ...line,
      quantity: line.quantity + (known?.quantity ?? 0),
      monthlyUsd: line.monthlyUsd + (known?.monthlyUsd ?? 0),
    });
  }
}

function keyOf({ component, team, price, assumed }: CostLine): string {
  return [component, team, price, assumed].join("\n");
}

function sum(lines: readonly CostLine[]): number {
  return lines.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}

/** The dearest first. */
function sharesBy(
  lines: readonly CostLine[],
  nameOf: (line: CostLine) => string,
): readonly CostShare[] {
  const names = [...new Set(lines.map(nameOf))];
  return names
    .map((name) => ({
      name,
      monthlyUsd: cents(sum(lines.filter((line) => nameOf(line) === name))),
    }))
    .sort((a, b) => b.monthlyUsd - a.monthlyUsd || compareText(a.name, b.name));
}

/** The component at the top, "the stack" for what belongs to none. */
function componentOf(entry: Registration, byUrn: ReadonlyMap<string, Registration>): string {
  let top = entry;
  for (let next = byUrn.get(entry.parent); next !== undefined; next = byUrn.get(next.parent))
    if (!next.type.startsWith("pulumi:pulumi:")) top = next;
  return top.custom || top.remote ? "the stack" : `${top.name} (${shortType(top.type)})`;
}

function nodesByDay(
  classes: CountContext["classes"],
  { workingHoursPerWeek = hoursPerWeek }: EstimateSettings,
): Pick<Estimate, "nodesByDay"> {
  const nodes = [...classes]
    .map(([name, { byDay }]) => [name, byDay] as const)
    .filter(([, byDay]) => byDay > 0)
    .sort(([a], [b]) => compareText(a, b));
  if (nodes.length === 0) return {};
  return {
    nodesByDay: { hoursPerWeek: workingHoursPerWeek, nodes: Object.fromEntries(nodes) },
  };
}
