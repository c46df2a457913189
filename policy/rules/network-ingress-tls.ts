import { cisEks } from "../shared/frameworks";
import { isTree } from "../shared/is-tree";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { type TlsSettings, isModernTls, tlsSettings } from "../shared/tls-policies";
import { listAt, textAt, valueAt } from "../shared/tree";

const prefix = "alb.ingress.kubernetes.io/";
const classParameters = "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams";

export const networkIngressTls = resourceRule<TlsSettings>({
  name: "network-ingress-tls",
  description:
    "An Ingress names its hosts; facing the internet it redirects HTTP, takes TLS 1.2 or newer and stands behind a web ACL.",
  reach: "everywhere",
  severity: "high",
  framework: cisEks("5.4.5", "Encrypt traffic to HTTPS load balancers with TLS certificates"),
  tags: ["cis-eks:5.4.5", "fsbp:ELB.1", "ckv:CKV_AWS_103", "ckv:CKV2_AWS_28"],
  remediationSteps:
    "Set the host of every rule, and listeners, redirect, TLS policy and web ACL in the IngressClassParams of the class, or as annotations.",
  url: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
  settings: tlsSettings,
  checks: [
    onResource(["kubernetes:networking.k8s.io/v1:Ingress"], ({ props, settings, report }) => {
      const spec = snapshot(() => props["spec"]);
      if (valueAt(spec, "defaultBackend") !== undefined)
        report("spec.defaultBackend: answers under every name");
      listAt(spec, "rules").forEach((rule, index) => {
        const problem = hostProblem(valueAt(rule, "host"));
        if (problem !== undefined) report(`spec.rules[${index}].host: ${problem}`);
      });
      const annotations = valueAt(
        snapshot(() => props["metadata"]),
        "annotations",
      );
      if (isTree(annotations))
        for (const problem of annotationProblems(annotations, settings)) report(problem);
    }),
    onResource([classParameters], ({ props, settings, report }) => {
      const spec = snapshot(() => props["spec"]);
      if (valueAt(spec, "scheme") !== "internet-facing") return;
      if (isMissing(valueAt(spec, "sslRedirectPort")))
        report("spec.sslRedirectPort: is missing, so HTTP is answered");
      if (isOutdated(valueAt(spec, "sslPolicy"), settings))
        report("spec.sslPolicy: is none of the allowed ones");
      if (isMissing(valueAt(spec, "wafv2AclArn")) && isMissing(valueAt(spec, "wafv2AclName")))
        report("spec.wafv2AclArn: is missing");
    }),
  ],
});

function hostProblem(host: unknown): string | undefined {
  if (isMissing(host)) return "is missing, so every name is answered";
  return typeof host === "string" && host.startsWith("*") ? "is a wildcard" : undefined;
}

function annotationProblems(
  annotations: Readonly<Record<string, unknown>>,
  settings: TlsSettings,
): string[] {
  const ports = annotations[`${prefix}listen-ports`];
  const problems: string[] = [];
  const report = (key: string, problem: string) => problems.push(`${prefix}${key}: ${problem}`);
  if (typeof ports === "string" && !ports.includes('"HTTPS"'))
    report("listen-ports", "has no HTTPS");
  // Without a scheme of its own an Ingress is what its class says.
  if (textAt(annotations, `${prefix}scheme`) !== "internet-facing") return problems;
  if (isMissing(ports)) report("listen-ports", "is missing, so HTTP may be answered");
  if (
    typeof ports === "string" &&
    ports.includes('"HTTP"') &&
    isMissing(annotations[`${prefix}ssl-redirect`])
  )
    report("ssl-redirect", "is missing beside a listener for HTTP");
  if (isOutdated(annotations[`${prefix}ssl-policy`], settings))
    report("ssl-policy", "is none of the allowed ones");
  if (isMissing(annotations[`${prefix}wafv2-acl-arn`])) report("wafv2-acl-arn", "is missing");
  return problems;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === "";
}

function isOutdated(policy: unknown, settings: TlsSettings): boolean {
  return policy !== unknownValue && !isModernTls(policy, settings);
}
