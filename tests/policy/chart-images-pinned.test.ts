import { chartImagesPinned } from "../../policy/rules/chart-images-pinned";
import { digest, release } from "./fixtures";
import { describeRule } from "./rule-table";

const bare = digest.slice("sha256:".length);
const values = (content: Record<string, unknown>) => ({ chart: "c", values: content });

describeRule(chartImagesPinned, [
  ["a digest behind the tag passes", release, values({ image: { tag: `v3.5.0@${digest}` } }), []],
  [
    "a bare tag is reported",
    release,
    values({ image: { repository: "r/c", tag: "v3.5.0" } }),
    ["values.image: has no digest"],
  ],
  ["a digest of its own passes", release, values({ image: { tag: "v1", digest } }), []],
  ["a sha without its algorithm passes", release, values({ image: { sha: bare } }), []],
  [
    "a digest of zeros is reported",
    release,
    values({ image: { digest: `sha256:${"0".repeat(64)}` } }),
    ["values.image: has a digest that is no real sha256"],
  ],
  [
    "latest is reported even with a digest",
    release,
    values({ image: { tag: "latest", digest } }),
    ["values.image: has the moving tag latest"],
  ],
  [
    "an image as text passes with a digest",
    release,
    values({ image: `ghcr.io/o/c:1@${digest}` }),
    [],
  ],
  [
    "an image as text is reported without one",
    release,
    values({ initImage: "busybox:1" }),
    ["values.initImage: has no digest"],
  ],
  [
    "a tag beside an image as text counts",
    release,
    values({ image: "grafana/loki", tag: `3@${digest}` }),
    [],
  ],
  [
    "a block that only sets the pull policy leaves the tag to the chart",
    release,
    values({ image: { pullPolicy: "Always" } }),
    ["values.image: has no digest"],
  ],
  [
    "several images under one key are judged one by one",
    release,
    values({ image: { keda: { tag: `1@${digest}` }, webhooks: { tag: "1" } } }),
    ["values.image.webhooks: has no digest"],
  ],
  [
    "images are found in lists and in depth",
    release,
    values({ a: { b: [{ image: "x:1" }] }, sidecar: { repository: "kiwi/sidecar", tag: "1" } }),
    ["values.a.b[0].image: has no digest", "values.sidecar: has no digest"],
  ],
  [
    "an unreleased image is image-released's to report",
    release,
    values({ image: { tag: "unreleased" } }),
    [],
  ],
  [
    "an empty digest leaves it to the chart",
    release,
    values({ image: { tag: "1", digest: "" } }),
    ["values.image: has no digest"],
  ],
  [
    "values without an image are reported",
    release,
    values({ replicas: 2 }),
    ["values: pin no image, so the chart's own tags decide"],
  ],
  [
    "no values at all are reported",
    release,
    { chart: "c" },
    ["values: pin no image, so the chart's own tags decide"],
  ],
  [
    "a chart that runs nothing can be named",
    release,
    { chart: "crds" },
    [],
    { settings: { withoutImages: ["crds"] } },
  ],
  [
    "images in a list are judged one by one",
    release,
    values({ images: [`o/c:1@${digest}`, "o/d:1"], image: [{ tag: "1" }] }),
    ["values.images[1]: has no digest", "values.image[0]: has no digest"],
  ],
  [
    "images by name are judged one by one, and what they share is none",
    release,
    values({ images: { pullPolicy: "Always", operator: "ghcr.io/o/c:1", node: { tag: "2" } } }),
    ["values.images.operator: has no digest", "values.images.node: has no digest"],
  ],
  [
    "a repository that is called a name is seen",
    release,
    values({ images: { agent: { registry: "ghcr.io", name: "o/c" } } }),
    ["values.images.agent: has no digest"],
  ],
  [
    "values in files and a renderer of one's own are reported",
    release,
    {
      ...values({ image: { digest } }),
      valueYamlFiles: ["values.yaml"],
      postrender: "./patch.sh",
    },
    [
      "valueYamlFiles: cannot be judged, need everything in values",
      "postrender: cannot be judged, need everything in values",
    ],
  ],
]);
