import { rbacNoEscalation } from "../../policy/rules/rbac-no-escalation";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const clusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const role = "kubernetes:rbac.authorization.k8s.io/v1:Role";
type Rule = [apiGroups: string[], resources: string[], verbs: string[], more?: object];
const rule = (...[apiGroups, resources, verbs, more = {}]: Rule) => ({
  rules: [{ apiGroups, resources, verbs, ...more }],
});
const grants = (pairs: string) => [`rules[0] grants ${pairs}`];
const rbac = "rbac.authorization.k8s.io";

describeRule(rbacNoEscalation, [
  ["reading pods passes", clusterRole, rule([""], ["pods"], ["get", "list"]), []],
  [
    "binding and escalating are reported",
    clusterRole,
    rule([rbac], ["clusterroles"], ["bind", "escalate"]),
    grants("bind clusterroles, escalate clusterroles"),
  ],
  [
    "impersonation is reported",
    clusterRole,
    rule(["", "authentication.k8s.io"], ["users"], ["impersonate"]),
    grants("impersonate users"),
  ],
  [
    "entering pods is reported",
    role,
    rule([""], ["pods/exec"], ["create"]),
    grants("create pods/exec"),
  ],
  [
    "the way to every kubelet is reported",
    clusterRole,
    rule([""], ["nodes/proxy"], ["get"]),
    grants("get nodes/proxy"),
  ],
  [
    "minting tokens is reported",
    role,
    rule([""], ["serviceaccounts/token"], ["create"]),
    grants("create serviceaccounts/token"),
  ],
  [
    "changing webhooks is reported",
    clusterRole,
    rule(["admissionregistration.k8s.io"], ["mutatingwebhookconfigurations"], ["get", "patch"]),
    grants("patch mutatingwebhookconfigurations"),
  ],
  [
    "approving certificates is reported",
    clusterRole,
    rule(["certificates.k8s.io"], ["certificatesigningrequests/approval"], ["update"]),
    grants("update certificatesigningrequests/approval"),
  ],
  [
    "making volumes is reported",
    clusterRole,
    rule([""], ["persistentvolumes"], ["create"]),
    grants("create persistentvolumes"),
  ],
  [
    "reading every secret is reported",
    clusterRole,
    rule([""], ["secrets"], ["get", "list", "update"]),
    grants("get secrets, list secrets"),
  ],
  [
    "reading named secrets passes",
    clusterRole,
    rule([""], ["secrets"], ["get"], { resourceNames: ["tls"] }),
    [],
  ],
  ["reading the secrets of one namespace passes", role, rule([""], ["secrets"], ["get"]), []],
  [
    "the token of a named service account of one namespace passes",
    role,
    rule([""], ["serviceaccounts/token"], ["create"], { resourceNames: ["reader"] }),
    [],
  ],
  [
    "one whose name a preview does not know is named too",
    role,
    rule([""], ["serviceaccounts/token"], ["create"], { resourceNames: [unknownText] }),
    [],
  ],
  [
    "one of that name in every namespace is reported",
    clusterRole,
    rule([""], ["serviceaccounts/token"], ["create"], { resourceNames: ["reader"] }),
    grants("create serviceaccounts/token"),
  ],
  [
    "every verb includes the dangerous ones",
    role,
    rule([""], ["serviceaccounts/token"], ["*"]),
    grants("create serviceaccounts/token"),
  ],
  [
    "every group includes the right one",
    clusterRole,
    rule(["*"], ["nodes/proxy"], ["get"]),
    grants("get nodes/proxy"),
  ],
  [
    "another group passes",
    clusterRole,
    rule(["metrics.k8s.io"], ["nodes/proxy", "secrets"], ["get"]),
    [],
  ],
  ["every resource is rbac-no-wildcard's to report", clusterRole, rule(["*"], ["*"], ["*"]), []],
  [
    "grants can be allowed one by one",
    role,
    rule([""], ["pods/exec"], ["create", "get"]),
    grants("get pods/exec"),
    { settings: { allowed: ["create pods/exec"] } },
  ],
  ...(
    [
      ["a Role that is listed may enter the pods of its namespace", "chaos", []],
      ["the same Role of another namespace may not", "other", ["create pods/exec"]],
      ["where a preview does not know the namespace yet, the name decides", unknownText, []],
    ] as const
  ).map(
    ([sentence, namespace, reported]) =>
      [
        sentence,
        role,
        {
          metadata: { name: "fault-injector", namespace },
          ...rule([""], ["pods/exec"], ["create"]),
        },
        reported.flatMap(grants),
        { settings: { allowedInRoles: ["chaos/fault-injector: create pods/exec"] } },
      ] as const,
  ),
  [
    "a ClusterRole of the name is reported all the same",
    clusterRole,
    { metadata: { name: "chaos/fault-injector" }, ...rule([""], ["pods/exec"], ["create"]) },
    grants("create pods/exec"),
    { settings: { allowedInRoles: ["chaos/fault-injector: create pods/exec"] } },
  ],
]);
