import { resolve } from "node:path";
import type { ComposeFile } from "./compose-file";
import { besideIt, extendedBy, serviceNodes } from "./compose-service";

interface Step {
  /** File and service: the same for whoever extends it. */
  readonly id: string;
  readonly label: string;
  /** Where its `extends` stands. */
  readonly place: string;
  readonly extendsId: string | undefined;
}

/** Services that end up extending themselves, within a file and across those that are read; each circle once, by its steps. */
export function extendsCycles(composes: readonly ComposeFile[]): string[] {
  const steps = new Map(composes.flatMap(stepsOf).map((step) => [step.id, step]));
  const settled = new Set<string>();
  const problems: string[] = [];
  for (const first of steps.values()) {
    const chain: Step[] = [];
    const inChain = new Set<string>();
    let step: Step | undefined = first;
    while (step !== undefined && !settled.has(step.id) && !inChain.has(step.id)) {
      chain.push(step);
      inChain.add(step.id);
      step = steps.get(step.extendsId ?? "");
    }
    for (const { id } of chain) settled.add(id);
    if (step === undefined || !inChain.has(step.id)) continue;
    const circle = chain.slice(chain.indexOf(step));
    problems.push(
      `${step.place}: extends runs in a circle: ${labels([...circle, step], circle).join(" → ")}`,
    );
  }
  return problems;
}

function stepsOf(compose: ComposeFile): Step[] {
  return [...serviceNodes(compose)].map(([name, node]) => {
    const extended = extendedBy(compose, node);
    const { line, column } = compose.placeOf(extended?.offset ?? 0);
    const file = extended?.file === undefined ? compose.path : besideIt(compose, extended.file);
    return {
      id: idOf(compose.path, name),
      label: name,
      place: `${compose.path}:${line}:${column}`,
      extendsId: extended?.service === undefined ? undefined : idOf(file, extended.service),
    };
  });
}

function idOf(path: string, service: string): string {
  return `${resolve(path)}\n${service}`;
}

/** With the file where the circle runs through several. */
function labels(shown: readonly Step[], circle: readonly Step[]): string[] {
  const fileOf = ({ place }: Step): string => place.replace(/:\d+:\d+$/, "");
  const isOneFile = new Set(circle.map(fileOf)).size === 1;
  return shown.map((step) => (isOneFile ? step.label : `${fileOf(step)} ${step.label}`));
}
