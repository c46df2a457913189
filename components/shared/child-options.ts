import type * as pulumi from "@pulumi/pulumi";

/** Options of what a component creates first: whatever the component was told to come after, they come after. */
export interface ChildOptions {
  readonly parent: pulumi.Resource;
  readonly dependsOn?: NonNullable<pulumi.ResourceOptions["dependsOn"]>;
}

/** Pulumi keeps a component's `dependsOn` to the component itself: its children would be created without waiting. */
export function childOptions(
  parent: pulumi.Resource,
  opts: pulumi.ComponentResourceOptions = {},
): ChildOptions {
  return { parent, ...(opts.dependsOn !== undefined && { dependsOn: opts.dependsOn }) };
}
