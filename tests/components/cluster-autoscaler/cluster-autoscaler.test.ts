import { expect } from "chai";
import {
  ClusterAutoscaler,
  type ClusterAutoscalerArgs,
} from "../../../components/cluster-autoscaler";
import { ArgsError } from "../../../components/shared/args-error";
import { longestStopSeconds } from "../../../components/shared/graceful-stop";
import { podIdentityTrust } from "../../../components/shared/pod-identity";
import { headroomPriority, priorities } from "../../../components/shared/priority-classes";
import { images, kubernetesMatrix } from "../../../components/shared/versions";
import { startOfflineEngine } from "../../support/engine";
import { knownValues, unknownKeys } from "../../support/chart-values";
import { accountId, args, digest, inputsOf, register } from "./fixture";

const account = { region: "us-west-2", accountId, clusterName: "auterity" };

async function valuesOf(given: ClusterAutoscalerArgs): Promise<Record<string, unknown>> {
  return inputsOf(await register(given), ":Release")["values"] as Record<string, unknown>;
}

async function argumentsOf(given = args): Promise<Record<string, unknown>> {
  return (await valuesOf(given))["extraArgs"] as Record<string, unknown>;
}

async function problemsOf(given: ClusterAutoscalerArgs): Promise<readonly string[]> {
  const engine = await startOfflineEngine({ mode: "known" });
  let problems: readonly string[] = [];
  try {
    new ClusterAutoscaler("nodes", given);
  } catch (error) {
    if (error instanceof ArgsError) problems = error.problems;
  }
  await engine.settle();
  expect(engine.registrations).to.deep.equal([]);
  return problems;
}

describe("ClusterAutoscaler", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers namespace, policies, role and release (${mode} values)`, async () => {
      const registrations = await register(args, mode);
      const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
      expect(registrations.map(({ type, name }) => [type, name])).to.have.deep.members([
        ["platform:cluster:ClusterAutoscaler", "nodes"],
        ["kubernetes:core/v1:Namespace", "nodes-cluster-autoscaler"],
        [policy, "nodes-cluster-autoscaler-default-deny"],
        [policy, "nodes-cluster-autoscaler-allow-dns"],
        [policy, "nodes-policy-cluster-autoscaler"],
        ["aws:iam/role:Role", "nodes-cluster-autoscaler"],
        ["aws:iam/rolePolicy:RolePolicy", "nodes-cluster-autoscaler"],
        ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "nodes-cluster-autoscaler"],
        ["kubernetes:helm.sh/v3:Release", "nodes-cluster-autoscaler"],
      ]);
    });

  it("installs one exact chart with the pinned image of the cluster's minor", async () => {
    const release = inputsOf(await register(args), ":Release");
    expect(release).to.include({ chart: "cluster-autoscaler", version: "9.59.0", atomic: true });
    const { image, autoDiscovery } = release["values"] as { image: object; autoDiscovery: object };
    expect(image).to.deep.equal({
      repository: "registry.k8s.io/autoscaling/cluster-autoscaler",
      tag: `v1.35.2@${digest}`,
    });
    expect(autoDiscovery).to.deep.equal({ clusterName: "auterity" });
    for (const [minor, { clusterAutoscaler }] of Object.entries(kubernetesMatrix))
      expect(clusterAutoscaler.startsWith(`v${minor}.`), minor).to.equal(true);
  });

  it("sets only values that the chart has", async function () {
    const known = knownValues("cluster-autoscaler");
    if (known === undefined) this.skip();
    const { extraArgs, ...values } = await valuesOf(args);
    expect(extraArgs).to.be.an("object");
    expect(unknownKeys(values, known)).to.deep.equal([]);
    expect(unknownKeys({ rbac: { creat: true } }, known)).to.deep.equal(["rbac.creat"]);
  });

  it("grows Spot before On-Demand, and a group without a name that anybody gave last", async () => {
    expect((await valuesOf(args))["expanderPriorities"]).to.deep.equal({
      "1": [".*"],
      "20": ["^eks-auterity-spot-"],
      "10": ["^eks-auterity-general-"],
    });
    expect((await argumentsOf())["expander"]).to.equal("priority,least-waste");
  });

  it("leaves every pod the time that services may ask for, and removes nodes whatever runs there", async () => {
    expect(await argumentsOf()).to.include({
      "max-graceful-termination-sec": longestStopSeconds,
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
    });
  });

  it("adds a node for pods of every priority of ours, those that hold room included", async () => {
    const cutoff = (await argumentsOf())["expendable-pods-priority-cutoff"] as number;
    const values = [headroomPriority, ...Object.values(priorities)].map(({ value }) => value);
    expect(Math.min(...values)).to.equal(cutoff);
    expect(headroomPriority.value).to.be.lessThan(priorities.batch.value);
  });

  it("goes on while one zone of two or two of three are away", async () => {
    expect((await argumentsOf())["max-total-unready-percentage"]).to.be.greaterThan(67);
  });

  it("may size groups that carry both tags of this cluster, and nothing else", async () => {
    const registrations = await register(args);
    const role = inputsOf(registrations, ":Role");
    expect(role["permissionsBoundary"]).to.equal(args.permissionsBoundaryArn);
    expect(JSON.parse(role["assumeRolePolicy"] as string)).to.deep.equal(
      podIdentityTrust(account, {
        namespace: "cluster-autoscaler",
        serviceAccount: "cluster-autoscaler",
      }),
    );
    const { Statement } = JSON.parse(
      inputsOf(registrations, ":RolePolicy")["policy"] as string,
    ) as {
      Statement: { Sid: string; Action: string | string[]; Resource: string; Condition?: object }[];
    };
    const changing = Statement.filter(({ Action }) =>
      [Action].flat().some((action) => !/:(Describe|Get)/.test(action)),
    );
    expect(changing).to.deep.equal([
      {
        Sid: "SizeOwnGroups",
        Effect: "Allow",
        Action: [
          "autoscaling:SetDesiredCapacity",
          "autoscaling:TerminateInstanceInAutoScalingGroup",
        ],
        Resource:
          "arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:*:autoScalingGroupName/*",
        Condition: {
          StringEquals: {
            "aws:ResourceTag/k8s.io/cluster-autoscaler/auterity": "owned",
            "aws:ResourceTag/k8s.io/cluster-autoscaler/enabled": "true",
          },
        },
      },
    ]);
    expect(Statement.find(({ Sid }) => Sid === "SeeNodeGroups")?.Resource).to.equal(
      "arn:aws:eks:us-west-2:123456789012:nodegroup/auterity/*/*",
    );
  });

  it("runs without rights, in a namespace of its own", async () => {
    const registrations = await register({ ...args, replicas: 1 });
    const values = inputsOf(registrations, ":Release")["values"] as Record<string, unknown>;
    expect(values["replicaCount"]).to.equal(1);
    expect(values["containerSecurityContext"]).to.deep.include({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    const { metadata } = inputsOf(registrations, ":Namespace") as {
      metadata: { labels: Record<string, string> };
    };
    expect(metadata.labels["pod-security.kubernetes.io/enforce"]).to.equal("restricted");
  });

  it("refuses every problem at once, and registers nothing", async () => {
    expect(
      await problemsOf({
        ...{ ...args, region: "oregon", accountId: "1", clusterName: "a b" },
        network: { clusterSubnetCidrs: [], endpointSubnetCidrs: ["10.0.0.0"] },
        version: { ...args.version, image: images.clusterAutoscaler136 },
        preferredGroups: ["("],
        replicas: 3,
      }),
    ).to.deep.equal([
      'region: got "oregon", need an AWS region',
      'accountId: got "1", need 12 digits, or unassigned',
      'clusterName: got "a b", need 1 to 100 letters, digits, "-" or "_", the first a letter or digit',
      "network.clusterSubnetCidrs: got none, need those that the API server answers from",
      'network.endpointSubnetCidrs: got "10.0.0.0", need an IPv4 range such as 10.0.0.0/16',
      'version.image.tag: got "v1.36.1", need the cluster\'s minor, v1.35.x',
      'preferredGroups: got "(", need a regular expression',
      "replicas: got 3, need 1 or 2: one works, the other waits",
    ]);
    expect(await problemsOf({ ...args, kubernetesVersion: "1.9" })).to.deep.equal([
      'kubernetesVersion: got "1.9", need a minor version, such as 1.35',
    ]);
  });
});

describe("the example of ClusterAutoscaler", () => {
  it("runs by itself, each object with the provider of its place", async () => {
    const config = {
      "auterity:accountId": accountId,
      "auterity:clusterName": "auterity",
      "auterity:kubeconfig": "{}",
    };
    const engine = await startOfflineEngine({ config });
    await import("../../../examples/cluster-autoscaler/index.js");
    await engine.settle();
    const providers = engine.registrations
      .filter(({ type }) => /^(aws|kubernetes):/.test(type))
      .map(({ type, provider }) => `${type.split(":")[0] ?? ""} ${provider.split("::")[3] ?? ""}`);
    expect(new Set(providers)).to.deep.equal(new Set(["aws account", "kubernetes cluster"]));
  });
});
