import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reason, Verdict } from "./reason";
import { reasons, usedEntities } from "./reasons";

interface Control {
  readonly id: string;
  readonly title: string;
  /** Of Checkov: kinds of resources that it looks at. */
  readonly entities?: readonly string[];
}

export interface Framework {
  /** What the tags of rules begin with, before the colon. */
  readonly tag: keyof typeof reasons;
  readonly name: string;
  readonly version: string;
  /** Where the list was read, at a commit. */
  readonly source: string;
  readonly controls: readonly Control[];
}

export interface Judged extends Control {
  /** Rules that cover it. */
  readonly rules: readonly string[];
  /** Why none does; undefined where one does. */
  readonly reason: { readonly verdict: Verdict; readonly why: string } | undefined;
}

const files = { "cis-eks": "cis-eks", fsbp: "aws-fsbp", ckv: "checkov" } as const;

export function readFrameworks(projectDirectory: string): Framework[] {
  return (Object.keys(files) as (keyof typeof files)[]).map((tag) => {
    const path = join(projectDirectory, "policy/frameworks", `${files[tag]}.json`);
    return { tag, ...(JSON.parse(readFileSync(path, "utf8")) as Omit<Framework, "tag">) };
  });
}

interface Tagged {
  readonly name: string;
  readonly tags: readonly string[];
}

/** Every control of a framework with the rules that cover it, or the reason why none does. */
export function judgeCoverage(framework: Framework, rules: readonly Tagged[]): Judged[] {
  return framework.controls.map((control) => {
    const tag = `${framework.tag}:${control.id}`;
    const names = rules.filter(({ tags }) => tags.includes(tag)).map(({ name }) => name);
    const reason = names.length > 0 ? undefined : reasonFor(framework, control);
    return { ...control, rules: names, reason };
  });
}

const foreign = {
  verdict: "not used",
  why: "the platform makes nothing of these services",
} as const;

function reasonFor({ tag }: Framework, control: Control): Judged["reason"] {
  const found = reasons[tag].find((reason) => names(reason, control.id));
  const isForeign = control.entities?.every((entity) => !usedEntities.test(entity)) === true;
  if (isForeign && (found === undefined || found.verdict === "open")) return foreign;
  return found === undefined
    ? { verdict: "open", why: "no rule, and nothing else that shows it" }
    : { verdict: found.verdict, why: found.why };
}

export function names({ ids }: Pick<Reason, "ids">, id: string): boolean {
  return ids.split(" ").some((pattern) => matches(pattern, id));
}

function matches(pattern: string, id: string): boolean {
  const range = /^(.*?)(\d+)\.\.(\d+)$/.exec(pattern);
  if (range !== null) {
    const [, stem = "", low = "", high = ""] = range;
    const number = id.startsWith(stem) ? Number(id.slice(stem.length)) : Number.NaN;
    return number >= Number(low) && number <= Number(high);
  }
  if (pattern === "*") return true;
  return pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : pattern === id;
}

/** Tags of rules that name a control which its framework does not have. */
export function unknownControls(
  frameworks: readonly Framework[],
  rules: readonly Tagged[],
): string[] {
  return rules.flatMap(({ name, tags }) =>
    tags.flatMap((tag) => {
      const framework = frameworks.find(({ tag: prefix }) => tag.startsWith(`${prefix}:`));
      const id = tag.slice(tag.indexOf(":") + 1);
      return framework === undefined || framework.controls.some((control) => control.id === id)
        ? []
        : [`${name}: ${framework.name} ${framework.version} has no control ${id}`];
    }),
  );
}
