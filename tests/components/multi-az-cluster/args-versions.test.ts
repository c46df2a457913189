import type { MultiAzClusterArgs } from "../../../components/multi-az-cluster";
import { clusterArgs } from "./fixture";
import { itAccepts, itRefuses, type Refusal } from "./problems";

const { versions } = clusterArgs;
const { loadBalancerController: controller } = versions;

const withVersions = (changes: Partial<MultiAzClusterArgs["versions"]>) => ({
  versions: { ...versions, ...changes },
});
const withChart = (changes: object) =>
  withVersions({
    loadBalancerController: { ...controller, chart: { ...controller.chart, ...changes } },
  });
const withImage = (changes: object) =>
  withVersions({
    loadBalancerController: { ...controller, image: { ...controller.image, ...changes } },
  });
const refused: Refusal[] = [
  [
    "a Kubernetes version with a patch",
    withVersions({ kubernetesVersion: "1.35.1" }),
    [
      'versions.kubernetesVersion: got "1.35.1", need a minor version, such as 1.35',
      'versions.addons.kube-proxy: got "v1.35.3-eksbuild.29", need the cluster\'s minor, 1.35.1',
      'versions.amiReleaseVersion.AL2023_x86_64_STANDARD: got "1.35.8-20260923", need a release for 1.35.1, such as 1.35.1.1-20260101',
    ],
  ],
  [
    "an add-on without a build",
    withVersions({ addons: { ...versions.addons, coredns: "latest" } }),
    ['versions.addons.coredns: got "latest", need an exact build, such as v1.2.3-eksbuild.4'],
  ],
  [
    "a kube-proxy of another minor",
    withVersions({ addons: { ...versions.addons, "kube-proxy": "v1.34.3-eksbuild.1" } }),
    ['versions.addons.kube-proxy: got "v1.34.3-eksbuild.1", need the cluster\'s minor, 1.35'],
  ],
  [
    "a node image without a release",
    withVersions({ amiReleaseVersion: {} }),
    [
      "versions.amiReleaseVersion.AL2023_x86_64_STANDARD: got none, need a release for 1.35, such as 1.35.1-20260101",
    ],
  ],
  [
    "a chart from nowhere",
    withChart({ repository: "eks-charts" }),
    [
      'versions.loadBalancerController.chart.repository: got "eks-charts", need an https:// repository, an oci:// path or a local folder',
    ],
  ],
  [
    "a range of chart versions",
    withChart({ version: "^3.5.0" }),
    ['versions.loadBalancerController.chart.version: got "^3.5.0", need an exact version'],
  ],
  [
    "a moving image tag",
    withImage({ tag: "latest" }),
    [
      'versions.loadBalancerController.image.tag: got "latest", need an exact version, such as v1.2.3',
    ],
  ],
  [
    "a digest that is none",
    withImage({ digest: "sha256:abc" }),
    [
      'versions.loadBalancerController.image.digest: got "sha256:abc", need sha256: and 64 hexadecimal digits',
    ],
  ],
];

describe("The versions of a MultiAzCluster: refused is", () => {
  itRefuses(refused);
});

describe("The versions of a MultiAzCluster: accepted is", () => {
  itAccepts({
    "a chart from a registry": withChart({ repository: "oci://registry.example.com/charts" }),
    "a chart from a folder": withChart({ repository: "./charts" }),
    "a digest": withImage({ digest: `sha256:${"0a".repeat(32)}` }),
  });
});
