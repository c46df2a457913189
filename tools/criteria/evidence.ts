import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readDrillResult } from "../drill/result";
import type { Criterion, CriteriaSection, Figure, Proof } from "./criterion";

/** A criterion with the last figure that is known of it. */
export interface Evidence {
  readonly text: string;
  readonly proofs: readonly Proof[];
  /** "" where none was measured. */
  readonly figure: string;
  /** Where the figure comes from, with its date; "" without one. */
  readonly source: string;
  readonly limit: string;
}

export interface EvidenceSection {
  readonly title: string;
  readonly criteria: readonly Evidence[];
}

export interface EvidencePlaces {
  readonly projectDirectory: string;
  /** Where drills leave their results. */
  readonly drillFolder: string;
}

/** What is known of every criterion: the last run of its drill, or else what the drill's page says. */
export function gatherEvidence(
  sections: readonly CriteriaSection[],
  places: EvidencePlaces,
): EvidenceSection[] {
  return sections.map(({ title, criteria }) => ({
    title,
    criteria: criteria.map((criterion) => ({
      ...{ text: criterion.text, proofs: criterion.proofs, limit: criterion.limit ?? "" },
      ...lastFigure(criterion, places),
    })),
  }));
}

function lastFigure(
  { figure }: Criterion,
  places: EvidencePlaces,
): Pick<Evidence, "figure" | "source"> {
  if (figure === undefined) return { figure: "", source: "" };
  return fromRun(figure, places) ?? fromPage(figure, places) ?? { figure: "", source: "" };
}

function fromRun(
  { drill, inRun }: Figure,
  { drillFolder }: EvidencePlaces,
): Pick<Evidence, "figure" | "source"> | undefined {
  const result = readDrillResult(drillFolder, drill);
  if (result === undefined) return undefined;
  const { outcome, at } = result;
  const source = `drill ${drill}, ${at.slice(0, 10)}`;
  if (outcome !== "passed") return { figure: `the last run ${outcomes[outcome]}`, source };
  const line = [...result.held, ...result.said].map((text) => inRun.exec(text)?.[0]);
  const found = line.find((text) => text !== undefined);
  return found === undefined ? undefined : { figure: found.trim(), source };
}

const outcomes = { failed: "failed", skipped: "was skipped" } as const;

function fromPage(
  { documented }: Figure,
  { projectDirectory }: EvidencePlaces,
): Pick<Evidence, "figure" | "source"> | undefined {
  if (documented === undefined) return undefined;
  const { file, pattern, date } = documented;
  const found = pattern.exec(readFileSync(join(projectDirectory, file), "utf8"))?.[0];
  return found === undefined
    ? undefined
    : { figure: found.replace(/\s+/g, " "), source: `${file}, ${date}` };
}
