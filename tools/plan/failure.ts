import { isErrorLike } from "./error-like";

export interface Failure {
  /** What went wrong, in the user's terms. */
  readonly message: string;
  /** The message, with stacks where they are asked for. */
  readonly text: string;
}

/** A refusal says everything in its message; anything else is a mistake of the plan's own, and shows its stack. */
export function describeFailure(error: unknown, verbose: boolean): Failure {
  if (!isErrorLike(error)) return { message: String(error), text: String(error) };
  const { message } = error;
  const stack = "details" in error ? String(error.details) : (error.stack ?? message);
  const isRefusal = error instanceof Error && refusals.has(error.name);
  return {
    message,
    text: isRefusal && !verbose ? message : isRefusal ? `${message}\n\n${stack}` : stack,
  };
}

const refusals = new Set(["PlanError", "ProgramError", "StallError"]);
