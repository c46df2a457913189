import { ArgsError } from "../../components/shared/args-error";
import { parseEnvironment, type RawEnvironment } from "../../stacks/environment";

/** What is wrong with a stack file; [] if it is accepted. */
export function problemsOf(raw: RawEnvironment): readonly string[] {
  try {
    parseEnvironment("file", raw);
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  return [];
}
