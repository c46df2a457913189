import type * as aws from "@pulumi/aws";
import type { ChildOptions } from "../shared/child-options";
import type { ChaosExperimentsSpec } from "./args";

/** What every part of the component is made with. */
export interface Scope {
  readonly name: string;
  readonly spec: ChaosExperimentsSpec;
  readonly owned: ChildOptions;
}

/** An experiment as it stands in the account. */
export interface CreatedExperiment {
  readonly name: string;
  readonly template: aws.fis.ExperimentTemplate;
  readonly role: aws.iam.Role;
}
