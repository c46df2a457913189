import { expect } from "chai";
import { startOfflineEngine } from "../support/engine";

describe("the example of ImageRegistry", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({ config: { "auterity:accountId": "123456789012" } });
    const example = await import("../../examples/image-registry/index.js");
    await engine.settle();

    const counts: Record<string, number> = {};
    for (const { type } of engine.registrations) counts[type] = (counts[type] ?? 0) + 1;
    expect(counts).to.deep.equal({
      "pulumi:providers:aws": 1,
      "platform:delivery:ImageRegistry": 1,
      "aws:kms/key:Key": 2,
      "aws:ecr/repository:Repository": 4,
      "aws:ecr/lifecyclePolicy:LifecyclePolicy": 4,
      "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": 4,
      "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": 3,
      "aws:ecr/replicationConfiguration:ReplicationConfiguration": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
    });
    const providers = engine.registrations
      .filter(({ type }) => type.startsWith("aws:"))
      .map(({ provider }) => provider.split("::")[3]);
    expect(new Set(providers)).to.deep.equal(new Set(["account"]));
    expect(example.loadBalancerController).to.equal(
      "123456789012.dkr.ecr.us-west-2.amazonaws.com/auterity-cache/ecr-public/eks/aws-load-balancer-controller",
    );
  });
});
