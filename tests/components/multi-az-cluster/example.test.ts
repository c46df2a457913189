import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("The example of a MultiAzCluster", () => {
  it("runs by itself, and what is inside waits for the controllers", async () => {
    const project = "example-multi-az-cluster";
    const settings = {
      accountId: "123456789012",
      vpcId: "vpc-1",
      vpcCidrBlock: "10.0.0.0/16",
      clusterSubnetIds: '["subnet-c1","subnet-c2"]',
      nodeSubnetIdByZone: '{"us-west-2a":"subnet-a","us-west-2b":"subnet-b"}',
      deployerArn: "arn:aws:iam::123456789012:role/deployer",
    };
    const engine = await startOfflineEngine({
      project,
      config: Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [`${project}:${key}`, value]),
      ),
    });
    await import("../../../examples/multi-az-cluster/index.js");
    await engine.settle();
    const namespace = engine.registrations.find(
      ({ type }) => type === "kubernetes:core/v1:Namespace",
    );
    expect(namespace?.dependencies).to.include(
      "urn:pulumi:test::example-multi-az-cluster::platform:cluster:MultiAzCluster$kubernetes:helm.sh/v3:Release::example-load-balancer-controller",
    );
    expect(engine.registrations).to.have.length(59);
  });
});
