import { cisEks } from "../shared/frameworks";
import { onGrant } from "../shared/rbac";
import { resourceRule } from "../shared/rule";

export const rbacNoWildcard = resourceRule({
  name: "rbac-no-wildcard",
  description: "Roles and ClusterRoles name their verbs, resources and API groups.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("4.1.3", "Minimize wildcard use in Roles and ClusterRoles"),
  tags: ["cis-eks:4.1.3", "ckv:CKV_K8S_49"],
  remediationSteps: "List the verbs, resources and API groups that are really used.",
  url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
  settings: {},
  checks: [
    onGrant(({ path, verbs, resources, apiGroups, nonResourceUrls }, { report }) => {
      const open = [
        ["verbs", verbs],
        ["resources", resources],
        ["apiGroups", apiGroups],
        ["nonResourceURLs", nonResourceUrls],
      ] as const;
      for (const [property, items] of open)
        for (const item of items)
          // pods/* and */scale are as open as they look; a URL such as /metrics/* is one place.
          if (property === "nonResourceURLs" ? item === "*" || item === "/*" : item.includes("*"))
            report(`${path}.${property} has the wildcard ${item}`);
    }),
  ],
});
