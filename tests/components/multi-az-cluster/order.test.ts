import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import { MultiAzCluster } from "../../../components/multi-az-cluster";
import { startOfflineEngine, type Registration } from "../../support/engine";
import { clusterArgs, recordStandardCluster, shortType } from "./fixture";

/** The steps of a creation; each waits for all of the one before, and a destruction takes them backwards. */
const steps: readonly (readonly [string, RegExp])[] = [
  [
    "what the cluster is made of",
    /^(cloudwatch\/LogGroup|ec2\/SecurityGroup main-control-plane|kms\/Key main-(secrets|logs)|iam\/Role(Policy)? main-control-plane)/,
  ],
  ["cluster", /^eks:index:Cluster/],
  ["access", /^eks\/Access\w+ main-access-/],
  [
    "network plugin and what it needs",
    /^eks\/Addon main-(vpc-cni|kube-proxy|eks-pod-identity-agent)$/,
  ],
  ["nodes", /^eks:index:ManagedNodeGroup/],
  [
    "other add-ons",
    /^eks\/Addon main-(coredns|metrics-server|snapshot-controller|aws-ebs-csi-driver|eks-node-monitoring-agent)$/,
  ],
  [
    "load balancer controller",
    /^(eks\/PodIdentityAssociation main-load-balancer-controller|kubernetes:core\/v1:ServiceAccount|kubernetes:helm.sh\/v3:Release main-)/,
  ],
];

const label = ({ type, name }: Registration) => `${shortType(type)} ${name}`;

/** Every resource that this one waits for, over any number of others. */
function waitsFor(registrations: readonly Registration[], start: Registration): Set<string> {
  const byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
  const seen = new Set<string>();
  const queue = [start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const provider = next.provider.split("::").slice(0, 4).join("::");
    for (const urn of [...next.dependencies, provider]) {
      const found = byUrn.get(urn);
      if (found === undefined || seen.has(label(found))) continue;
      seen.add(label(found));
      queue.push(found);
    }
  }
  return seen;
}

describe("The order of a MultiAzCluster", () => {
  let registrations: Registration[];
  before(async () => {
    ({ registrations } = await recordStandardCluster());
  });

  const inStep = (pattern: RegExp) => registrations.filter((one) => pattern.test(label(one)));

  for (const [index, [step, pattern]] of steps.entries()) {
    const previous = steps[index - 1];
    if (previous === undefined) continue;
    it(`makes ${step} wait for ${previous[0]}`, () => {
      const earlier = inStep(previous[1]).map(label);
      expect(earlier).to.not.have.length(0);
      const later = inStep(pattern);
      expect(later).to.not.have.length(0);
      for (const registration of later) {
        const waited = waitsFor(registrations, registration);
        expect(
          earlier.filter((one) => !waited.has(one)),
          label(registration),
        ).to.deep.equal([]);
      }
    });
  }

  it("has no step that waits for a later one", () => {
    const positions = new Map(
      steps.flatMap(([, pattern], index) =>
        inStep(pattern).map((registration): [string, number] => [label(registration), index]),
      ),
    );
    for (const registration of registrations) {
      const own = positions.get(label(registration));
      if (own === undefined) continue;
      const late = [...waitsFor(registrations, registration)].filter(
        (other) => (positions.get(other) ?? 0) > own,
      );
      expect(late, label(registration)).to.deep.equal([]);
    }
  });

  it("keeps a node's rules, role and way in until the node is gone", () => {
    const needed = registrations
      .map(label)
      .filter((one) =>
        /^(vpc\/SecurityGroup|iam\/Role\w* main-nodes|eks\/AccessEntry main-nodes)/.test(one),
      );
    expect(needed).to.have.length(19);
    for (const group of inStep(/^eks:index:ManagedNodeGroup/)) {
      const waited = waitsFor(registrations, group);
      expect(
        needed.filter((one) => !waited.has(one)),
        label(group),
      ).to.deep.equal([]);
    }
  });

  it("keeps each controller's permissions until the controller is gone", () => {
    const controllers = {
      "eks/Addon main-vpc-cni": ["iam/RolePolicyAttachment main-vpc-cni"],
      "eks/Addon main-aws-ebs-csi-driver": [
        "iam/RolePolicyAttachment main-aws-ebs-csi-driver",
        "iam/RolePolicy main-aws-ebs-csi-driver",
      ],
      "kubernetes:helm.sh/v3:Release main-load-balancer-controller": [
        "iam/RolePolicy main-load-balancer-controller",
        "eks/PodIdentityAssociation main-load-balancer-controller",
        "kubernetes:core/v1:ServiceAccount main-load-balancer-controller",
      ],
    };
    for (const [controller, permissions] of Object.entries(controllers)) {
      const registration = registrations.find((one) => label(one) === controller);
      expect(waitsFor(registrations, registration!)).to.include.all.keys(permissions);
    }
  });

  it("lets what depends on `ready` come last", async () => {
    const engine = await startOfflineEngine();
    const provider = new aws.Provider("account", { region: "us-west-2" });
    const cluster = new MultiAzCluster("main", clusterArgs, { providers: [provider] });
    new k8s.core.v1.Namespace(
      "inside",
      {},
      { provider: cluster.provider, dependsOn: cluster.ready },
    );
    await engine.settle();
    const inside = engine.registrations.find(({ name }) => name === "inside");
    const waited = waitsFor(engine.registrations, inside!);
    const missing = engine.registrations
      .filter((one) => one !== inside && !one.type.startsWith("platform:"))
      .map(label)
      .filter((one) => !waited.has(one));
    expect(missing).to.deep.equal([]);
  });
});
