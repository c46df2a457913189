import type { Outputs } from ".";

/** By type token, what the resources of this package compute. */
export const awsOutputs: Record<string, Outputs | undefined> = {};
