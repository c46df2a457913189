import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type ChaosExperimentsArgs, resolveChaosExperimentsArgs } from "./args";
import { watchEndings } from "./endings";
import { planExperiments } from "./experiments";
import { createFaultNamespace } from "./fault-namespace";
import { createResults } from "./results";
import { createSchedules } from "./schedules";
import type { Scope } from "./scope";
import { createExperiment } from "./templates";

/**
 * Experiments that break something on purpose, in AWS Fault Injection Service: each says what it expects, hits what is
 * marked for it and nothing else, ends when users notice, and is written down.
 */
export class ChaosExperiments extends pulumi.ComponentResource {
  /** Of the experiment templates, by name. */
  readonly templateIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Keeps AWS's reports, and the records of what people start. */
  readonly resultBucketName: pulumi.Output<string>;

  constructor(name: string, args: ChaosExperimentsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveChaosExperimentsArgs(name, args);
    // The cluster's provider is no value to keep in the state.
    super("platform:resilience:ChaosExperiments", name, {}, opts);
    const scope: Scope = { name, spec, owned: childOptions(this, opts) };

    const results = createResults(scope);
    const experiments = planExperiments(spec).map((experiment) =>
      createExperiment(scope, experiment, results),
    );
    watchEndings(scope, experiments, results);
    createSchedules(scope, experiments);
    const slow = experiments.find(({ name: experiment }) => experiment === "network-latency");
    const { networkLatency } = spec.experiments;
    if (slow !== undefined && networkLatency !== undefined)
      createFaultNamespace(scope, networkLatency, slow);

    this.templateIds = Object.fromEntries(
      experiments.map(({ name: experiment, template }) => [experiment, template.id]),
    );
    this.resultBucketName = results.bucket.bucket;
    this.registerOutputs({
      templateIds: this.templateIds,
      resultBucketName: this.resultBucketName,
    });
  }
}
