import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where a function is, and what it is called there. */
interface FunctionPlace {
  readonly region: string;
  readonly accountId: string;
  readonly functionName: string;
}

/** The ARN that a function of this name has, before there is one. */
export function functionArn({ region, accountId, functionName }: FunctionPlace): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
}

/**
 * For the policy of the key that a function's log is encrypted with: CloudWatch Logs may use it for this log group alone.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function functionLogKeyStatement(place: FunctionPlace): aws.iam.PolicyStatement {
  return {
    Sid: "LogsEncrypt",
    Effect: "Allow",
    Principal: { Service: `logs.${place.region}.amazonaws.com` },
    Action: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn(place) } },
  };
}

export const functionTrustPolicy: aws.iam.PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

interface FunctionNeeds {
  readonly inVpc: boolean;
  readonly tracing: boolean;
  readonly statements: readonly aws.iam.PolicyStatement[];
}

/** What a function's role may do: write its own log, what its surroundings need, and what its code does. */
export function functionPolicy(
  place: FunctionPlace,
  { inVpc, tracing, statements }: FunctionNeeds,
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn(place)}:*`,
      },
      ...(tracing ? [traceStatement] : []),
      ...(inVpc ? networkStatements(place) : []),
      ...statements,
    ],
  };
}

/** Traces have no resource to name. */
const traceStatement: aws.iam.PolicyStatement = {
  Sid: "Trace",
  Effect: "Allow",
  Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  Resource: "*",
};

/**
 * Lambda makes the network interfaces with the function's role; the code in it has no business there. The name may be a
 * pattern, where AWS gives the function its name.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function networkStatements(place: FunctionPlace): aws.iam.PolicyStatement[] {
  const { region, accountId } = place;
  const describe = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
  const manage = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ];
  return [
    { Sid: "SeeNetwork", Effect: "Allow", Action: describe, Resource: "*" },
    {
      Sid: "ConnectToNetwork",
      Effect: "Allow",
      Action: manage,
      Resource: `arn:aws:ec2:${region}:${accountId}:*/*`,
    },
    {
      Sid: "NotFromCode",
      Effect: "Deny",
      Action: [...describe, ...manage],
      Resource: "*",
      Condition: { ArnLike: { "lambda:SourceFunctionArn": functionArn(place) } },
    },
  ];
}

/**
 * Only schedules of this account: the service would otherwise act for anybody's. It names the group, never the schedule.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function schedulerTrustPolicy({ region, accountId }: FunctionPlace): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: {
            "aws:SourceAccount": accountId,
            "aws:SourceArn": `arn:aws:scheduler:${region}:${accountId}:schedule-group/default`,
          },
        },
      },
    ],
  };
}

export function invokePolicy(target: pulumi.Input<string>): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: target }],
  };
}

function logGroupArn({ region, accountId, functionName }: FunctionPlace): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/${functionName}`;
}
