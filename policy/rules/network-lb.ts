import { awsFoundational } from "../shared/frameworks";
import { known, snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { type TlsSettings, isModernTls, tlsSettings } from "../shared/tls-policies";
import { listAt, textAt, valueAt } from "../shared/tree";

const balancers = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const listeners = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
/** How the load balancer controller spells the attributes of the one that it makes. */
const attributes = {
  drop: "routing.http.drop_invalid_header_fields.enabled",
  desync: "routing.http.desync_mitigation_mode",
} as const;

export const networkLb = resourceRule<TlsSettings>({
  name: "network-lb",
  description:
    "A load balancer drops malformed headers, defends against request smuggling, forwards no HTTP and takes TLS 1.2 or newer.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "ELB.4",
    "Application Load Balancer should be configured to drop invalid http headers",
  ),
  tags: [
    "ckv:CKV_AWS_378",
    "ckv:CKV2_AWS_20",
    "ckv:CKV2_AWS_74",
    "fsbp:ELB.1",
    "fsbp:ELB.4",
    "fsbp:ELB.12",
    "ckv:CKV_AWS_2",
    "ckv:CKV_AWS_103",
    "ckv:CKV_AWS_131",
    "ckv:CKV_AWS_328",
  ],
  remediationSteps:
    "Set dropInvalidHeaderFields to true, desyncMitigationMode to defensive or strictest, redirect HTTP, and set sslPolicy.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-4",
  settings: tlsSettings,
  checks: [
    onResource(balancers, ({ props, report }) => {
      if (known(() => props["loadBalancerType"], "network") === "network") return;
      if (known(() => props["loadBalancerType"]) === "gateway") return;
      if (known(() => props["dropInvalidHeaderFields"], true) !== true)
        report("dropInvalidHeaderFields: is not true");
      // AWS's default is defensive.
      if (known(() => props["desyncMitigationMode"]) === "monitor")
        report("desyncMitigationMode: is monitor, which only counts");
    }),
    onResource(["kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams"], ({ props, report }) => {
      const given = valueAt(
        snapshot(() => props["spec"]),
        "loadBalancerAttributes",
      );
      if (given === unknownValue) return;
      const path = "spec.loadBalancerAttributes";
      const find = (key: string) =>
        listAt({ given }, "given").find((entry) => textAt(entry, "key") === key);
      const drop = valueAt(find(attributes.drop), "value");
      if (drop !== "true" && drop !== unknownValue)
        report(`${path}: ${attributes.drop} is not true`);
      if (valueAt(find(attributes.desync), "value") === "monitor")
        report(`${path}: ${attributes.desync} is monitor, which only counts`);
    }),
    onResource(listeners, ({ props, settings, report }) => {
      const protocol = known(() => props["protocol"]);
      if (protocol === "HTTP") {
        const actions = listAt({ list: snapshot(() => props["defaultActions"]) }, "list");
        if (actions.some(answers)) report("defaultActions: answer HTTP instead of redirecting it");
      }
      if (protocol !== "HTTPS" && protocol !== "TLS") return;
      const policy = snapshot(() => props["sslPolicy"]);
      if (policy !== unknownValue && !isModernTls(policy, settings))
        report("sslPolicy: is none of the allowed ones");
    }),
  ],
});

/** What neither redirects to HTTPS nor says a fixed word. */
function answers(action: unknown): boolean {
  const type = valueAt(action, "type");
  if (type === unknownValue || type === "fixed-response") return false;
  const protocol = valueAt(action, "redirect", "protocol");
  return type !== "redirect" || (protocol !== "HTTPS" && protocol !== unknownValue);
}
