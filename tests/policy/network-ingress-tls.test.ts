import { networkIngressTls } from "../../policy/rules/network-ingress-tls";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const ingress = "kubernetes:networking.k8s.io/v1:Ingress";
const classParameters = "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams";
const prefix = "alb.ingress.kubernetes.io/";
const rules = [{ host: "app.example.com" }];
const good = {
  scheme: "internet-facing",
  "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
  "ssl-redirect": "443",
  "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "wafv2-acl-arn": "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/x/y",
};
/** With some annotations changed; undefined leaves one out. */
const facing = (changes: Record<string, string | undefined> = {}) => ({
  metadata: {
    annotations: Object.fromEntries(
      Object.entries({ ...good, ...changes }).map(([key, value]) => [`${prefix}${key}`, value]),
    ),
  },
  spec: { rules },
});
const policyMessage = `${prefix}ssl-policy: is none of the allowed ones`;

describeRule(networkIngressTls, [
  ["all that it takes passes", ingress, facing(), []],
  ["an internal one needs its hosts only", ingress, { spec: { rules } }, []],
  [
    "a rule without a host answers every name",
    ingress,
    { spec: { rules: [...rules, { http: {} }] } },
    ["spec.rules[1].host: is missing, so every name is answered"],
  ],
  [
    "a wildcard is reported",
    ingress,
    { spec: { rules: [{ host: "*.example.com" }] } },
    ["spec.rules[0].host: is a wildcard"],
  ],
  [
    "a default backend alone answers every name",
    ingress,
    { spec: { defaultBackend: {} } },
    ["spec.defaultBackend: answers under every name"],
  ],
  [
    "HTTP alone is reported",
    ingress,
    facing({ "listen-ports": '[{"HTTP":80}]' }),
    [`${prefix}listen-ports: has no HTTPS`],
  ],
  [
    "no ports may be HTTP alone",
    ingress,
    facing({ "listen-ports": undefined }),
    [`${prefix}listen-ports: is missing, so HTTP may be answered`],
  ],
  [
    "HTTP without a redirect is reported",
    ingress,
    facing({ "ssl-redirect": undefined }),
    [`${prefix}ssl-redirect: is missing beside a listener for HTTP`],
  ],
  [
    "HTTPS alone needs no redirect",
    ingress,
    facing({ "listen-ports": '[{"HTTPS":443}]', "ssl-redirect": undefined }),
    [],
  ],
  [
    "a policy with TLS 1.0 is reported",
    ingress,
    facing({ "ssl-policy": "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
    [policyMessage],
  ],
  [
    "the controller's default policy is reported",
    ingress,
    facing({ "ssl-policy": undefined }),
    [policyMessage],
  ],
  [
    "TLS 1.3 alone passes",
    ingress,
    facing({ "ssl-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
    [],
  ],
  [
    "no web ACL is reported",
    ingress,
    facing({ "wafv2-acl-arn": "" }),
    [`${prefix}wafv2-acl-arn: is missing`],
  ],
  [
    "a web ACL that a preview does not know is one",
    ingress,
    facing({ "wafv2-acl-arn": unknownText }),
    [],
  ],
  [
    "policies can be given",
    ingress,
    facing({ "ssl-policy": "Own" }),
    [],
    { settings: { securityPolicies: ["Own"] } },
  ],
  [
    "parameters of a class are judged as annotations are",
    classParameters,
    { spec: { scheme: "internet-facing" } },
    [
      "spec.sslRedirectPort: is missing, so HTTP is answered",
      "spec.sslPolicy: is none of the allowed ones",
      "spec.wafv2AclArn: is missing",
    ],
  ],
  [
    "parameters with all that it takes pass",
    classParameters,
    {
      spec: {
        scheme: "internet-facing",
        sslRedirectPort: "443",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        wafv2AclName: "edge",
      },
    },
    [],
  ],
  ["parameters of an inner class pass", classParameters, { spec: { scheme: "internal" } }, []],
]);
