import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { childOptions } from "../shared/child-options";
import { labelProblems } from "../shared/kubernetes-names";
import { priorities } from "../shared/priority-classes";
import type { Tier } from "../shared/service-record";

export interface PriorityClassesArgs {
  /** Labels on every class. Default: {}. */
  readonly labels?: Readonly<Record<string, string>>;
}

const managedBy = { "app.kubernetes.io/managed-by": "pulumi" };

/** Who is placed first, and who goes first, when the cluster is short of room. One per cluster. */
export class PriorityClasses extends pulumi.ComponentResource {
  /** For PlatformService; whoever uses them depends on the class. */
  readonly names: Readonly<Record<Tier, pulumi.Output<string>>>;

  constructor(
    name: string,
    args: PriorityClassesArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { labels = {} } = args;
    const problems = labelProblems("labels", labels, Object.keys(managedBy));
    if (problems.length > 0) throw new ArgsError("PriorityClasses", name, problems);
    super("platform:services:PriorityClasses", name, { labels }, opts);

    const create = (tier: Tier) => {
      const { className, value, preemptionPolicy, description } = priorities[tier];
      return new k8s.scheduling.v1.PriorityClass(
        `${name}-${tier}`,
        {
          metadata: { name: className, labels: { ...labels, ...managedBy } },
          value,
          preemptionPolicy,
          globalDefault: false,
          description,
        },
        childOptions(this, opts),
      ).metadata.name;
    };
    this.names = {
      critical: create("critical"),
      standard: create("standard"),
      batch: create("batch"),
    };
    this.registerOutputs({ names: this.names });
  }
}
