import * as aws from "@pulumi/aws";
import type { ChildOptions } from "../shared/child-options";
import { createLogBucket, type LogBucket } from "../shared/log-bucket";
import type { ResolvedFlowLogAnalysisArgs } from "./args";
import { resultKeyPolicy } from "./policies";

const keyDeletionWindowDays = 30;

interface ResultsArgs {
  /** Start of the children's names. */
  readonly name: string;
  readonly spec: ResolvedFlowLogAnalysisArgs;
  /** Whose log the key encrypts too. */
  readonly functionName: string;
}

export interface Results extends LogBucket {
  readonly key: aws.kms.Key;
}

/** Where results of queries lie for a while: private, encrypted, reached by TLS alone. */
export function createResults(
  { name, spec, functionName }: ResultsArgs,
  owned: ChildOptions,
): Results {
  const { region, tags, protect } = spec;
  const key = new aws.kms.Key(
    `${name}-results`,
    {
      region,
      description: `Results of queries on the flow logs of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: keyDeletionWindowDays,
      policy: JSON.stringify(resultKeyPolicy(spec, functionName)),
      tags,
    },
    owned,
  );
  const bucket = createLogBucket(
    {
      ...{ role: `${name}-results`, region, tags, protect, keyArn: key.arn },
      retentionDays: spec.resultRetentionDays,
    },
    owned,
  );
  return { ...bucket, key };
}
