import { expect } from "chai";
import { FlowLogAnalysis } from "../../../components/flow-log-analysis";
import { functionLogKeyStatement } from "../../../components/shared/function-policies";
import { startOfflineEngine } from "../../support/engine";
import { args } from "./analysis-args";

const results = "arn:aws:s3:::auterity-test-results";
const resultKeyArn = "arn:aws:kms:us-west-2:123456789012:key/auterity-test-results-id";

describe("the policies of FlowLogAnalysis", () => {
  it("let the check read the flow logs of its account and region, and write results", async () => {
    const [, ...statements] = (await policy("aws:iam/rolePolicy:RolePolicy", "auterity-test-check"))
      .Statement;
    expect(statements).to.deep.equal([
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
        Resource: "arn:aws:athena:us-west-2:123456789012:auterity-test-flow-logs",
      },
      {
        Sid: "ReadTable",
        Effect: "Allow",
        Action: ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable"],
        Resource: [
          "arn:aws:glue:us-west-2:123456789012:catalog",
          "arn:aws:glue:us-west-2:123456789012:database/auterity_test_flow_logs",
          "arn:aws:glue:us-west-2:123456789012:table/auterity_test_flow_logs/flow_logs",
        ],
      },
      {
        Sid: "ReadFlowLogs",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource:
          "arn:aws:s3:::vpc-logs/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-west-2/*",
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
        Resource: `${results}/*`,
      },
      {
        Sid: "SeeBuckets",
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: ["arn:aws:s3:::vpc-logs", results],
      },
      {
        Sid: "DecryptFlowLogs",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: args.flowLogKeyArn,
      },
      {
        Sid: "EncryptResults",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: resultKeyArn,
      },
    ]);
  });

  it("keep results from anybody without TLS 1.2 or newer", async () => {
    expect(
      await policy("aws:s3/bucketPolicy:BucketPolicy", "auterity-test-results-policy"),
    ).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "NobodyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [results, `${results}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "NobodyWithOldTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [results, `${results}/*`],
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
      ],
    });
  });

  it("leave the key to the account, and its use for the log of the check to CloudWatch Logs", async () => {
    expect(await policy("aws:kms/key:Key", "auterity-test-results")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministers",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
        functionLogKeyStatement({ ...args, functionName: "auterity-test-flow-log-check" }),
      ],
    });
  });
});

async function policy(type: string, name: string): Promise<{ Statement: unknown[] }> {
  const engine = await startOfflineEngine({ mode: "known" });
  new FlowLogAnalysis("auterity-test", args);
  await engine.settle();
  const found = engine.registrations.find(
    (registration) => registration.type === type && registration.name === name,
  );
  return JSON.parse(found?.inputs["policy"] as string) as { Statement: unknown[] };
}
