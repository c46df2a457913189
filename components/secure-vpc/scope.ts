import type * as pulumi from "@pulumi/pulumi";
import { type ResolvedSecureVpcArgs } from "./args";

/** What every part of a SecureVpc is created with. */
export interface Scope {
  /** Of the component: the prefix of every child's name. */
  readonly name: string;
  readonly spec: ResolvedSecureVpcArgs;
  readonly parent: pulumi.Resource;
}

/** Of the flow log, its bucket and its key. */
export const flowLogRole = "flow-logs";

/** The caller's tags and a name that the console shows. */
export function namedTags({ spec }: Scope, childName: string): Record<string, string> {
  return { ...spec.tags, Name: childName };
}
