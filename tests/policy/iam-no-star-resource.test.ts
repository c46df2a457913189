import { iamNoStarResource } from "../../policy/rules/iam-no-star-resource";
import { allowing, identityPolicy } from "./fixtures";
import { describeRule } from "./rule-table";

const at = 'policy, statement "Test"';
const scopable = (actions: string) => [
  `${at}: every resource for actions that can be scoped: ${actions}`,
];
const star = { Resource: "*" };

describeRule(iamNoStarResource, [
  [
    "a named resource passes",
    identityPolicy,
    allowing({ Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" }),
    [],
  ],
  [
    "an action that can be scoped is reported",
    identityPolicy,
    allowing({ ...star, Action: "ec2:RunInstances" }),
    scopable("ec2:RunInstances"),
  ],
  [
    "an action that cannot be scoped passes",
    identityPolicy,
    allowing({ ...star, Action: "ecr:GetAuthorizationToken" }),
    [],
  ],
  [
    "a family that cannot be scoped passes by pattern and by name",
    identityPolicy,
    allowing({ ...star, Action: ["ec2:Describe*", "ec2:DescribeSubnets", "ec2:describevpcs"] }),
    [],
  ],
  [
    "a wider pattern than the family is reported",
    identityPolicy,
    allowing({ ...star, Action: "ec2:D*" }),
    scopable("ec2:D*"),
  ],
  [
    "only the scopable ones are listed",
    identityPolicy,
    allowing({ ...star, Action: ["sts:GetCallerIdentity", "kms:Decrypt"] }),
    scopable("kms:Decrypt"),
  ],
  [
    "a long list is cut",
    identityPolicy,
    allowing({ ...star, Action: ["a", "b", "c", "d", "e", "f", "g"].map((name) => `sqs:${name}`) }),
    scopable("sqs:a, sqs:b, sqs:c, sqs:d, sqs:e and 2 more"),
  ],
  [
    "a star among named resources counts",
    identityPolicy,
    allowing({
      Action: "sqs:SendMessage",
      Resource: ["arn:aws:sqs:us-west-2:111122223333:q", "*"],
    }),
    scopable("sqs:SendMessage"),
  ],
  [
    "all but some resources are every resource",
    identityPolicy,
    allowing({ Action: "sqs:SendMessage", NotResource: "arn:aws:sqs:us-west-2:111122223333:q" }),
    scopable("sqs:SendMessage"),
  ],
  [
    "all but some actions are reported",
    identityPolicy,
    allowing({ ...star, NotAction: "iam:*" }),
    [`${at}: allows all but a list of actions on every resource`],
  ],
  [
    "a condition on the resource's tag scopes",
    identityPolicy,
    allowing({
      ...star,
      Action: "ec2:TerminateInstances",
      Condition: { StringEquals: { "aws:ResourceTag/team": "a" } },
    }),
    [],
  ],
  [
    "a service's own tag key scopes",
    identityPolicy,
    allowing({
      ...star,
      Action: "ec2:TerminateInstances",
      Condition: { StringLike: { "ec2:ResourceTag/team": "a*" } },
    }),
    [],
  ],
  [
    "that a tag exists scopes",
    identityPolicy,
    allowing({
      ...star,
      Action: "ec2:TerminateInstances",
      Condition: { Null: { "aws:ResourceTag/team": "false" } },
    }),
    [],
  ],
  [
    "the service of a service-linked role scopes",
    identityPolicy,
    allowing({
      ...star,
      Action: "iam:CreateServiceLinkedRole",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    }),
    [],
  ],
  [
    "that a tag is missing does not",
    identityPolicy,
    allowing({
      ...star,
      Action: "ec2:TerminateInstances",
      Condition: { Null: { "aws:ResourceTag/team": "true" } },
    }),
    scopable("ec2:TerminateInstances"),
  ],
  [
    "a negative condition does not",
    identityPolicy,
    allowing({
      ...star,
      Action: "ec2:TerminateInstances",
      Condition: { StringNotEquals: { "aws:ResourceTag/team": "a" } },
    }),
    scopable("ec2:TerminateInstances"),
  ],
  [
    "any value at all does not",
    identityPolicy,
    allowing({
      ...star,
      Action: "ec2:TerminateInstances",
      Condition: { StringLike: { "aws:ResourceTag/team": "*" } },
    }),
    scopable("ec2:TerminateInstances"),
  ],
  [
    "a tag of the request does not",
    identityPolicy,
    allowing({
      ...star,
      Action: "ec2:CreateVolume",
      Condition: { StringEquals: { "aws:RequestTag/team": "a" } },
    }),
    scopable("ec2:CreateVolume"),
  ],
  [
    "more actions can be named as unscopable",
    identityPolicy,
    allowing({ ...star, Action: "ec2:RunInstances" }),
    [],
    { settings: { alsoUnscopable: ["ec2:Run*"] } },
  ],
  [
    "other scoping conditions can be named",
    identityPolicy,
    allowing({
      ...star,
      Action: "kms:Decrypt",
      Condition: { StringEquals: { "kms:ViaService": "s3" } },
    }),
    [],
    { settings: { scopedBy: ["kms:ViaService"] } },
  ],
  [
    "a key's own policy, where * is the key, is no identity policy",
    "aws:kms/key:Key",
    allowing({ ...star, Action: "kms:Decrypt" }),
    [],
  ],
]);
