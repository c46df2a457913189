import type * as pulumi from "@pulumi/pulumi";

export { startOfflineEngine } from "../../tools/offline/engine";
export type { Registration } from "../../tools/offline/registration";

/** The value of an Output, for an expectation outside of `apply`. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<pulumi.Unwrap<T> | undefined> {
  return (output as unknown as { promise(): Promise<pulumi.Unwrap<T> | undefined> }).promise();
}
