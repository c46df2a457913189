import type * as aws from "@pulumi/aws";
import { cisEks } from "../shared/frameworks";
import { known, snapshot, unknownValue } from "../shared/known";
import { matchesSegments } from "../shared/pattern";
import { manifestsOf } from "../shared/pods";
import { rbacTokens } from "../shared/rbac";
import { type Subject, onResource, onType, resourceRule } from "../shared/rule";
import { listAt, textAt } from "../shared/tree";

interface Settings {
  /** ARNs (patterns) of the principals that may be cluster administrators. */
  principals: string[];
  /** Subjects of bindings that may be: `Group/name`, `User/name`, `ServiceAccount/namespace/name`. */
  subjects: string[];
}

/** What makes an administrator of the whole cluster. */
const clusterAdminPolicy = "AmazonEKSClusterAdminPolicy";
const clusterAdminRole = "cluster-admin";
const clusterAdminGroup = "system:masters";

export const eksNoClusterAdmin = resourceRule<Settings>({
  name: "eks-no-cluster-admin",
  description: "Only listed principals administer a whole cluster.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("4.1.1", "Ensure that the cluster-admin role is only used where required"),
  tags: ["cis-eks:4.1.1", "cis-eks:4.1.7"],
  remediationSteps:
    "Give an access policy or ClusterRole with fewer rights, scoped to namespaces; list a principal that must administer in `principals`.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html",
  settings: {
    principals: { type: "array", items: { type: "string" }, default: [] },
    subjects: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onType<aws.eks.AccessPolicyAssociationArgs, Settings>(
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      (association, subject) => {
        const policy = known(() => association.policyArn)
          ?.split("/")
          .at(-1);
        if (policy === clusterAdminPolicy)
          judgePrincipal(
            known(() => association.principalArn, unknownValue),
            policy,
            subject,
          );
      },
    ),
    onType<aws.eks.AccessEntryArgs, Settings>(
      "aws:eks/accessEntry:AccessEntry",
      (entry, subject) => {
        const groups = snapshot(() => entry.kubernetesGroups);
        if (Array.isArray(groups) && groups.includes(clusterAdminGroup))
          judgePrincipal(
            known(() => entry.principalArn, unknownValue),
            clusterAdminGroup,
            subject,
          );
      },
    ),
    onResource(rbacTokens("ClusterRoleBinding", "RoleBinding"), (subject) => {
      for (const { manifest } of manifestsOf(subject.props)) judgeBinding(manifest, subject);
    }),
  ],
});

function judgePrincipal(
  principal: string | typeof unknownValue,
  right: string,
  { settings, report }: Subject<Settings>,
): void {
  if (principal === unknownValue) return;
  if (!settings.principals.some((pattern) => matchesSegments(pattern, principal)))
    report(`${principal} gets ${right} and is not listed in principals`);
}

function judgeBinding(binding: unknown, { settings, report }: Subject<Settings>): void {
  const administers = textAt(binding, "roleRef", "name") === clusterAdminRole;
  for (const subject of listAt(binding, "subjects")) {
    const [kind = "", name = ""] = [textAt(subject, "kind"), textAt(subject, "name")];
    const namespace = textAt(subject, "namespace");
    const named = namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
    if (settings.subjects.includes(named)) continue;
    if (kind === "Group" && name === clusterAdminGroup)
      report(`binds the group ${clusterAdminGroup}`);
    else if (administers) report(`${named} gets ${clusterAdminRole} and is not listed in subjects`);
  }
}
