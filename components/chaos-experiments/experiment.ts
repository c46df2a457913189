import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ChaosExperimentsSpec } from "./args";

type Action = aws.types.input.fis.ExperimentTemplateAction;
export type Target = aws.types.input.fis.ExperimentTemplateTarget;

/** What is done to what, and what should then be seen. */
export interface Experiment {
  readonly name: string;
  /** What is expected, which the run shows or refutes. */
  readonly hypothesis: string;
  readonly actions: readonly Action[];
  readonly targets: readonly Target[];
  readonly statements: readonly aws.iam.PolicyStatement[];
}

export function minutes(count: number): string {
  return `PT${count}M`;
}

export function action(
  [name, actionId]: readonly [string, string],
  target: readonly [string, string],
  parameters: Readonly<Record<string, pulumi.Input<string>>> = {},
): Action {
  return {
    ...{ name, actionId, target: { key: target[0], value: target[1] } },
    parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
  };
}

/** By tag alone: by the one that lets it be hit, and by that of its environment. */
export function tagged(
  { targetTag, environment }: ChaosExperimentsSpec,
  [name, resourceType]: readonly [string, string],
  more: Partial<Target> & { readonly tags?: Readonly<Record<string, string>> } = {},
): Target {
  const { tags = {}, ...rest } = more;
  const all = { [targetTag.key]: targetTag.value, environment, ...tags };
  return {
    ...{ name, resourceType, selectionMode: "ALL" },
    resourceTags: Object.entries(all).map(([key, value]) => ({ key, value })),
    ...rest,
  };
}

export const running = { path: "State.Name", values: ["running"] };
