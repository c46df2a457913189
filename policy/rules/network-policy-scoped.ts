import { holds, isEverybody } from "../shared/addresses";
import { cisEks } from "../shared/frameworks";
import { isTree } from "../shared/is-tree";
import { manifestsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { isEmptySelector } from "../shared/selectors";
import { listAt, textAt, textsAt, valueAt } from "../shared/tree";

/** The service that hands a node's own credentials to whoever asks. */
const metadataAddress = "169.254.169.254";
const directions = [
  ["ingress", "from"],
  ["egress", "to"],
] as const;

export const networkPolicyScoped = resourceRule({
  name: "network-policy-scoped",
  description:
    "A network policy names its peers, and one that lets pods reach every address leaves the metadata service out.",
  reach: "production",
  severity: "medium",
  framework: cisEks("4.3.2", "Ensure that all Namespaces have Network Policies defined"),
  tags: ["cis-eks:4.3.2", "kyverno:restrict-networkpolicy-empty-podselector"],
  remediationSteps: "Name the peers of each rule; beside 0.0.0.0/0 put 169.254.0.0/16 into except.",
  url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  settings: {},
  checks: [
    onResource(
      ["", "List", "Patch"].map((kind) => `kubernetes:networking.k8s.io/v1:NetworkPolicy${kind}`),
      ({ props, report }) => {
        for (const { at, manifest } of manifestsOf(props))
          for (const [direction, peers] of directions)
            listAt(manifest, "spec", direction).forEach((rule, index) => {
              const path = `${at === "" ? "" : `${at}.`}spec.${direction}[${index}]`;
              for (const problem of ruleProblems(rule, direction, peers))
                report(`${path}: ${problem}`);
            });
      },
    ),
  ],
});

function ruleProblems(rule: unknown, direction: "ingress" | "egress", peers: "from" | "to") {
  const given = valueAt(rule, peers);
  if (isTree(rule) && (given === undefined || (Array.isArray(given) && given.length === 0)))
    return [`names no ${peers}, which is everybody`];
  return [...new Set(listAt(rule, peers).flatMap((peer) => peerProblems(peer, direction)))];
}

function peerProblems(peer: unknown, direction: "ingress" | "egress"): string[] {
  const namespaces = valueAt(peer, "namespaceSelector");
  if (isEmptySelector(namespaces) && !isNarrow(valueAt(peer, "podSelector")))
    return ["lets every pod of every namespace through"];
  const range = textAt(peer, "ipBlock", "cidr");
  if (range === undefined) return [];
  if (direction === "ingress") return isEverybody(range) ? ["admits every address"] : [];
  const except = textsAt(peer, "ipBlock", "except");
  if (range.includes(":"))
    return isEverybody(range) && except.length === 0
      ? ["reaches every IPv6 address, the metadata service among them"]
      : [];
  return holds(range, metadataAddress) && !except.some((left) => holds(left, metadataAddress))
    ? [`reaches the metadata service ${metadataAddress}`]
    : [];
}

function isNarrow(selector: unknown): boolean {
  return selector !== undefined && !isEmptySelector(selector);
}
