import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { accountAdministersKey } from "./key-statements";

type Statement = aws.iam.PolicyStatement;

/** A service of AWS that publishes to a topic, and for whom it may speak there. */
export interface TopicPublisher {
  /** Start of its statements' names. */
  readonly sid: string;
  readonly service: string;
  readonly condition: NonNullable<Statement["Condition"]>;
}

/** Of the policy of the topic's key: the account administers it, and publishers encrypt. SNS itself uses the key through the grant of the topic. */
export function topicKeyStatements(
  accountId: string,
  publishers: readonly TopicPublisher[],
): Statement[] {
  return [
    accountAdministersKey(accountId),
    ...publishers.map(({ sid, service, condition }): Statement => ({
      Sid: `${sid}Encrypt`,
      Effect: "Allow",
      Principal: { Service: service },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: condition,
    })),
  ];
}

/** Publishers publish; nobody does over an unencrypted connection. */
export function publisherTopicPolicy(
  topicArn: pulumi.Input<string>,
  publishers: readonly TopicPublisher[],
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      ...publishers.map(({ sid, service, condition }): Statement => ({
        Sid: `${sid}Publish`,
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: condition,
      })),
      {
        Sid: "EncryptedConnectionsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
