import { imagePinned } from "../../policy/rules/image-pinned";
import { deployment, deploymentOf, digest, registry } from "./fixtures";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const pinned = `${registry}/api:1.4.2@${digest}`;
const at = "spec.template.spec.containers[api]";
const bare = `${at}: image docker.io/library/nginx has no tag`;
const noDigest = `${at}: image docker.io/library/nginx has no digest`;

/** Where each kind keeps its pods. */
const inEveryKind: [type: string, path: string, wrap: (spec: object) => Record<string, unknown>][] =
  [
    ["core/v1:Pod", "spec", (spec) => ({ spec })],
    ["core/v1:PodTemplate", "template.spec", (spec) => ({ template: { spec } })],
    ["apps/v1:DeploymentPatch", "spec.template.spec", (spec) => ({ spec: { template: { spec } } })],
    ["apps/v1:StatefulSet", "spec.template.spec", (spec) => ({ spec: { template: { spec } } })],
    ["apps/v1:DaemonSet", "spec.template.spec", (spec) => ({ spec: { template: { spec } } })],
    ["apps/v1:ReplicaSet", "spec.template.spec", (spec) => ({ spec: { template: { spec } } })],
    ["batch/v1:Job", "spec.template.spec", (spec) => ({ spec: { template: { spec } } })],
    [
      "batch/v1:CronJob",
      "spec.jobTemplate.spec.template.spec",
      (spec) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } }),
    ],
    [
      "argoproj.io/v1alpha1:Rollout",
      "spec.template.spec",
      (spec) => ({ spec: { template: { spec } } }),
    ],
    [
      "apps/v1:DeploymentList",
      "items[0].spec.template.spec",
      (spec) => ({ items: [{ spec: { template: { spec } } }] }),
    ],
  ];

describeRule(imagePinned, [
  ["a tag with a digest passes", deployment, deploymentOf(pinned), []],
  ["a bare name is reported twice", deployment, deploymentOf("nginx"), [bare, noDigest]],
  ["a tag alone is reported", deployment, deploymentOf("nginx:1.27.0"), [noDigest]],
  ["a digest alone is reported", deployment, deploymentOf(`nginx@${digest}`), [bare]],
  [
    "a moving tag is reported even with a digest",
    deployment,
    deploymentOf(`nginx:latest@${digest}`),
    [`${at}: image docker.io/library/nginx has the moving tag latest`],
  ],
  [
    "a digest of zeros holds a place and pins nothing",
    deployment,
    deploymentOf(`nginx:1@sha256:${"0".repeat(64)}`),
    [`${at}: image docker.io/library/nginx has a digest that is no real sha256`],
  ],
  [
    "a digest of 63 digits is reported",
    deployment,
    deploymentOf(`nginx:1@sha256:${"a".repeat(63)}`),
    [`${at}: image docker.io/library/nginx has a digest that is no real sha256`],
  ],
  [
    "an unreleased image is image-released's to report",
    deployment,
    deploymentOf(`${registry}/api:unreleased`),
    [],
  ],
  [
    "what is no reference is reported without its text",
    deployment,
    deploymentOf("Not An Image"),
    [`${at}: image is no valid reference`],
  ],
  [
    "an image that a preview does not know passes, and its neighbour is judged",
    deployment,
    deploymentOf(unknownText, { initContainers: [{ name: "migrate", image: "a:1" }] }),
    ["spec.template.spec.initContainers[migrate]: image docker.io/library/a has no digest"],
  ],
  [
    "a container without an image is reported",
    deployment,
    deploymentOf(undefined),
    [`${at}: names no image, so a default decides`],
  ],
  [
    "init and ephemeral containers and image volumes count",
    deployment,
    deploymentOf(pinned, {
      initContainers: [{ image: `a:1` }],
      ephemeralContainers: [{ name: "debug", image: `b:1` }],
      volumes: [
        { name: "model", image: { reference: "c:1" } },
        { name: "tmp", emptyDir: {} },
      ],
    }),
    [
      "spec.template.spec.initContainers[0]: image docker.io/library/a has no digest",
      "spec.template.spec.ephemeralContainers[debug]: image docker.io/library/b has no digest",
      "spec.template.spec.volumes[model]: image docker.io/library/c has no digest",
    ],
  ],
  [
    "a load test's three pods need an image each",
    "kubernetes:k6.io/v1alpha1:TestRun",
    { spec: { runner: { image: pinned }, starter: { image: "k6:1" } } },
    [
      "spec.initializer: names no image, so a default decides",
      "spec.starter: image docker.io/library/k6 has no digest",
    ],
  ],
  [
    "other tags can be named as moving",
    deployment,
    deploymentOf(`nginx:blue@${digest}`),
    [`${at}: image docker.io/library/nginx has the moving tag blue`],
    { settings: { movingTags: ["blue"] } },
  ],
  ...inEveryKind.map(
    ([kind, path, wrap]) =>
      [
        `a ${kind} is judged`,
        `kubernetes:${kind}`,
        wrap({ containers: [{ name: "api", image: "nginx:1" }] }),
        [`${path}.containers[api]: image docker.io/library/nginx has no digest`],
      ] as const,
  ),
]);
