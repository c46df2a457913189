import { expect } from "chai";
import type { MultiAzClusterArgs } from "../../../components/multi-az-cluster";
import { resolveMultiAzClusterArgs } from "../../../components/multi-az-cluster/resolve-args";
import { ArgsError } from "../../../components/shared/args-error";
import { clusterArgs } from "./fixture";

/** A sentence, what differs from the accepted arguments, and the problems that come of it. */
export type Refusal = [string, Partial<MultiAzClusterArgs>, string[]];

export function problemsOf(changes: Partial<MultiAzClusterArgs>, name = "main"): readonly string[] {
  try {
    resolveMultiAzClusterArgs(name, { ...clusterArgs, ...changes });
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  return [];
}

export function itRefuses(refusals: readonly Refusal[]): void {
  for (const [sentence, changes, problems] of refusals) {
    it(sentence, () => {
      expect(problemsOf(changes)).to.deep.equal(problems);
    });
  }
}

export function itAccepts(changesBySentence: Record<string, Partial<MultiAzClusterArgs>>): void {
  for (const [sentence, changes] of Object.entries(changesBySentence)) {
    it(sentence, () => {
      expect(problemsOf(changes)).to.deep.equal([]);
    });
  }
}
