import { awsFoundational } from "../shared/frameworks";
import { stackRule } from "../shared/rule";

const repositoryType = "aws:ecr/repository:Repository";
const lifecycleType = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

export const imageEcrLifecycle = stackRule({
  name: "image-ecr-lifecycle",
  description: "Every ECR repository has a lifecycle policy.",
  reach: "nowhere",
  severity: "low",
  framework: awsFoundational(
    "ECR.3",
    "ECR repositories should have at least one lifecycle policy configured",
  ),
  tags: ["fsbp:ECR.3"],
  remediationSteps: "Add an aws.ecr.LifecyclePolicy that expires what no release uses.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-3",
  settings: {},
  types: [repositoryType],
  check: ({ graph, report }) => {
    const covered = new Set(
      graph
        .ofType(lifecycleType)
        .map((policy) => graph.resolve(policy, "repository", repositoryType)?.urn),
    );
    for (const { urn } of graph.ofType(repositoryType))
      if (!covered.has(urn)) report("no lifecycle policy names this repository", urn);
  },
});
