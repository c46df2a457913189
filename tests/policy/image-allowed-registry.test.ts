import { imageAllowedRegistry } from "../../policy/rules/image-allowed-registry";
import { deployment, deploymentOf, registry, release } from "./fixtures";
import { describeRule } from "./rule-table";

const at = "spec.template.spec.containers[api]";
const refused = (image: string) => `${at}: image ${image} is from none of the allowed registries`;

describeRule(imageAllowedRegistry, [
  ["the platform's own path passes", deployment, deploymentOf(`${registry}/api:1`), []],
  [
    "an environment without an account is image-released's to report",
    deployment,
    deploymentOf("unassigned.dkr.ecr.us-west-2.amazonaws.com/auterity/api:unreleased"),
    [],
  ],
  [
    "Docker Hub is refused",
    deployment,
    deploymentOf("nginx:1"),
    [refused("docker.io/library/nginx")],
  ],
  [
    "another path of the same registry is refused",
    deployment,
    deploymentOf("111122223333.dkr.ecr.us-west-2.amazonaws.com/other/api:1"),
    [refused("111122223333.dkr.ecr.us-west-2.amazonaws.com/other/api")],
  ],
  [
    "a path that begins alike is refused",
    deployment,
    deploymentOf("111122223333.dkr.ecr.us-west-2.amazonaws.com/auterity-evil/api:1"),
    [refused("111122223333.dkr.ecr.us-west-2.amazonaws.com/auterity-evil/api")],
  ],
  [
    "the allowed host within a path does not help",
    deployment,
    deploymentOf("evil.example/x.dkr.ecr.us-west-2.amazonaws.com/auterity/api:1"),
    [refused("evil.example/x.dkr.ecr.us-west-2.amazonaws.com/auterity/api")],
  ],
  [
    "the allowed host with more behind it does not help",
    deployment,
    deploymentOf("1.dkr.ecr.us-west-2.amazonaws.com.evil.example/auterity/api:1"),
    [refused("1.dkr.ecr.us-west-2.amazonaws.com.evil.example/auterity/api")],
  ],
  [
    "what is no reference is image-pinned's to report",
    deployment,
    deploymentOf("Not An Image"),
    [],
  ],
  [
    "a chart's values are judged where they name a repository",
    release,
    {
      chart: "c",
      values: {
        image: { repository: "public.ecr.aws/eks/aws-load-balancer-controller" },
        sidecar: { image: { registry: "quay.io", repository: "prometheus/prometheus", tag: "v3" } },
        proxy: { image: { tag: "1" } },
      },
    },
    [
      "values.image: image public.ecr.aws/eks/aws-load-balancer-controller is from none of the allowed registries",
      "values.sidecar.image: image quay.io/prometheus/prometheus is from none of the allowed registries",
    ],
  ],
  [
    "registries can be added",
    release,
    { values: { image: { repository: "public.ecr.aws/eks/aws-load-balancer-controller" } } },
    [],
    { settings: { registries: ["public.ecr.aws/eks/"] } },
  ],
]);
