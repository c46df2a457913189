import { expect } from "chai";
import { viewedBesides, viewerGroup } from "../../stacks/viewers";
import { environmentNames, planned } from "../support/planned";

/**
 * Kinds that EKS's view policy admits, of those that programs like ours register.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const viewPolicy: Readonly<Record<string, readonly string[]>> = {
  apps: ["DaemonSet", "Deployment", "StatefulSet"],
  autoscaling: ["HorizontalPodAutoscaler"],
  batch: ["CronJob", "Job"],
  core: [
    ...["ConfigMap", "LimitRange", "Namespace", "PersistentVolumeClaim", "ResourceQuota"],
    ...["Service", "ServiceAccount"],
  ],
  "networking.k8s.io": ["Ingress", "NetworkPolicy"],
  policy: ["PodDisruptionBudget"],
};
/** Left out of the drift check: Helm keeps them in Secrets. */
const leftOut = ["helm.sh Release"];

/** As Kubernetes builds the names of resources, for the kinds that there are. */
const pluralOf = (kind: string): string => {
  const lower = kind.toLowerCase();
  if (lower.endsWith("params")) return lower;
  if (lower.endsWith("class")) return `${lower}es`;
  if (/[^aeo]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return `${lower}s`;
};

describe("the viewer of the cluster", () => {
  for (const environment of environmentNames)
    it(`can look at every kind that ${environment} registers, but at no Secret`, async () => {
      const kinds = new Set(
        (await planned(environment, "known")).flatMap(({ type }) => {
          const [, group = "", kind = ""] = /^kubernetes:([^/]+)\/[^:]+:(\w+)$/.exec(type) ?? [];
          return kind === "" ? [] : [`${group} ${kind.replace(/Patch$/, "")}`];
        }),
      );
      expect(kinds.size).to.be.greaterThan(10);
      const unseen = [...kinds]
        .filter((each) => !leftOut.includes(each))
        .filter((each) => {
          const [group = "", kind = ""] = each.split(" ");
          return (
            viewPolicy[group]?.includes(kind) !== true &&
            viewedBesides[group]?.includes(pluralOf(kind)) !== true
          );
        });
      expect(
        unseen,
        "the drift check cannot read these kinds: add each to viewedBesides of stacks/viewers.ts, as its API group and the plural of its kind",
      ).to.deep.equal([]);
      expect(Object.values(viewedBesides).flat()).not.to.include("secrets");
    });

  it("is who is in the group of its access entry", async () => {
    const registrations = await planned("prod", "known");
    const entry = registrations.find(
      ({ type, name }) => type === "aws:eks/accessEntry:AccessEntry" && name.endsWith("-viewer"),
    );
    expect(entry?.inputs["kubernetesGroups"]).to.deep.equal([viewerGroup]);
    const binding = registrations.find(({ type }) => type.endsWith(":ClusterRoleBinding"));
    expect(binding?.inputs["subjects"]).to.deep.equal([
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: viewerGroup },
    ]);
    const role = registrations.find(({ type }) => type.endsWith(":ClusterRole"));
    const rules = role?.inputs["rules"] as { verbs: string[] }[];
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).to.deep.equal(
      new Set(["get", "list", "watch"]),
    );
  });
});
