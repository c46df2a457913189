import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionLogKeyStatement } from "../shared/function-policies";
import { accountAdministersKey } from "../shared/key-statements";
import type { ResolvedFlowLogAnalysisArgs } from "./args";
import { databaseName, flowLogPrefix, tableName } from "./table";

type Statement = aws.iam.PolicyStatement;
type Place = Pick<ResolvedFlowLogAnalysisArgs, "region" | "accountId">;

/** For results of queries, which whoever may run one encrypts with it, and the log of the check. */
export function resultKeyPolicy(place: Place, functionName: string): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      accountAdministersKey(place.accountId),
      functionLogKeyStatement({ ...place, functionName }),
    ],
  };
}

interface CheckNeeds {
  readonly name: string;
  readonly spec: ResolvedFlowLogAnalysisArgs;
  readonly workgroupArn: pulumi.Input<string>;
  readonly resultBucketArn: pulumi.Input<string>;
  readonly resultKeyArn: pulumi.Input<string>;
}

/** What the check may do: run queries in its workgroup, which read the flow logs and write results. */
export function checkStatements(needs: CheckNeeds): Statement[] {
  const { name, spec, workgroupArn } = needs;
  const { region, accountId } = spec;
  const catalog = `arn:aws:glue:${region}:${accountId}`;
  const database = databaseName(name);
  return [
    {
      Sid: "RunQueries",
      Effect: "Allow",
      Action: [
        "athena:GetNamedQuery",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
      ],
      Resource: workgroupArn,
    },
    {
      Sid: "ReadTable",
      Effect: "Allow",
      Action: ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable"],
      Resource: [
        `${catalog}:catalog`,
        `${catalog}:database/${database}`,
        `${catalog}:table/${database}/${tableName}`,
      ],
    },
    ...storageStatements(needs),
  ];
}

function storageStatements({ spec, resultBucketArn, resultKeyArn }: CheckNeeds): Statement[] {
  const logs = pulumi.interpolate`arn:aws:s3:::${spec.flowLogBucketName}`;
  return [
    {
      Sid: "ReadFlowLogs",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: pulumi.interpolate`${logs}/${flowLogPrefix(spec)}/*`,
    },
    {
      Sid: "WriteResults",
      Effect: "Allow",
      Action: [
        "s3:AbortMultipartUpload",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      Resource: pulumi.interpolate`${resultBucketArn}/*`,
    },
    {
      Sid: "SeeBuckets",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: [logs, resultBucketArn],
    },
    {
      Sid: "DecryptFlowLogs",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: spec.flowLogKeyArn,
    },
    {
      Sid: "EncryptResults",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: resultKeyArn,
    },
  ];
}
