import { type AnalyzedResource, resource } from "../support/check-policy";
import { deployment, deploymentOf, document, release } from "./fixtures";

/** A resource with its own name, so that every URN is told apart. */
function bad(type: string, name: string, inputs: Record<string, unknown>): AnalyzedResource {
  return resource(type, inputs, { name });
}

const everything = { Effect: "Allow", Action: "*", Resource: "*" };

/** A stack in which nothing is right: every rule has to find something in it. */
export const badStack: readonly AnalyzedResource[] = [
  bad("pulumi:pulumi:Stack", "auterity-test", {}),
  bad("pulumi:providers:aws", "aws", { allowedAccountIds: '["unassigned"]' }),
  bad(deployment, "bare-tag", deploymentOf("nginx:latest")),
  bad(
    deployment,
    "unreleased",
    deploymentOf("unassigned.dkr.ecr.us-west-2.amazonaws.com/auterity/api:unreleased"),
  ),
  bad("aws:ecr/repository:Repository", "repository", {
    name: "auterity/api",
    imageTagMutability: "MUTABLE",
  }),
  bad("aws:ecr/repositoryPolicy:RepositoryPolicy", "open-repository", {
    repository: "auterity/api",
    policy: document({ Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" }),
  }),
  bad(release, "chart", { chart: "x", values: { image: { tag: "1.0" } } }),
  bad("aws:iam/policy:Policy", "everything", { policy: document(everything) }),
  bad("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "admin", {
    role: "r",
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  }),
  bad("aws:iam/role:Role", "open-role", {
    assumeRolePolicy: document(
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" },
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "pods.eks.amazonaws.com" },
      },
    ),
  }),
  bad("aws:iam/user:User", "user", { name: "ci" }),
  bad("aws:eks/podIdentityAssociation:PodIdentityAssociation", "nobody", {
    clusterName: "c",
    namespace: "app",
    serviceAccount: "nobody",
    roleArn: "arn:aws:iam::111122223333:role/r",
  }),
  bad("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "everybody", {
    clusterName: "c",
    principalArn: "arn:aws:iam::111122223333:role/everybody",
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  }),
  bad("aws:eks/cluster:Cluster", "cluster", { name: "c" }),
  bad("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "super", {
    rules: [
      { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
      { apiGroups: [""], resources: ["secrets"], verbs: ["list"] },
    ],
  }),
];
