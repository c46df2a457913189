import { manifestsOf } from "../shared/pods";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

interface Settings {
  /** namespace/name of Services that may have a load balancer, an internal one. */
  internal: string[];
}

const annotations = "service.beta.kubernetes.io/aws-load-balancer-";

export const networkNoLoadBalancerService = resourceRule<Settings>({
  name: "network-no-load-balancer-service",
  description:
    "No Service opens a load balancer, a port of every node or an outside address of its own.",
  reach: "everywhere",
  severity: "high",
  tags: ["kube-linter:exposed-services", "kyverno:restrict-node-port"],
  remediationSteps:
    "Make the Service a ClusterIP, and publish it through the Ingress; list one that needs an internal load balancer in `internal`.",
  url: "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
  settings: { internal: { type: "array", items: { type: "string" }, default: [] } },
  checks: [
    onResource(
      ["", "List", "Patch"].map((kind) => `kubernetes:core/v1:Service${kind}`),
      ({ props, settings, report }) => {
        for (const { at, manifest } of manifestsOf(props))
          for (const problem of problemsOf(manifest, settings))
            report(at === "" ? problem : `${at}.${problem}`);
      },
    ),
  ],
});

function problemsOf(service: unknown, { internal }: Settings): string[] {
  const type = textAt(service, "spec", "type");
  const problems: string[] = [];
  if (type === "LoadBalancer") {
    const name = `${textAt(service, "metadata", "namespace") ?? "default"}/${textAt(service, "metadata", "name") ?? ""}`;
    if (!internal.includes(name)) problems.push("spec.type: is LoadBalancer");
    else if (!isInternal(service))
      problems.push(`metadata.annotations.${annotations}scheme: is not internal`);
  } else if (type === "NodePort") problems.push("spec.type: is NodePort");
  if (listAt(service, "spec", "externalIPs").length > 0)
    problems.push("spec.externalIPs: opens the Service to addresses outside of the cluster");
  return problems;
}

function isInternal(service: unknown): boolean {
  const scheme = valueAt(service, "metadata", "annotations", `${annotations}scheme`);
  return typeof scheme === "symbol" || scheme === "internal";
}
