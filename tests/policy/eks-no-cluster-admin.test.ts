import { eksNoClusterAdmin } from "../../policy/rules/eks-no-cluster-admin";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const entry = "aws:eks/accessEntry:AccessEntry";
const binding = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding";
const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const admin = { policyArn: policy("AmazonEKSClusterAdminPolicy") };
const deployer = "arn:aws:iam::111122223333:role/auterity-deployer";
const listed = { settings: { principals: ["arn:aws:iam::*:role/auterity-deployer"] } };
const bound = (subject: Record<string, unknown>, name = "cluster-admin") => ({
  roleRef: { kind: "ClusterRole", name },
  subjects: [subject],
});

describeRule(eksNoClusterAdmin, [
  [
    "a smaller policy passes",
    association,
    { policyArn: policy("AmazonEKSViewPolicy"), principalArn: deployer },
    [],
  ],
  [
    "an administrator who is not listed is reported",
    association,
    { ...admin, principalArn: deployer },
    [`${deployer} gets AmazonEKSClusterAdminPolicy and is not listed in principals`],
  ],
  ["a listed administrator passes", association, { ...admin, principalArn: deployer }, [], listed],
  [
    "an environment without an account passes by the same pattern",
    association,
    { ...admin, principalArn: "arn:aws:iam::unassigned:role/auterity-deployer" },
    [],
    listed,
  ],
  [
    "a role of the same name under a path does not",
    association,
    { ...admin, principalArn: "arn:aws:iam::111122223333:role/evil/auterity-deployer" },
    [
      "arn:aws:iam::111122223333:role/evil/auterity-deployer gets AmazonEKSClusterAdminPolicy and is not listed in principals",
    ],
    listed,
  ],
  [
    "a principal that a preview does not know yet passes",
    association,
    { ...admin, principalArn: unknownText },
    [],
  ],
  [
    "the masters' group in an access entry is reported",
    entry,
    { kubernetesGroups: ["viewers", "system:masters"], principalArn: deployer },
    [`${deployer} gets system:masters and is not listed in principals`],
  ],
  ["other groups pass", entry, { kubernetesGroups: ["viewers"], principalArn: deployer }, []],
  ["an entry without groups passes", entry, { principalArn: deployer }, []],
  [
    "a binding to cluster-admin is reported",
    binding,
    bound({ kind: "Group", name: "people" }),
    ["Group/people gets cluster-admin and is not listed in subjects"],
  ],
  [
    "a service account is named with its namespace",
    binding,
    bound({ kind: "ServiceAccount", namespace: "ops", name: "tool" }),
    ["ServiceAccount/ops/tool gets cluster-admin and is not listed in subjects"],
  ],
  ["another role passes", binding, bound({ kind: "Group", name: "people" }, "view"), []],
  [
    "the masters' group is reported for any role",
    binding,
    bound({ kind: "Group", name: "system:masters" }, "view"),
    ["binds the group system:masters"],
  ],
  [
    "a binding within a namespace is judged",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    bound({ kind: "User", name: "u" }),
    ["User/u gets cluster-admin and is not listed in subjects"],
  ],
  [
    "a listed subject passes",
    binding,
    bound({ kind: "Group", name: "people" }),
    [],
    { settings: { subjects: ["Group/people"] } },
  ],
]);
