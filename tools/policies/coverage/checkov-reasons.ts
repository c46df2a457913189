import { image, type Reason } from "./reason";

export const checkovReasons: readonly Reason[] = [
  {
    ids: "CKV_K8S_1..7 CKV_K8S_24 CKV_K8S_36",
    verdict: "not used",
    why: "PodSecurityPolicy left Kubernetes in 1.25; Pod Security is judged by workload-restricted",
  },
  {
    ids: "CKV_K8S_68..121",
    verdict: "run by AWS",
    why: "flags of API server, controllers, scheduler and etcd are EKS's",
  },
  { ids: "CKV_K8S_138..151", verdict: "run by AWS", why: image },
  {
    ids: "CKV_K8S_33 CKV_K8S_34 CKV_K8S_44 CKV_K8S_45 CKV_K8S_152..154 CKV_K8S_159",
    verdict: "not used",
    why: "no dashboard, Tiller, ingress-nginx or git-sync; what charts bring stands in components/shared/versions.ts",
  },
  {
    ids: "CKV_K8S_11",
    verdict: "decided otherwise",
    why: "a limit of CPU throttles where there is CPU to spare; requests, quotas and memory limits bound pods: workload-resources",
  },
  {
    ids: "CKV_K8S_15",
    verdict: "decided otherwise",
    why: "images are pinned by digest, so what a node has is what was asked for",
  },
  {
    ids: "CKV_K8S_40",
    verdict: "decided otherwise",
    why: "images name their users; non-root and no escalation are asked for: workload-restricted",
  },
  {
    ids: "CKV_AWS_9..15 CKV_AWS_35 CKV_AWS_36 CKV_AWS_67 CKV_AWS_106 CKV_AWS_121 CKV_AWS_238 CKV_AWS_251 CKV_AWS_252 CKV_AWS_294 CKV_AWS_348 CKV2_AWS_3 CKV2_AWS_10 CKV2_AWS_45 CKV2_AWS_48",
    verdict: "the account's",
    why: "the root user, password rules, trails and detectors are the account's: docs/accounts.md",
  },
  {
    ids: "CKV_AWS_40 CKV2_AWS_14 CKV2_AWS_21 CKV2_AWS_22",
    verdict: "shown elsewhere",
    why: "there are no IAM users: iam-no-users",
  },
  {
    ids: "CKV_AWS_20 CKV_AWS_57 CKV_AWS_375 CKV_AWS_379 CKV2_AWS_43 CKV2_AWS_65",
    verdict: "shown elsewhere",
    why: "owners are enforced and public access is blocked, so that no list counts: network-bucket-private, tests/components/replicated-bucket",
  },
  {
    ids: "CKV_AWS_77 CKV_AWS_82 CKV_AWS_159",
    verdict: "shown elsewhere",
    why: "results are encrypted with a key of ours, and nobody can ask otherwise: tests/components/flow-log-analysis",
  },
  {
    ids: "CKV_AWS_161 CKV_AWS_162 CKV_AWS_211 CKV_AWS_313 CKV_AWS_354",
    verdict: "shown elsewhere",
    why: "IAM sign-in, certificate, tags on snapshots and the key of insights are fixed: tests/components/multi-az-database",
  },
  {
    ids: "CKV_AWS_173 CKV_AWS_363",
    verdict: "shown elsewhere",
    why: "one runtime for all functions, their variables with a key of ours: tests/shared",
  },
  {
    ids: "CKV_AWS_301 CKV_AWS_364",
    verdict: "shown elsewhere",
    why: "who may call a function is named with account or ARN: tests/components/database-users, tests/components/dr-replication",
  },
  {
    ids: "CKV_AWS_153 CKV_AWS_315",
    verdict: "shown elsewhere",
    why: "nodes have launch templates with tags: cost-tags, tests/components/multi-az-cluster",
  },
  {
    ids: "CKV_AWS_168 CKV_AWS_169 CKV_AWS_385 CKV_AWS_387 CKV_AWS_72",
    verdict: "shown elsewhere",
    why: "topics and queues take messages of named services of this account alone: tests/components/alarm-topic, tests/components/karpenter",
  },
  {
    ids: "CKV2_AWS_44",
    verdict: "shown elsewhere",
    why: "networks are joined to no other: network-environments-apart",
  },
  {
    ids: "CKV2_AWS_76",
    verdict: "shown elsewhere",
    why: "the group of known bad inputs blocks, on every public balancer: network-waf-rules, network-waf-attached",
  },
  { ids: "CKV_AWS_275", verdict: "shown elsewhere", why: "iam-no-admin-attachment" },
  {
    ids: "CKV_AWS_358",
    verdict: "shown elsewhere",
    why: "workflows are bound to repository and environment: iam-trust-conditions, tests/components/deploy-role",
  },
  {
    ids: "CKV_AWS_107 CKV_AWS_109 CKV_AWS_111",
    verdict: "shown elsewhere",
    why: "the same rights by iam-no-exfiltration, iam-no-escalation and iam-no-star-resource",
  },
  {
    ids: "CKV_AWS_146 CKV2_AWS_2",
    verdict: "shown elsewhere",
    why: "snapshots and disks have the key of their store or class: encrypt-at-rest, encrypt-storage-class",
  },
  {
    ids: "CKV2_AWS_8 CKV2_AWS_9",
    verdict: "shown elsewhere",
    why: "stores are selected by their class, which each has to have: dr-data-class, tests/components/dr-replication",
  },
  {
    ids: "CKV_AWS_207 CKV_AWS_226 CKV_AWS_322",
    verdict: "decided otherwise",
    why: "versions move when we move them, in dev first: docs/versions.md; the broker takes patches by itself",
  },
  {
    ids: "CKV_AWS_115 CKV_AWS_116 CKV_AWS_117",
    verdict: "decided otherwise",
    why: "functions run by a schedule or a rotation, fail with an alarm and are started again; those that reach stores are in the network",
  },
  {
    ids: "CKV_AWS_50",
    verdict: "decided otherwise",
    why: "tracing is a switch of each function; short jobs say more in their log",
  },
  {
    ids: "CKV_AWS_143 CKV2_AWS_62",
    verdict: "decided otherwise",
    why: "versions and a locked vault keep data; nobody would read the events",
  },
  {
    ids: "CKV_AWS_297",
    verdict: "decided otherwise",
    why: "a schedule holds the name of a function, no secret",
  },
  {
    ids: "CKV2_AWS_71",
    verdict: "decided otherwise",
    why: "one certificate for the domain and its hosts; the Ingress names each host: network-ingress-tls",
  },
  {
    ids: "CKV_AWS_112 CKV_AWS_113 CKV_AWS_123 CKV_AWS_126 CKV_AWS_135 CKV_AWS_140 CKV_AWS_148 CKV_AWS_181 CKV_AWS_183 CKV_AWS_186 CKV_AWS_189 CKV_AWS_196 CKV_AWS_198 CKV_AWS_204 CKV_AWS_205 CKV_AWS_235 CKV_AWS_236 CKV_AWS_246 CKV_AWS_250 CKV_AWS_258 CKV_AWS_266 CKV_AWS_302 CKV_AWS_303 CKV_AWS_325 CKV_AWS_326 CKV_AWS_329..331 CKV_AWS_337 CKV_AWS_342 CKV_AWS_366 CKV_AWS_376 CKV_AWS_377 CKV_AWS_386 CKV_AWS_388 CKV_AWS_389 CKV_AWS_392 CKV_AWS_92 CKV_AWS_127 CKV_AWS_138 CKV2_AWS_7 CKV2_AWS_15 CKV2_AWS_18 CKV2_AWS_19 CKV2_AWS_30 CKV2_AWS_34 CKV2_AWS_36 CKV2_AWS_37 CKV2_AWS_41 CKV2_AWS_47 CKV2_AWS_60 CKV2_AWS_68 CKV2_AWS_77 CKV2_AWS_78 CKV_AWS_176 CKV_AWS_344..346 CKV2_AWS_38 CKV2_AWS_39 CKV2_AWS_63",
    verdict: "not used",
    why: "kinds of resources, and engines, that the platform does not make: machines of its own, classic balancers, images, snapshots by hand, parameters, MySQL, file systems, transit and network firewalls, identity pools, access points, zones",
  },
  { ids: "*", verdict: "open", why: "no rule, and nothing else that shows it" },
];
