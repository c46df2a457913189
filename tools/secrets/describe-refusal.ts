import { PlanError } from "../plan/plan-error";
import { codeOf } from "./source-file";
import { SecretsError } from "./secrets-error";

/** A refusal in its own words. Of anything else the name and the stack alone: its message may quote a value. */
export function describeRefusal(error: unknown): string {
  if (error instanceof SecretsError || error instanceof PlanError) return error.message;
  if (!(error instanceof Error)) return "something failed that says nothing of itself";
  const { code, path } = { code: codeOf(error), ...(error as { readonly path?: string }) };
  if (path !== undefined) return `${path}: cannot be written (${code})`;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`${error.name}${code && ` (${code})`}`, ...frames].join("\n");
}
