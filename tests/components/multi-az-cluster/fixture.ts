import * as aws from "@pulumi/aws";
import { MultiAzCluster, type MultiAzClusterArgs } from "../../../components/multi-az-cluster";
import type { Mode } from "../../../tools/offline/engine";
import { startOfflineEngine, type Registration } from "../../support/engine";

const x86 = { diskGiB: 50, amiType: "AL2023_x86_64_STANDARD" } as const;

export const clusterArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  clusterName: "auterity-test",
  vpcId: "vpc-1",
  vpcCidrBlock: "10.0.0.0/16",
  clusterSubnetIds: ["subnet-c1", "subnet-c2"],
  nodeSubnetIdByZone: { "us-west-2a": "subnet-a", "us-west-2b": "subnet-b" },
  versions: {
    kubernetesVersion: "1.35",
    addons: {
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.35.3-eksbuild.29",
      coredns: "v1.13.2-eksbuild.31",
      "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      "eks-node-monitoring-agent": "v1.7.0-eksbuild.1",
      "metrics-server": "v0.9.0-eksbuild.11",
      "snapshot-controller": "v8.6.0-eksbuild.6",
    },
    amiReleaseVersion: { AL2023_x86_64_STANDARD: "1.35.8-20260923" },
    loadBalancerController: {
      chart: { repository: "https://charts.example.com/eks", version: "3.5.0" },
      image: { repository: "registry.example.com/load-balancer-controller", tag: "v3.5.0" },
    },
  },
  accessEntries: {
    deployer: {
      principalArn: "arn:aws:iam::123456789012:role/deployer",
      policy: "cluster-admin",
    },
    support: {
      principalArn: "arn:aws:iam::123456789012:role/support",
      policy: "view",
      namespaces: ["automatrix", "relaycore"],
    },
  },
  nodeClasses: {
    system: { ...x86, instanceTypes: ["m7i.large"], minPerZone: 1, maxPerZone: 2 },
    general: { ...x86, instanceTypes: ["m7i.large"], minPerZone: 1, maxPerZone: 4, desired: 2 },
    spot: {
      ...x86,
      instanceTypes: ["m7i.large", "m6i.large", "m5.large"],
      minPerZone: 0,
      maxPerZone: 6,
    },
    "ai-processing": {
      ...x86,
      instanceTypes: ["r7i.4xlarge"],
      minPerZone: 0,
      maxPerZone: 2,
      diskGiB: 200,
    },
  },
  tags: { project: "auterity" },
} as const satisfies MultiAzClusterArgs;

/** A cluster "main" under an explicit provider, and everything that it registered. */
export async function recordCluster(
  changes: Partial<MultiAzClusterArgs> = {},
  mode: Mode = "known",
): Promise<{ cluster: MultiAzCluster; registrations: Registration[] }> {
  const engine = await startOfflineEngine({ mode });
  const provider = new aws.Provider("account", { region: "us-west-2" });
  const cluster = new MultiAzCluster(
    "main",
    { ...clusterArgs, ...changes },
    { providers: [provider] },
  );
  await engine.settle();
  return {
    cluster,
    registrations: engine.registrations.filter(({ type }) => type !== "pulumi:providers:aws"),
  };
}

let standard: ReturnType<typeof recordCluster> | undefined;

/** The cluster of the unchanged arguments with computed values known; recorded once, for reading only. */
export function recordStandardCluster(): ReturnType<typeof recordCluster> {
  standard ??= recordCluster();
  return standard;
}

/** Type tokens without what says nothing: "aws:eks/addon:Addon" is "eks/Addon". */
export function shortType(type: string): string {
  const [pkg = "", module = "", resource = ""] = type.split(":");
  return pkg === "aws" ? `${module.split("/")[0] ?? ""}/${resource}` : type;
}

/** Inputs of one resource, by the end of its type token and its name without the component's. */
export function inputsOf(
  registrations: readonly Registration[],
  type: string,
  name: string,
): Record<string, unknown> {
  const found = registrations.filter(
    (registration) =>
      shortType(registration.type) === type && registration.name === `main${name && `-${name}`}`,
  );
  if (found.length !== 1) throw new Error(`${found.length} registrations of ${type} ${name}`);
  return found[0]!.inputs;
}

export function policyOf(inputs: Record<string, unknown>, key = "policy"): unknown {
  return JSON.parse(inputs[key] as string);
}
