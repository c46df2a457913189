import type { Input } from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";

/** Metadata and options that all resources of one service have. */
export interface Owned {
  readonly metadata: {
    readonly name: string;
    readonly namespace: Input<string>;
    readonly labels: Record<string, string>;
  };
  readonly options: ChildOptions;
}
