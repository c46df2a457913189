/** A refusal in the user's terms: its message says everything, so no stack is shown. */
export class ChaosError extends Error {
  override readonly name = "ChaosError";
}
