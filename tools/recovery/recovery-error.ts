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
