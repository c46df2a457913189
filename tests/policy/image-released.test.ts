import { imageReleased } from "../../policy/rules/image-released";
import { deployment, deploymentOf, digest, registry, release } from "./fixtures";
import { describeRule } from "./rule-table";

const at = "spec.template.spec.containers[api]";
const unassigned = "unassigned.dkr.ecr.us-west-2.amazonaws.com/auterity";

describeRule(imageReleased, [
  ["a released image passes", deployment, deploymentOf(`${registry}/api:1@${digest}`), []],
  [
    "the tag unreleased is reported",
    deployment,
    deploymentOf(`${registry}/api:unreleased`),
    [`${at}: image auterity/api is not released yet`],
  ],
  [
    "a registry without an account is reported",
    deployment,
    deploymentOf(`${unassigned}/api:1@${digest}`),
    [`${at}: image auterity/api has a registry without an account`],
  ],
  [
    "both are one message",
    deployment,
    deploymentOf(`${unassigned}/api:unreleased`),
    [`${at}: image auterity/api is not released yet and has a registry without an account`],
  ],
  [
    "a tag that only begins alike passes",
    deployment,
    deploymentOf(`${registry}/api:unreleased-2`),
    [],
  ],
  [
    "a chart's values are judged too",
    release,
    {
      values: {
        image: { repository: `${unassigned}-cache/eks/controller`, tag: "v3" },
        other: { image: `${registry}/tool:unreleased` },
      },
    },
    [
      "values.image: image unassigned.dkr.ecr.us-west-2.amazonaws.com/auterity-cache/eks/controller has a registry without an account",
      "values.other.image: image auterity/tool is not released yet",
    ],
  ],
  [
    "a provider without an account is reported, as JSON text",
    "pulumi:providers:aws",
    { region: "us-west-2", allowedAccountIds: '["unassigned"]' },
    ["allowedAccountIds: the environment has no account yet"],
  ],
  [
    "a provider without an account is reported, as a list",
    "pulumi:providers:aws",
    { allowedAccountIds: ["unassigned"] },
    ["allowedAccountIds: the environment has no account yet"],
  ],
  [
    "a provider with an account passes",
    "pulumi:providers:aws",
    { allowedAccountIds: '["111122223333"]' },
    [],
  ],
  [
    "a host that never resolves is reported",
    "kubernetes:networking.k8s.io/v1:Ingress",
    { spec: { rules: [{ host: "api.unassigned.invalid" }, { host: "api.example.com" }] } },
    ["spec.rules: host api.unassigned.invalid never resolves, the environment has no domain yet"],
  ],
  [
    "a host of a domain passes, and so does a rule without one",
    "kubernetes:networking.k8s.io/v1:Ingress",
    { spec: { rules: [{ host: "invalid.example.com" }, {}] } },
    [],
  ],
  ["a provider that names no account passes", "pulumi:providers:aws", { region: "us-west-2" }, []],
]);
