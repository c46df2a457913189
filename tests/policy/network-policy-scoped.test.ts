import { networkPolicyScoped } from "../../policy/rules/network-policy-scoped";
import { describeRule } from "./rule-table";

const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const egress = (...to: object[]) => ({ spec: { podSelector: {}, egress: [{ to }] } });
const ingress = (...from: object[]) => ({ spec: { podSelector: {}, ingress: [{ from }] } });
const range = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
const reached = "spec.egress[0]: reaches the metadata service 169.254.169.254";
const everyPod = "spec.ingress[0]: lets every pod of every namespace through";

describeRule(networkPolicyScoped, [
  ["peers by label pass", policy, ingress({ podSelector: { matchLabels: { app: "web" } } }), []],
  [
    "a policy without rules passes",
    policy,
    { spec: { podSelector: {}, policyTypes: ["Egress"] } },
    [],
  ],
  [
    "egress to everywhere reaches the metadata service",
    policy,
    egress(range("0.0.0.0/0")),
    [reached],
  ],
  [
    "everywhere but its link-local range passes",
    policy,
    egress(range("0.0.0.0/0", "169.254.0.0/16")),
    [],
  ],
  [
    "everywhere but its address passes",
    policy,
    egress(range("0.0.0.0/0", "169.254.169.254/32")),
    [],
  ],
  [
    "an exception for another range does not help",
    policy,
    egress(range("0.0.0.0/0", "10.0.0.0/8")),
    [reached],
  ],
  ["half of all addresses reaches it too", policy, egress(range("128.0.0.0/1")), [reached]],
  ["a range that it is not in passes", policy, egress(range("10.0.0.0/8")), []],
  [
    "its neighbour, the agent for pod identities, passes",
    policy,
    egress(range("169.254.170.23/32")),
    [],
  ],
  [
    "egress to every IPv6 address reaches it",
    policy,
    egress(range("::/0")),
    ["spec.egress[0]: reaches every IPv6 address, the metadata service among them"],
  ],
  [
    "every IPv6 address but the metadata service's passes",
    policy,
    egress(range("::/0", "fd00:ec2::254/128")),
    [],
  ],
  [
    "ingress from everywhere is reported",
    policy,
    ingress(range("0.0.0.0/0", "10.0.0.0/8")),
    ["spec.ingress[0]: admits every address"],
  ],
  ["ingress from a range passes", policy, ingress(range("169.254.0.0/16")), []],
  [
    "a rule without peers is everybody",
    policy,
    { spec: { ingress: [{ ports: [{ port: 80 }] }], egress: [{}] } },
    [
      "spec.ingress[0]: names no from, which is everybody",
      "spec.egress[0]: names no to, which is everybody",
    ],
  ],
  [
    "an empty list of peers is everybody",
    policy,
    ingress(),
    ["spec.ingress[0]: names no from, which is everybody"],
  ],
  ["every namespace is reported", policy, ingress({ namespaceSelector: {} }), [everyPod]],
  [
    "every namespace in more words is reported",
    policy,
    ingress({ namespaceSelector: { matchLabels: {} }, podSelector: { matchExpressions: [] } }),
    [everyPod],
  ],
  [
    "some pods of every namespace pass",
    policy,
    ingress({ namespaceSelector: {}, podSelector: { matchLabels: { app: "web" } } }),
    [],
  ],
  [
    "every pod of one namespace passes",
    policy,
    ingress({ namespaceSelector: { matchLabels: { name: "edge" } } }),
    [],
  ],
]);
