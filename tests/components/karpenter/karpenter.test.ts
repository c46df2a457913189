import { expect } from "chai";
import { Karpenter } from "../../../components/karpenter";
import { ArgsError } from "../../../components/shared/args-error";
import { nodeTaints } from "../../../components/shared/node-classes";
import { images } from "../../../components/shared/versions";
import { type Registration, startOfflineEngine } from "../../support/engine";
import { knownValues, unknownKeys } from "../../support/chart-values";
import { accountId, args, inputsOf, register } from "./fixture";

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function statementsOf(registrations: readonly Registration[]): Statement[] {
  const { policy } = inputsOf(registrations, ":RolePolicy", "nodes-karpenter");
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}

describe("Karpenter", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers queue, role, charts and a pool for each class (${mode} values)`, async () => {
      const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
      const signals = ["spot-interruption", "rebalance", "instance-state", "health"];
      const classes = ["general", "spot", "ai-processing"];
      const pool = "kubernetes:karpenter.sh/v1:NodePool";
      const nodeClass = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass";
      expect((await register(mode)).map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:cluster:Karpenter", "nodes"],
        ["kubernetes:core/v1:Namespace", "nodes-karpenter"],
        [policy, "nodes-karpenter-default-deny"],
        [policy, "nodes-karpenter-allow-dns"],
        [policy, "nodes-policy-karpenter"],
        ["aws:iam/instanceProfile:InstanceProfile", "nodes-karpenter-nodes"],
        ["aws:sqs/queue:Queue", "nodes-karpenter-interruptions"],
        ["aws:sqs/queuePolicy:QueuePolicy", "nodes-karpenter-interruptions"],
        ...signals.flatMap((signal) => [
          ["aws:cloudwatch/eventRule:EventRule", `nodes-karpenter-interruptions-${signal}`],
          ["aws:cloudwatch/eventTarget:EventTarget", `nodes-karpenter-interruptions-${signal}`],
        ]),
        ["aws:iam/role:Role", "nodes-karpenter"],
        ["aws:iam/rolePolicy:RolePolicy", "nodes-karpenter"],
        ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "nodes-karpenter"],
        ["kubernetes:helm.sh/v3:Release", "nodes-karpenter-definitions"],
        ["kubernetes:helm.sh/v3:Release", "nodes-karpenter"],
        ...classes.flatMap((each) => [
          [nodeClass, `nodes-${each}-class`],
          [pool, `nodes-${each}-pool`],
        ]),
      ]);
    });

  it("gives nodes of a class the label and the taint that its node groups have", async () => {
    const registrations = await register();
    for (const nodeClass of ["general", "spot", "ai-processing"] as const) {
      const { spec } = inputsOf(registrations, ":NodePool", `nodes-${nodeClass}-pool`) as {
        spec: {
          template: { metadata: { labels: object }; spec: { taints: object[] } };
          limits: object;
        };
      };
      expect(spec.template.metadata.labels).to.deep.equal({ workload: nodeClass });
      expect(spec.template.spec.taints).to.deep.equal([nodeTaints[nodeClass] ?? []].flat());
      expect(spec.limits).to.deep.equal({ nodes: String(args.nodePools[nodeClass]?.maxNodes) });
    }
  });

  it("starts nodes of the pinned image, encrypted, in the given subnets, one hop from the metadata", async () => {
    const { spec } = inputsOf(await register(), ":EC2NodeClass", "nodes-spot-class") as {
      spec: Record<string, unknown>;
    };
    expect(spec).to.deep.include({
      amiSelectorTerms: [{ alias: "al2023@v20260923" }],
      subnetSelectorTerms: [{ id: "subnet-a" }, { id: "subnet-b" }],
      securityGroupSelectorTerms: [{ id: "sg-nodes" }],
      associatePublicIPAddress: false,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIPv6: "disabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      tags: { project: "auterity", Name: "auterity-spot", workload: "spot" },
    });
    expect(JSON.stringify(spec["blockDeviceMappings"])).to.include('"encrypted":true');
  });

  it("goes after its pools, whose deletion waits for their last node", async () => {
    const registrations = await register();
    const release = registrations.find(
      ({ type, name }) => type.endsWith(":Release") && name === "nodes-karpenter",
    )!;
    for (const each of registrations.filter(({ type }) => type.includes("karpenter."))) {
      const { metadata } = each.inputs as { metadata: { annotations: object } };
      expect(metadata.annotations).to.include({
        "pulumi.com/deletionPropagationPolicy": "foreground",
      });
      if (each.type.endsWith(":EC2NodeClass"))
        expect(each.dependencies, each.name).to.include(release.urn);
    }
  });

  it("may end, tag and launch what carries this cluster's tag, and hand over the nodes' role alone", async () => {
    const statements = statementsOf(await register());
    const own = "kubernetes.io/cluster/auterity";
    for (const { Sid, Action, Condition } of statements) {
      const changes = [Action].flat().some((action) => !/:(Describe|Get|List)/.test(action));
      if (!changes || Sid === "LaunchWith" || !JSON.stringify(Action).includes("ec2:")) continue;
      const tags = Object.keys(Condition?.["StringEquals"] ?? {});
      expect(
        tags.some((tag) => tag.endsWith(own)),
        Sid,
      ).to.equal(true);
    }
    expect(statements.find(({ Sid }) => Sid === "GiveNodesTheirRole")).to.deep.include({
      Resource: "arn:aws:iam::123456789012:role/nodes-1234567",
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    });
    expect(
      statements.flatMap(({ Action }) => Action).filter((action) => action.startsWith("iam:")),
    ).to.deep.equal(["iam:PassRole", "iam:GetInstanceProfile", "iam:ListInstanceProfiles"]);
  });

  it("lets the events service alone write to the queue, of its four rules", async () => {
    const { policy } = inputsOf(await register(), ":QueuePolicy", "nodes-karpenter-interruptions");
    const { Statement } = JSON.parse(policy as string) as {
      Statement: { Principal: object; Condition: { ArnEquals: Record<string, string[]> } }[];
    };
    expect(Statement[0]?.Principal).to.deep.equal({ Service: "events.amazonaws.com" });
    expect(Statement[0]?.Condition.ArnEquals["aws:SourceArn"]).to.have.length(4);
  });

  it("sets only values that the chart has", async function () {
    const known = knownValues("karpenter");
    if (known === undefined) this.skip();
    const { values } = inputsOf(await register(), ":Release", "nodes-karpenter");
    expect(unknownKeys(values as object, known)).to.deep.equal([]);
  });

  it("refuses every problem at once, and registers nothing", async () => {
    const engine = await startOfflineEngine({ mode: "known" });
    let problems: readonly string[] = [];
    try {
      new Karpenter("nodes", {
        ...{ ...args, region: "us-east-1", accountId: "1", clusterName: "" },
        network: { clusterSubnetCidrs: [], endpointSubnetCidrs: [] },
        version: { ...args.version, image: { ...images.karpenter, tag: "v1" } },
        nodePools: {
          spot: { capacityType: "spot", instanceTypes: ["m6i"], maxNodes: 0, diskGiB: 8 },
          general: {
            ...{ capacityType: "on-demand", maxNodes: 1, diskGiB: 20 },
            instanceTypes: ["m6i.large", "m7g.large"],
          },
          "general-arm64": {
            ...{ capacityType: "on-demand", maxNodes: 1, diskGiB: 20 },
            instanceTypes: ["m6i.large"],
          },
        },
        ...{ amiRelease: "latest", tags: { "karpenter.sh/nodepool": "x" } },
      });
    } catch (error) {
      if (error instanceof ArgsError) problems = error.problems;
    }
    await engine.settle();
    expect(problems).to.deep.equal([
      'accountId: got "1", need 12 digits, or unassigned',
      'clusterName: got "", need 1 to 100 letters, digits, "-" or "_", the first a letter or digit',
      'nodeSubnetIdByZone: got "us-west-2a", need a zone of us-east-1',
      'nodeSubnetIdByZone: got "us-west-2b", need a zone of us-east-1',
      "network.clusterSubnetCidrs: got none, need those that the API server answers from",
      'version.image.tag: got "v1", need an exact version, such as 1.2.3',
      'amiRelease: got "latest", need a release, such as 1.35.8-20260923',
      'nodePools.spot.instanceTypes: got "m6i", need an instance type, such as m7i.large',
      "nodePools.spot.instanceTypes: got m6i, need at least 3 different type(s)",
      "nodePools.spot.maxNodes: got 0, need 1 or more",
      "nodePools.spot.diskGiB: got 8, need 20 or more",
      "nodePools.general.instanceTypes: got m6i.large, m7g.large, need types of one architecture",
      "nodePools.general-arm64.instanceTypes: got m6i.large, need Arm types",
      'tags: got the key "karpenter.sh/nodepool", need one that neither AWS nor Karpenter sets',
    ]);
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("the example of Karpenter", () => {
  it("runs by itself, each object with the provider of its place", async () => {
    const config = {
      "auterity:accountId": accountId,
      "auterity:clusterName": "auterity",
      "auterity:kubeconfig": "{}",
    };
    const engine = await startOfflineEngine({ config });
    await import("../../../examples/karpenter/index.js");
    await engine.settle();
    const providers = engine.registrations
      .filter(({ type }) => /^(aws|kubernetes):/.test(type))
      .map(({ type, provider }) => `${type.split(":")[0] ?? ""} ${provider.split("::")[3] ?? ""}`);
    expect(new Set(providers)).to.deep.equal(new Set(["aws account", "kubernetes cluster"]));
  });
});
