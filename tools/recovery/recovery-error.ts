/** Letters of a reason why something is done all the same: fewer say nothing to whoever reads the journal. */
export const shortestReason = 10;

/** A refusal in the user's terms, with every problem at once. */
export class RecoveryError extends Error {
  override readonly name = "RecoveryError";

  constructor(
    what: string,
    readonly problems: readonly string[],
  ) {
    super(`${what}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}
