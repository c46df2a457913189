/** What shows that a criterion of the plan is met; each can be looked up by its name. */
export type Proof =
  | {
      readonly kind: "test";
      /** A file of tests, from the project's folder. */ readonly file: string;
    }
  | { readonly kind: "drill"; readonly name: string }
  /** An alert, or a policy of the pack, that says when it is no longer met. */
  | { readonly kind: "alert"; readonly name: string }
  | { readonly kind: "policy"; readonly name: string }
  /** A page or a workflow that people follow. */
  | { readonly kind: "file"; readonly file: string };

/** A figure that was measured: the part of a line that says it. */
export interface Figure {
  /** In what a run of the drill held or said last. */
  readonly drill: string;
  readonly inRun: RegExp;
  /** Where no run is left: in its page, as it was measured on that day. */
  readonly documented?: { readonly file: string; readonly pattern: RegExp; readonly date: string };
}

export interface Criterion {
  /** In the plan's own words. */
  readonly text: string;
  readonly proofs: readonly Proof[];
  readonly figure?: Figure;
  /** What the proofs do not show: often what only a running platform, or people, can. */
  readonly limit?: string;
}

export interface CriteriaSection {
  readonly title: string;
  readonly criteria: readonly Criterion[];
}

export function test(...files: readonly string[]): Proof[] {
  return files.map((file) => ({ kind: "test", file: `tests/${file}.test.ts` }));
}

export function drill(...names: readonly string[]): Proof[] {
  return names.map((name) => ({ kind: "drill", name }));
}

export function alert(...names: readonly string[]): Proof[] {
  return names.map((name) => ({ kind: "alert", name }));
}

export function policy(...names: readonly string[]): Proof[] {
  return names.map((name) => ({ kind: "policy", name }));
}

export function file(...files: readonly string[]): Proof[] {
  return files.map((name) => ({ kind: "file", file: name }));
}
