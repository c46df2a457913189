import type * as aws from "@pulumi/aws";
import type { ClusterSpec } from "../args";
import { readActions } from "./load-balancer-reads";

type Owner = Pick<ClusterSpec, "region" | "accountId" | "clusterName">;

/** The controller puts it, with the cluster's name, on everything that it makes. */
const ownerTag = "elbv2.k8s.aws/cluster";

/**
 * The controller's reference policy for v3.5.0, narrowed: ARNs of this account and region; tags that name this cluster
 * where the reference asks only that they exist; rules only in security groups of this cluster; no Shield and no
 * classic WAF, which the controller is told not to use, and no address pools of Outposts.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json
 */
export function loadBalancerPolicy(owner: Owner): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      ...seeing(owner),
      ...securityGroups(owner),
      ...loadBalancers(owner),
      ...tagging(owner),
    ],
  };
}

const made = ({ clusterName }: Owner) => ({
  StringEquals: { [`aws:ResourceTag/${ownerTag}`]: clusterName },
});
const making = ({ clusterName }: Owner) => ({
  StringEquals: { [`aws:RequestTag/${ownerTag}`]: clusterName },
});
/** What is the cluster's own stays so: its tag is neither given to others nor taken away. */
const retagging = (owner: Owner) => ({
  ...made(owner),
  Null: { [`aws:RequestTag/${ownerTag}`]: "true" },
});

function elasticLoadBalancing({ region, accountId }: Owner, resources: readonly string[]) {
  const prefix = `arn:aws:elasticloadbalancing:${region}:${accountId}`;
  return resources.map((resource) => `${prefix}:${resource}`);
}

function seeing({ region, accountId }: Owner): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "ServiceRole",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:aws:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
      Condition: {
        StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
      },
    },
    {
      Sid: "See",
      Effect: "Allow",
      Action: [...readActions],
      Resource: "*",
    },
    {
      Sid: "SeeGroupsOfVpc",
      Effect: "Allow",
      Action: "ec2:GetSecurityGroupsForVpc",
      Resource: `arn:aws:ec2:${region}:${accountId}:vpc/*`,
    },
    {
      Sid: "CertificatesAndSignIn",
      Effect: "Allow",
      Action: [
        "acm:DescribeCertificate",
        "iam:GetServerCertificate",
        "cognito-idp:DescribeUserPoolClient",
      ],
      Resource: [
        `arn:aws:acm:${region}:${accountId}:certificate/*`,
        `arn:aws:iam::${accountId}:server-certificate/*`,
        `arn:aws:cognito-idp:${region}:${accountId}:userpool/*`,
      ],
    },
    {
      Sid: "Firewall",
      Effect: "Allow",
      Action: [
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
        "wafv2:AssociateWebACL",
        "wafv2:DisassociateWebACL",
      ],
      Resource: [
        `arn:aws:wafv2:${region}:${accountId}:regional/webacl/*`,
        `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/*`,
      ],
    },
  ];
}

function securityGroups(owner: Owner): aws.iam.PolicyStatement[] {
  const { region, accountId, clusterName } = owner;
  const groups = `arn:aws:ec2:${region}:${accountId}:security-group/*`;
  return [
    {
      Sid: "OpenNodes",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
      Condition: {
        StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" },
      },
    },
    {
      Sid: "MakeGroups",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: [groups, `arn:aws:ec2:${region}:${accountId}:vpc/*`],
    },
    {
      Sid: "TagNewGroups",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: groups,
      Condition: {
        StringEquals: {
          "ec2:CreateAction": "CreateSecurityGroup",
          ...making(owner).StringEquals,
        },
      },
    },
    {
      Sid: "TagOwnGroups",
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags"],
      Resource: groups,
      Condition: retagging(owner),
    },
    {
      Sid: "OwnGroups",
      Effect: "Allow",
      Action: [
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:RevokeSecurityGroupIngress",
        "ec2:DeleteSecurityGroup",
      ],
      Resource: groups,
      Condition: made(owner),
    },
  ];
}

function loadBalancers(owner: Owner): aws.iam.PolicyStatement[] {
  const listeners = ["listener/*", "listener-rule/*", "loadbalancer/*"];
  return [
    {
      Sid: "Make",
      Effect: "Allow",
      Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      Resource: elasticLoadBalancing(owner, ["loadbalancer/*", "targetgroup/*"]),
      Condition: making(owner),
    },
    {
      // Without a tag condition in the reference policy too: a listener has none when its rules are made.
      Sid: "Listeners",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:SetWebAcl",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:SetRulePriorities",
      ],
      Resource: elasticLoadBalancing(owner, listeners),
    },
    {
      Sid: "Own",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyCapacityReservation",
        "elasticloadbalancing:ModifyIpPools",
      ],
      Resource: elasticLoadBalancing(owner, ["loadbalancer/*", "targetgroup/*", "listener/*"]),
      Condition: made(owner),
    },
    {
      Sid: "Targets",
      Effect: "Allow",
      Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
      Resource: elasticLoadBalancing(owner, ["targetgroup/*/*"]),
    },
  ];
}

function tagging(owner: Owner): aws.iam.PolicyStatement[] {
  const taggable = ["targetgroup/*/*", "loadbalancer/net/*/*", "loadbalancer/app/*/*"];
  return [
    {
      Sid: "TagOwn",
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      Resource: elasticLoadBalancing(owner, taggable),
      Condition: retagging(owner),
    },
    {
      Sid: "TagListeners",
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      Resource: elasticLoadBalancing(owner, [
        "listener/net/*/*/*",
        "listener/app/*/*/*",
        "listener-rule/net/*/*/*",
        "listener-rule/app/*/*/*",
      ]),
    },
    {
      Sid: "TagNew",
      Effect: "Allow",
      Action: "elasticloadbalancing:AddTags",
      Resource: elasticLoadBalancing(owner, taggable),
      Condition: {
        StringEquals: {
          "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"],
          ...making(owner).StringEquals,
        },
      },
    },
  ];
}
