/** A refusal in the user's terms, with every problem at once; carries no value of a credential. */
export class SecretsError extends Error {
  override readonly name = "SecretsError";

  constructor(
    what: string,
    readonly problems: readonly string[],
  ) {
    super(`${what}:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}
