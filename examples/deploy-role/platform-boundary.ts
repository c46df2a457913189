/** Every service that some role of the platform calls; a test compares it with the roles of every environment. */
const services = [
  ...[
    "acm",
    "athena",
    "autoscaling",
    "backup",
    "cloudwatch",
    "cognito-idp",
    "ec2",
    "ecr",
    "eks",
    "eks-auth",
  ],
  ...[
    "ec2messages",
    "elasticache",
    "elasticloadbalancing",
    "es",
    "events",
    "fis",
    "glue",
    "kms",
    "lambda",
    "logs",
    "rds",
    "s3",
  ],
  ...["secretsmanager", "sns", "sqs", "ssm", "ssmmessages", "sts", "synthetics", "tag", "wafv2"],
];

/** The most that any role of the platform can do: nothing in IAM but what load balancing asks for. */
export function platformBoundaryPolicy(regions: readonly string[]) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Services",
        Effect: "Allow",
        Action: services.map((service) => `${service}:*`),
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": regions } },
      },
      // What was spent is asked of one endpoint for the world.
      {
        Sid: "Costs",
        Effect: "Allow",
        Action: [
          "ce:GetCostAndUsage",
          "ce:GetCostForecast",
          "ce:GetRightsizingRecommendation",
          "ce:GetSavingsPlansPurchaseRecommendation",
        ],
        Resource: "*",
      },
      // Kafka's own protocol: its requests name no region, and its resources do.
      {
        Sid: "EventStream",
        Effect: "Allow",
        Action: ["kafka-cluster:*"],
        Resource: "*",
      },
      {
        // For environments whose nodes Karpenter starts; prices and zonal shifts are asked for without a region of ours.
        Sid: "Nodes",
        Effect: "Allow",
        Action: [
          "arc-zonal-shift:GetManagedResource",
          "iam:GetInstanceProfile",
          "iam:ListInstanceProfiles",
          "pricing:GetProducts",
        ],
        Resource: "*",
      },
      {
        Sid: "NodeRole",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "*",
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      },
      {
        Sid: "LoadBalancing",
        Effect: "Allow",
        Action: [
          "iam:CreateServiceLinkedRole",
          "iam:GetServerCertificate",
          "iam:ListServerCertificates",
        ],
        Resource: "*",
      },
    ],
  };
}
