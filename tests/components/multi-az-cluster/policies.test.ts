import { expect } from "chai";
import { loadBalancerPolicy } from "../../../components/multi-az-cluster/iam/load-balancer-policy";
import { nodePolicy } from "../../../components/multi-az-cluster/iam/node-policy";
import {
  logsKeyPolicy,
  secretsKeyPolicy,
  volumesKeyPolicy,
} from "../../../components/multi-az-cluster/iam/key-policies";
import { podIdentityTrust } from "../../../components/shared/pod-identity";
import type { Registration } from "../../support/engine";
import { inputsOf, policyOf, recordCluster, recordStandardCluster } from "./fixture";

interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource?: string | string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}
interface Document {
  Statement: Statement[];
}

const owner = { region: "us-west-2", accountId: "123456789012", clusterName: "auterity-test" };
const plain = (document: unknown) => JSON.parse(JSON.stringify(document)) as Document;
const list = (value: string | string[] = []) => [value].flat();

describe("Every role of a MultiAzCluster", () => {
  let registrations: Registration[];
  before(async () => {
    ({ registrations } = await recordStandardCluster());
  });

  const trusts: [string, object][] = [
    ["control-plane", { Service: "eks.amazonaws.com" }],
    ["nodes", { Service: "ec2.amazonaws.com" }],
  ];
  for (const [role, principal] of trusts) {
    it(`trusts its service alone: ${role}`, () => {
      expect(policyOf(inputsOf(registrations, "iam/Role", role), "assumeRolePolicy")).to.deep.equal(
        {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
        },
      );
    });
  }

  const accounts: [string, string][] = [
    ["vpc-cni", "aws-node"],
    ["aws-ebs-csi-driver", "ebs-csi-controller-sa"],
    ["load-balancer-controller", "aws-load-balancer-controller"],
  ];
  for (const [role, serviceAccount] of accounts) {
    it(`trusts one service account of this cluster alone: ${role}`, () => {
      const trust = policyOf(inputsOf(registrations, "iam/Role", role), "assumeRolePolicy");
      expect(trust).to.deep.equal(
        podIdentityTrust(owner, { namespace: "kube-system", serviceAccount }),
      );
    });
  }

  it("asks, for Pod Identity, for account, cluster, namespace and service account", () => {
    const trust = podIdentityTrust(owner, { namespace: "n", serviceAccount: "s" });
    expect(trust.Statement).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "123456789012",
            "aws:RequestTag/eks-cluster-arn":
              "arn:aws:eks:us-west-2:123456789012:cluster/auterity-test",
            "aws:RequestTag/kubernetes-namespace": "n",
            "aws:RequestTag/kubernetes-service-account": "s",
          },
        },
      },
    ]);
  });

  it("is bounded where a bound is given", async () => {
    const boundary = "arn:aws:iam::123456789012:policy/bound";
    const bounds = (of: readonly Registration[]) =>
      of
        .filter(({ type }) => type === "aws:iam/role:Role")
        .map(({ inputs }) => inputs["permissionsBoundary"]);
    const bounded = await recordCluster({ permissionsBoundaryArn: boundary });
    expect(bounds(bounded.registrations)).to.deep.equal(Array(5).fill(boundary));
    expect(bounds(registrations)).to.deep.equal(Array(5).fill(undefined));
  });

  it("has these managed policies and no others", () => {
    const attached = registrations
      .filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .map(({ inputs }) => `${String(inputs["role"])} ${String(inputs["policyArn"])}`)
      .sort();
    expect(attached).to.deep.equal([
      "main-aws-ebs-csi-driver arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicyV2",
      "main-nodes arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "main-nodes arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
      "main-vpc-cni arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    ]);
  });

  it("changes nothing that is not named, and uses no key but its own", () => {
    const volumesKey = "arn:aws:kms:us-west-2:123456789012:key/main-volumes-id";
    const secretsKey = "arn:aws:kms:us-west-2:123456789012:key/main-secrets-id";
    const summary = ["control-plane", "nodes", "aws-ebs-csi-driver"].map((role) =>
      (policyOf(inputsOf(registrations, "iam/RolePolicy", role)) as Document).Statement.map(
        ({ Sid, Resource }) => [Sid, Resource],
      ),
    );
    expect(summary).to.deep.equal([
      [
        ["TagNodes", "arn:aws:ec2:us-west-2:123456789012:instance/*"],
        ["SeeNodes", "*"],
        ["SeeSecretsKey", secretsKey],
      ],
      [
        ["SeeInstances", "*"],
        ["SeeCluster", "arn:aws:eks:us-west-2:123456789012:cluster/auterity-test"],
      ],
      [
        ["UseVolumesKey", volumesKey],
        ["GrantVolumesKey", volumesKey],
      ],
    ]);
  });
});

describe("The nodes' policy", () => {
  it("lets Systems Manager command them only where that is asked for, and never reads a parameter", () => {
    const identity = { region: "us-west-2", accountId: "123456789012", clusterName: "main" };
    const statements = (nodeCommands: boolean) =>
      plain(nodePolicy({ ...identity, nodeCommands })).Statement;
    expect(statements(false).map(({ Sid }) => Sid)).to.deep.equal(["SeeInstances", "SeeCluster"]);
    const actions = statements(true).flatMap(({ Action }) => list(Action));
    expect(actions).to.include.members([
      "ec2messages:GetMessages",
      "ssmmessages:OpenControlChannel",
    ]);
    expect(actions.filter((one) => /\*|Parameter|DataChannel/.test(one))).to.deep.equal([]);
  });
});

describe("The load balancer controller's policy", () => {
  const document = plain(loadBalancerPolicy(owner));

  it("reads everywhere, and writes only where a resource or a tag says so", () => {
    const everywhere = document.Statement.filter(({ Resource }) => list(Resource).includes("*"));
    expect(everywhere.map(({ Sid }) => Sid)).to.deep.equal(["See"]);
    const reading = everywhere.flatMap(({ Action }) => list(Action));
    expect(reading.filter((action) => !/:(Describe|Get|List)/.test(action))).to.deep.equal([]);
  });

  it("names every action in full", () => {
    const actions = document.Statement.flatMap(({ Action }) => list(Action));
    expect(actions.filter((action) => action.includes("*"))).to.deep.equal([]);
  });

  it("changes and deletes only what carries this cluster's name", () => {
    const conditionOf = (action: string) =>
      document.Statement.filter(({ Action }) => list(Action).includes(action)).map(
        ({ Condition }) => Condition,
      );
    const own = { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "auterity-test" } };
    expect(conditionOf("elasticloadbalancing:DeleteLoadBalancer")).to.deep.equal([own]);
    expect(conditionOf("elasticloadbalancing:DeleteTargetGroup")).to.deep.equal([own]);
    expect(conditionOf("ec2:DeleteSecurityGroup")).to.deep.equal([own]);
    expect(conditionOf("ec2:AuthorizeSecurityGroupIngress")).to.deep.equal([
      { StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/auterity-test": "owned" } },
      own,
    ]);
    expect(conditionOf("elasticloadbalancing:CreateLoadBalancer")).to.deep.equal([
      { StringEquals: { "aws:RequestTag/elbv2.k8s.aws/cluster": "auterity-test" } },
    ]);
  });

  it("names this account and region in every ARN but IAM's, which have no region", () => {
    const arns = document.Statement.flatMap(({ Resource }) => list(Resource)).filter(
      (resource) => resource !== "*",
    );
    const foreign = arns.filter(
      (arn) => !/^arn:aws:(\w[\w-]*:us-west-2|iam:):123456789012:/.test(arn),
    );
    expect(foreign).to.deep.equal([]);
  });

  it("fits into a role, with the longest name that a cluster may have", () => {
    const text = JSON.stringify(loadBalancerPolicy({ ...owner, clusterName: "c".repeat(100) }));
    // Of all inline policies of a role together, without white space.
    // @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(text.length).to.be.lessThan(10240);
  });
});

describe("The key policies of a MultiAzCluster", () => {
  it("leave each key to the account's own policies and to its one user", () => {
    const users = [secretsKeyPolicy, logsKeyPolicy, volumesKeyPolicy].map((policy) =>
      plain(policy(owner)).Statement.map(({ Principal }) => Principal),
    );
    const account = { AWS: "arn:aws:iam::123456789012:root" };
    expect(users).to.deep.equal([
      [account],
      [account, { Service: "logs.us-west-2.amazonaws.com" }],
      [account, { AWS: "*" }, { AWS: "*" }],
    ]);
  });

  it("let CloudWatch encrypt this one log group", () => {
    expect(plain(logsKeyPolicy(owner)).Statement[1]?.Condition).to.deep.equal({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn":
          "arn:aws:logs:us-west-2:123456789012:log-group:/aws/eks/auterity-test/cluster",
      },
    });
  });

  it("hold anybody but Auto Scaling's own role off the volumes' key", () => {
    const autoScaling = {
      "kms:CallerAccount": "123456789012",
      "aws:PrincipalArn":
        "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    };
    const conditions = plain(volumesKeyPolicy(owner))
      .Statement.slice(1)
      .map(({ Condition }) => Condition);
    expect(conditions).to.deep.equal([
      { StringEquals: autoScaling },
      { StringEquals: autoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
    ]);
  });
});
