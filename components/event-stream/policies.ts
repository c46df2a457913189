import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * For the role of a service: it connects, and owns the topics and consumer groups whose names begin with its own and a dot.
 * It sees no other service's.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html
 */
export function eventStreamClientStatements(
  clusterArn: pulumi.Input<string>,
  service: string,
): aws.iam.PolicyStatement[] {
  const own = (kind: "topic" | "group" | "transactional-id") =>
    pulumi
      .output(clusterArn)
      .apply((arn) => `${arn.replace(":cluster/", `:${kind}/`)}/${service}.*`);
  return [
    {
      Sid: "Connect",
      Effect: "Allow",
      Action: [
        "kafka-cluster:Connect",
        "kafka-cluster:DescribeCluster",
        "kafka-cluster:WriteDataIdempotently",
      ],
      Resource: clusterArn,
    },
    {
      Sid: "UseOwnTopics",
      Effect: "Allow",
      Action: [
        "kafka-cluster:CreateTopic",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:DescribeTopicDynamicConfiguration",
        "kafka-cluster:ReadData",
        "kafka-cluster:WriteData",
      ],
      Resource: own("topic"),
    },
    {
      Sid: "UseOwnGroups",
      Effect: "Allow",
      Action: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
      Resource: own("group"),
    },
    {
      Sid: "UseOwnTransactions",
      Effect: "Allow",
      Action: ["kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"],
      Resource: own("transactional-id"),
    },
  ];
}
