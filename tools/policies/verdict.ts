import type { Mode } from "../offline/engine";

export type EnforcementLevel = "advisory" | "mandatory" | "remediate" | "disabled";
export type Severity = "unspecified" | "low" | "medium" | "high" | "critical";

/** A rule of the pack with the level that the environment gives it. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  readonly kind: "resource" | "stack";
  /** How to satisfy it; "" where the pack does not say. */
  readonly fix: string;
  readonly url: string;
  readonly tags: readonly string[];
}

export interface Violation {
  readonly rule: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity;
  /** "" for a violation of the stack as a whole. */
  readonly urn: string;
  readonly message: string;
  readonly fix: string;
  readonly url: string;
  /** In which modes it shows: what only a preview shows, or only the values that a deployment computes. */
  readonly modes: readonly Mode[];
}

/** A rule that gives up on a value which only a deployment knows: in a first preview it does not protect. */
export interface Blind {
  readonly rule: string;
  readonly urn: string;
  readonly reason: string;
}

export interface Verdict {
  readonly pack: { readonly name: string; readonly version: string };
  readonly rules: readonly Rule[];
  /** Mandatory ones first. */
  readonly violations: readonly Violation[];
  readonly blind: readonly Blind[];
  /** Resources that rules of level `remediate` would change. */
  readonly remediated: readonly { readonly rule: string; readonly urn: string }[];
}

/**
 * A rule that refuses what nobody has released yet. A deployment stops at it; a plan goes through and names it beside
 * the values that are left to give.
 */
export function isReleaseGate({ tags }: Rule): boolean {
  return tags.includes("house:release");
}

/** A mandatory violation stops a deployment. */
export function stops({ level }: Violation): boolean {
  return level === "mandatory";
}
