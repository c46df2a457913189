import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { MultiAzCluster } from "../../components/multi-az-cluster";
import { charts, images, kubernetesMatrix } from "../../components/shared/versions";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");
const kubernetesVersion = "1.35";
const { addons, amiReleases } = kubernetesMatrix[kubernetesVersion];

const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const cluster = new MultiAzCluster(
  "example",
  {
    region,
    accountId,
    clusterName: "example",
    vpcId: config.require("vpcId"),
    vpcCidrBlock: config.require("vpcCidrBlock"),
    clusterSubnetIds: config.requireObject<string[]>("clusterSubnetIds"),
    nodeSubnetIdByZone: config.requireObject<Record<string, string>>("nodeSubnetIdByZone"),
    versions: {
      kubernetesVersion,
      addons,
      amiReleaseVersion: amiReleases,
      loadBalancerController: {
        // A mirror, a registry (oci://…) or a local folder, where the public repository is out of reach.
        chart: {
          repository: config.get("chartRepository") ?? charts.awsLoadBalancerController.repository,
          version: charts.awsLoadBalancerController.version,
        },
        image: images.awsLoadBalancerController,
      },
    },
    accessEntries: {
      deployer: { principalArn: config.require("deployerArn"), policy: "cluster-admin" },
    },
    nodeClasses: {
      system: {
        instanceTypes: ["m7i.large"],
        minPerZone: 1,
        maxPerZone: 2,
        diskGiB: 50,
        amiType: "AL2023_x86_64_STANDARD",
      },
      general: {
        instanceTypes: ["m7i.large"],
        minPerZone: 1,
        maxPerZone: 3,
        diskGiB: 50,
        amiType: "AL2023_x86_64_STANDARD",
      },
    },
    logRetentionDays: 30,
    // An example is there to be taken down again.
    deletionProtection: false,
    protect: false,
    tags: { project: "example" },
  },
  { providers: [provider] },
);

// Whatever is inside comes after the controllers, and goes before them.
const namespace = new k8s.core.v1.Namespace(
  "example",
  { metadata: { name: "example" } },
  { provider: cluster.provider, dependsOn: cluster.ready },
);

export const { clusterName, endpoint, nodeSecurityGroupId } = cluster;
export const namespaceName = namespace.metadata.name;
