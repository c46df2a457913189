import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { functionLogKeyStatement } from "../shared/function-policies";
import {
  publisherTopicPolicy,
  topicKeyStatements,
  type TopicPublisher,
} from "../shared/topic-policies";
import type { CostControlsSpec } from "./args";

type Statement = aws.iam.PolicyStatement;
type Place = Pick<CostControlsSpec, "region" | "accountId">;

/** Who tells of costs; only for this account. */
function publishers({ accountId }: Place): TopicPublisher[] {
  const ofAccount = { StringEquals: { "aws:SourceAccount": accountId } };
  return [
    {
      sid: "Budgets",
      service: "budgets.amazonaws.com",
      condition: { ...ofAccount, ArnLike: { "aws:SourceArn": `arn:aws:budgets::${accountId}:*` } },
    },
    { sid: "Anomalies", service: "costalerts.amazonaws.com", condition: ofAccount },
  ];
}

/** For what is published, and for the log of the report. */
export function costKeyPolicy(place: Place, functionName: string): aws.iam.PolicyDocument {
  // No ARN of a budget or a subscription is named where something is encrypted.
  const condition = { StringEquals: { "aws:SourceAccount": place.accountId } };
  const encrypting = publishers(place).map((publisher) => ({ ...publisher, condition }));
  return {
    Version: "2012-10-17",
    Statement: [
      ...topicKeyStatements(place.accountId, encrypting),
      functionLogKeyStatement({ ...place, functionName }),
    ],
  };
}

/**
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
 */
export function costTopicPolicy(
  place: Place,
  topicArn: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  return publisherTopicPolicy(topicArn, publishers(place));
}

interface ReportNeeds {
  readonly topicArn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly report: CostControlsSpec["report"];
  readonly accountId: string;
}

/** What the report may do: ask what was spent, and tell it. */
export function reportStatements({
  topicArn,
  keyArn,
  report,
  accountId,
}: ReportNeeds): Statement[] {
  const { chatSecretArn, chatSecretKeyArn } = report;
  return [
    {
      Sid: "AskCosts",
      Effect: "Allow",
      Action: [
        "ce:GetCostAndUsage",
        "ce:GetCostForecast",
        "ce:GetSavingsPlansPurchaseRecommendation",
      ],
      // The account's own bill: what is asked without the name of a view.
      Resource: `arn:aws:billing::${accountId}:billingview/primary`,
    },
    {
      Sid: "AskRightsizing",
      Effect: "Allow",
      Action: "ce:GetRightsizingRecommendation",
      // It knows no resources.
      Resource: "*",
    },
    { Sid: "Tell", Effect: "Allow", Action: "sns:Publish", Resource: topicArn },
    {
      Sid: "EncryptWhatIsTold",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
    },
    ...(chatSecretArn === undefined || chatSecretKeyArn === undefined
      ? []
      : [
          {
            Sid: "ReadChatAddress",
            Effect: "Allow" as const,
            Action: "secretsmanager:GetSecretValue",
            Resource: chatSecretArn,
          },
          {
            Sid: "DecryptChatAddress",
            Effect: "Allow" as const,
            Action: "kms:Decrypt",
            Resource: chatSecretKeyArn,
          },
        ]),
  ];
}
