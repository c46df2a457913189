import { cisEks } from "../shared/frameworks";
import { type Grant, onGrant } from "../shared/rbac";
import { resourceRule } from "../shared/rule";

interface Settings {
  /** Grants to accept, as verb and resource: `create pods/exec`. */
  allowed: string[];
  /** Grants to accept in one Role alone: `namespace/role: create pods/exec`. A ClusterRole is none. */
  allowedInRoles: string[];
}

interface Danger {
  /** "core" is the group without a name; "*" any. */
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly clusterWideOnly?: true;
  /** None where a Role of one namespace says whose. */
  readonly unlessNamed?: true;
}

const rbac = "rbac.authorization.k8s.io";
const admission = "admissionregistration.k8s.io";
const certificates = "certificates.k8s.io";
const writing = ["create", "update", "patch"];

/** @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks */
const dangers: readonly Danger[] = [
  { group: rbac, resources: ["roles", "clusterroles"], verbs: ["bind", "escalate"] },
  {
    group: "*",
    resources: ["users", "groups", "serviceaccounts", "uids", "userextras"],
    verbs: ["impersonate"],
  },
  {
    group: "core",
    resources: ["pods/exec", "pods/attach", "pods/ephemeralcontainers"],
    verbs: ["create", "get", "update", "patch"],
  },
  { group: "core", resources: ["nodes/proxy"], verbs: ["get", ...writing, "delete"] },
  { group: "core", resources: ["serviceaccounts/token"], verbs: ["create"], unlessNamed: true },
  { group: "core", resources: ["persistentvolumes"], verbs: ["create"] },
  {
    group: "core",
    resources: ["secrets"],
    verbs: ["get", "list", "watch"],
    clusterWideOnly: true,
  },
  {
    group: admission,
    resources: ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
    verbs: writing,
  },
  {
    group: certificates,
    resources: ["certificatesigningrequests/approval", "signers"],
    verbs: ["update", "patch", "approve"],
  },
];

export const rbacNoEscalation = resourceRule<Settings>({
  name: "rbac-no-escalation",
  description:
    "No Role or ClusterRole lets its holder take more rights, enter other pods or read every secret.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks(
    "4.1.8",
    "Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster",
  ),
  tags: [
    "cis-eks:4.1.2",
    "cis-eks:4.1.8",
    "cis-eks:4.1.9",
    "cis-eks:4.1.10",
    "cis-eks:4.1.11",
    "cis-eks:4.1.12",
    "ckv:CKV_K8S_155",
    "ckv:CKV_K8S_156",
    "ckv:CKV_K8S_157",
    "ckv:CKV_K8S_158",
    "ckv:CKV2_K8S_2",
    "ckv:CKV2_K8S_3",
    "ckv:CKV2_K8S_5",
  ],
  remediationSteps:
    "Drop the verb or the resource; read secrets in named namespaces by a Role, or by resourceNames.",
  url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
  settings: {
    allowed: { type: "array", items: { type: "string" }, default: [] },
    allowedInRoles: { type: "array", items: { type: "string" }, default: [] },
  },
  checks: [
    onGrant((grant, { settings, report }) => {
      const found = dangers
        .flatMap((danger) => dangersIn(grant, danger))
        .filter((pair) => !settings.allowed.includes(pair))
        .filter((pair) => !isAllowedIn(settings, grant, pair));
      if (found.length > 0) report(`${grant.path} grants ${found.join(", ")}`);
    }),
  ],
});

/** Where a preview does not know the namespace yet, the Role's name decides; the update knows it and judges again. */
function isAllowedIn(
  { allowedInRoles }: Settings,
  { clusterWide, of }: Grant,
  pair: string,
): boolean {
  return (
    !clusterWide &&
    allowedInRoles.some((entry) =>
      of.startsWith("/") ? entry.endsWith(`${of}: ${pair}`) : entry === `${of}: ${pair}`,
    )
  );
}

/** The verb-resource pairs of a grant; a wildcard in `resources` is rbac-no-wildcard's to report. */
function dangersIn(grant: Grant, danger: Danger): string[] {
  const group = danger.group === "core" ? "" : danger.group;
  const inGroup =
    danger.group === "*" || grant.apiGroups.includes(group) || grant.apiGroups.includes("*");
  if (!inGroup) return [];
  // Named secrets are no sweep of the cluster.
  if (danger.clusterWideOnly && (!grant.clusterWide || grant.named)) return [];
  if (danger.unlessNamed && !grant.clusterWide && grant.named) return [];
  const any = grant.verbs.includes("*");
  return danger.resources
    .filter((resource) => grant.resources.includes(resource))
    .flatMap((resource) =>
      danger.verbs
        .filter((verb) => any || grant.verbs.includes(verb))
        .map((verb) => `${verb} ${resource}`),
    );
}
