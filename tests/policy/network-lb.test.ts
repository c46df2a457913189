import { networkLb } from "../../policy/rules/network-lb";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const classParameters = "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams";
const drop = "routing.http.drop_invalid_header_fields.enabled";
const desync = "routing.http.desync_mitigation_mode";
const attributes = (...pairs: [key: string, value: unknown][]) => ({
  spec: { loadBalancerAttributes: pairs.map(([key, value]) => ({ key, value })) },
});
const oldTls = "sslPolicy: is none of the allowed ones";
const modern = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";
const plain = "defaultActions: answer HTTP instead of redirecting it";

describeRule(networkLb, [
  [
    "one of defaults only keeps malformed headers",
    balancer,
    { subnets: ["subnet-1"], loadBalancerType: "application" },
    ["dropInvalidHeaderFields: is not true"],
  ],
  [
    "one that only counts smuggling is reported",
    "aws:alb/loadBalancer:LoadBalancer",
    {
      loadBalancerType: "application",
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "monitor",
    },
    ["desyncMitigationMode: is monitor, which only counts"],
  ],
  ["a hardened one passes", balancer, { dropInvalidHeaderFields: true }, []],
  ["a network load balancer knows no headers", balancer, { loadBalancerType: "network" }, []],
  ["nor does a gateway's", balancer, { loadBalancerType: "gateway" }, []],
  [
    "what the controller makes is judged by its class",
    classParameters,
    attributes([desync, "monitor"]),
    [
      `spec.loadBalancerAttributes: ${drop} is not true`,
      `spec.loadBalancerAttributes: ${desync} is monitor, which only counts`,
    ],
  ],
  [
    "a hardened class passes",
    classParameters,
    attributes([drop, "true"], [desync, "strictest"]),
    [],
  ],
  [
    "attributes that a preview does not know pass",
    classParameters,
    { spec: { loadBalancerAttributes: unknownText } },
    [],
  ],
  [
    "HTTP that is forwarded is reported",
    listener,
    { protocol: "HTTP", defaultActions: [{ type: "forward" }] },
    [plain],
  ],
  [
    "a redirect to HTTP again is reported",
    listener,
    {
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { statusCode: "HTTP_301" } }],
    },
    [plain],
  ],
  [
    "a redirect to HTTPS passes",
    listener,
    {
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }],
    },
    [],
  ],
  [
    "a fixed word passes",
    listener,
    { protocol: "HTTP", defaultActions: [{ type: "fixed-response" }] },
    [],
  ],
  ["HTTPS by AWS's default policy is reported", listener, { protocol: "HTTPS" }, [oldTls]],
  [
    "a policy with TLS 1.0 is reported",
    "aws:alb/listener:Listener",
    { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-2016-08" },
    [oldTls],
  ],
  ["TLS 1.2 or newer passes", listener, { protocol: "HTTPS", sslPolicy: modern }, []],
  [
    "a policy that a preview does not know passes",
    listener,
    { protocol: "HTTPS", sslPolicy: unknownText },
    [],
  ],
  [
    "policies can be given",
    listener,
    { protocol: "HTTPS", sslPolicy: "Own" },
    [],
    { settings: { securityPolicies: ["Own"] } },
  ],
]);
