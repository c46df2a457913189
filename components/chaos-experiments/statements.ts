import type * as aws from "@pulumi/aws";
import type { ChaosExperimentsSpec } from "./args";

type Statement = aws.iam.PolicyStatement;

const allow = (
  sid: string,
  action: string | string[],
  rest: Omit<Statement, "Sid" | "Effect" | "Action">,
): Statement => ({ Sid: sid, Effect: "Allow", Action: action, ...rest });

/** Only what carries the tag of targets, and the environment's. */
function ofTargets({ targetTag, environment }: ChaosExperimentsSpec) {
  return {
    StringEquals: {
      [`aws:ResourceTag/${targetTag.key}`]: targetTag.value,
      "aws:ResourceTag/environment": environment,
    },
  };
}

function arn({ region, accountId }: ChaosExperimentsSpec, service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${rest}`;
}

/** What FIS makes for the time of an experiment carries this tag, and it takes nothing else apart. */
const own = { StringEquals: { "ec2:ResourceTag/managedByFIS": "true" } };
const becomesOwn = { StringEquals: { "aws:RequestTag/managedByFIS": "true" } };

function seeTargets(actions: readonly string[]): Statement {
  return allow("SeeTargets", [...actions, "tag:GetResources"], { Resource: "*" });
}

export function nodeStatements(spec: ChaosExperimentsSpec, actions: string[]): Statement[] {
  const restarts = actions.includes("ec2:StartInstances");
  return [
    allow("HitNodes", actions, {
      ...{ Resource: arn(spec, "ec2", "instance/*"), Condition: ofTargets(spec) },
    }),
    allow("SeeNodes", "ec2:DescribeInstances", { Resource: "*" }),
    // Their disks are encrypted, and EC2 opens them.
    ...(restarts
      ? [
          allow("OpenDisks", "kms:CreateGrant", {
            Resource: arn(spec, "kms", "key/*"),
            Condition: {
              Bool: { "kms:GrantIsForAWSResource": "true" },
              StringEquals: { "kms:ViaService": `ec2.${spec.region}.amazonaws.com` },
            },
          }),
        ]
      : []),
  ];
}

/**
 * The launches of this cluster's groups alone; EKS names groups after the node groups, and those begin with the cluster's
 * name. @see https://docs.aws.amazon.com/fis/latest/userguide/security_iam_id-based-policy-examples.html
 */
export function capacityStatements(spec: ChaosExperimentsSpec): Statement[] {
  const groups = `autoScalingGroup:*:autoScalingGroupName/eks-${spec.clusterName}-*`;
  return [
    allow("PauseLaunches", "ec2:InjectApiError", {
      Resource: "*",
      Condition: {
        StringEquals: { "ec2:FisActionId": "aws:ec2:asg-insufficient-instance-capacity-error" },
        "ForAllValues:ArnLike": { "ec2:FisTargetArns": arn(spec, "autoscaling", groups) },
      },
    }),
    allow("SeeGroups", ["autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeTags"], {
      Resource: "*",
    }),
  ];
}

/** A copy of the subnet's ACL takes its place. */
export function subnetStatements(spec: ChaosExperimentsSpec): Statement[] {
  const acls = arn(spec, "ec2", "network-acl/*");
  const subnets = arn(spec, "ec2", "subnet/*");
  const vpcs = arn(spec, "ec2", "vpc/*");
  return [
    allow("CopyAcl", "ec2:CreateNetworkAcl", { Resource: acls, Condition: becomesOwn }),
    allow("CopyAclInVpc", "ec2:CreateNetworkAcl", { Resource: vpcs }),
    allow("MarkAcl", "ec2:CreateTags", {
      Resource: acls,
      Condition: {
        StringEquals: { "ec2:CreateAction": "CreateNetworkAcl", ...becomesOwn.StringEquals },
      },
    }),
    allow("ChangeAcl", ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"], {
      ...{ Resource: acls, Condition: own },
    }),
    allow("CutSubnets", "ec2:ReplaceNetworkAclAssociation", {
      ...{ Resource: subnets, Condition: ofTargets(spec) },
    }),
    allow("CutSubnetsByAcl", "ec2:ReplaceNetworkAclAssociation", { Resource: acls }),
    seeTargets([
      "ec2:DescribeManagedPrefixLists",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ]),
  ];
}

export function cacheStatements(spec: ChaosExperimentsSpec): Statement[] {
  const groups = arn(spec, "elasticache", "replicationgroup:*");
  return [
    allow("StopCache", "elasticache:InterruptClusterAzPower", {
      ...{ Resource: groups, Condition: ofTargets(spec) },
    }),
    allow("SeeCache", "elasticache:DescribeReplicationGroups", { Resource: groups }),
  ];
}

export function databaseStatements(spec: ChaosExperimentsSpec): Statement[] {
  const clusters = arn(spec, "rds", "cluster:*");
  return [
    allow("FailOver", "rds:FailoverDBCluster", {
      ...{ Resource: clusters, Condition: ofTargets(spec) },
    }),
    allow("SeeDatabases", "rds:DescribeDBClusters", { Resource: clusters }),
    seeTargets([]),
  ];
}

/** What it does in the cluster is for the cluster to allow. */
export function clusterStatements(spec: ChaosExperimentsSpec): Statement[] {
  return [
    allow("SeeCluster", "eks:DescribeCluster", {
      Resource: arn(spec, "eks", `cluster/${spec.clusterName}`),
    }),
    seeTargets(["ec2:DescribeSubnets"]),
  ];
}

/** @see https://docs.aws.amazon.com/fis/latest/userguide/az-application-slowdown-scenario.html */
export function commandStatements(spec: ChaosExperimentsSpec, documentArn: string): Statement[] {
  return [
    allow("HitNodes", "ssm:SendCommand", {
      ...{ Resource: arn(spec, "ec2", "instance/*"), Condition: ofTargets(spec) },
    }),
    allow("ByThisAlone", "ssm:SendCommand", { Resource: documentArn }),
    allow("FollowCommands", ["ssm:CancelCommand", "ssm:ListCommands"], { Resource: "*" }),
    seeTargets(["ec2:DescribeInstances", "ec2:DescribeSubnets"]),
  ];
}

/** Route tables of its own take the place of the subnets'. @see https://docs.aws.amazon.com/fis/latest/userguide/cross-region-scenario.html */
export function regionStatements(spec: ChaosExperimentsSpec): Statement[] {
  const tables = arn(spec, "ec2", "route-table/*");
  const subnets = arn(spec, "ec2", "subnet/*");
  const interfaces = arn(spec, "ec2", "network-interface/*");
  const lists = arn(spec, "ec2", "prefix-list/*");
  const marks = (kind: string, resource: string): Statement =>
    allow(`Mark${kind}`, "ec2:CreateTags", {
      Resource: resource,
      Condition: {
        StringEquals: { "ec2:CreateAction": `Create${kind}`, ...becomesOwn.StringEquals },
      },
    });
  const makes = (kind: string, resource: string): Statement =>
    allow(`Make${kind}`, `ec2:Create${kind}`, { Resource: resource, Condition: becomesOwn });
  return [
    makes("RouteTable", tables),
    makes("NetworkInterface", interfaces),
    makes("ManagedPrefixList", lists),
    marks("RouteTable", tables),
    marks("NetworkInterface", interfaces),
    marks("ManagedPrefixList", lists),
    allow("MakeInVpc", ["ec2:CreateRouteTable", "ec2:DeleteRouteTable"], {
      Resource: arn(spec, "ec2", "vpc/*"),
    }),
    allow("MakeInSubnets", "ec2:CreateNetworkInterface", {
      Resource: [subnets, arn(spec, "ec2", "security-group/*")],
    }),
    allow(
      "ChangeOwn",
      [
        "ec2:CreateRoute",
        "ec2:DeleteManagedPrefixList",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteRouteTable",
        "ec2:DisassociateRouteTable",
        "ec2:ModifyManagedPrefixList",
        "ec2:ModifyVpcEndpoint",
      ],
      { Resource: [tables, interfaces, lists], Condition: own },
    ),
    allow(
      "RerouteSubnets",
      ["ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:ReplaceRouteTableAssociation"],
      { Resource: subnets, Condition: ofTargets(spec) },
    ),
    allow("RerouteByTable", ["ec2:AssociateRouteTable", "ec2:ReplaceRouteTableAssociation"], {
      Resource: tables,
    }),
    allow("ReadLists", "ec2:GetManagedPrefixListEntries", { Resource: lists }),
    seeTargets([
      "ec2:DescribeManagedPrefixLists",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeVpcPeeringConnections",
      "ec2:DescribeVpcs",
    ]),
  ];
}
