import { rbacNoWildcard } from "../../policy/rules/rbac-no-wildcard";
import { describeRule } from "./rule-table";

const clusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const named = { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] };
const rules = (...list: Record<string, unknown>[]) => ({ rules: list });

describeRule(rbacNoWildcard, [
  ["named things pass", clusterRole, rules(named), []],
  [
    "every verb is reported",
    clusterRole,
    rules({ ...named, verbs: ["*"] }),
    ["rules[0].verbs has the wildcard *"],
  ],
  [
    "every resource is reported",
    clusterRole,
    rules(named, { ...named, resources: ["*"] }),
    ["rules[1].resources has the wildcard *"],
  ],
  [
    "every subresource is reported",
    clusterRole,
    rules({ ...named, resources: ["pods/*", "*/scale"] }),
    ["rules[0].resources has the wildcard pods/*", "rules[0].resources has the wildcard */scale"],
  ],
  [
    "every API group is reported",
    clusterRole,
    rules({ ...named, apiGroups: ["*"] }),
    ["rules[0].apiGroups has the wildcard *"],
  ],
  [
    "every address is reported",
    clusterRole,
    rules({ nonResourceURLs: ["*"], verbs: ["get"] }),
    ["rules[0].nonResourceURLs has the wildcard *"],
  ],
  [
    "addresses below one place pass",
    clusterRole,
    rules({ nonResourceURLs: ["/metrics", "/healthz/*"], verbs: ["get"] }),
    [],
  ],
  [
    "a Role is judged",
    "kubernetes:rbac.authorization.k8s.io/v1:Role",
    rules({ ...named, verbs: ["*"] }),
    ["rules[0].verbs has the wildcard *"],
  ],
  [
    "an older version is judged",
    "kubernetes:rbac.authorization.k8s.io/v1beta1:RolePatch",
    rules({ ...named, verbs: ["*"] }),
    ["rules[0].verbs has the wildcard *"],
  ],
  [
    "a list is judged",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleList",
    { items: [rules(named), rules({ ...named, verbs: ["*"] })] },
    ["items[1].rules[0].verbs has the wildcard *"],
  ],
  ["a role without rules passes", clusterRole, { metadata: { name: "r" } }, []],
]);
