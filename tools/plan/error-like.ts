/** What can be told of anything thrown: also of errors from another realm, where `instanceof` says no. */
export interface ErrorLike {
  readonly message: string;
  readonly stack?: string;
}

export function isErrorLike(thrown: unknown): thrown is ErrorLike {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "message" in thrown &&
    typeof thrown.message === "string"
  );
}
