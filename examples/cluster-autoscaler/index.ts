import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ClusterAutoscaler } from "../../components/cluster-autoscaler";
import { charts, images } from "../../components/shared/versions";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");
const clusterName = config.require("clusterName");

const account = new aws.Provider("account", { region, allowedAccountIds: [accountId] });
const cluster = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });

new ClusterAutoscaler(
  "autoscaler",
  {
    region,
    accountId,
    clusterName,
    kubernetesVersion: "1.35",
    version: { chart: charts.clusterAutoscaler, image: images.clusterAutoscaler135 },
    network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: [] },
    preferredGroups: [`^eks-${clusterName}-spot-`],
  },
  { providers: { aws: account, kubernetes: cluster } },
);
