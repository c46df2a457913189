import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Karpenter } from "../../components/karpenter";
import { charts, images, kubernetesMatrix } from "../../components/shared/versions";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");

const account = new aws.Provider("account", { region, allowedAccountIds: [accountId] });
const cluster = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });

new Karpenter(
  "nodes",
  {
    region,
    accountId,
    clusterName: config.require("clusterName"),
    version: { chart: charts.karpenter, image: images.karpenter },
    network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: [] },
    nodePools: {
      general: {
        capacityType: "on-demand",
        instanceTypes: ["m6i.large", "m6a.large"],
        maxNodes: 6,
        diskGiB: 50,
      },
    },
    nodeSubnetIdByZone: { "us-west-2a": "subnet-0a", "us-west-2b": "subnet-0b" },
    nodeSecurityGroupId: "sg-0",
    nodeRoleName: "nodes",
    volumesKeyArn: `arn:aws:kms:${region}:${accountId}:key/volumes`,
    amiRelease: kubernetesMatrix["1.35"].amiReleases.AL2023_x86_64_STANDARD,
  },
  { providers: { aws: account, kubernetes: cluster } },
);
