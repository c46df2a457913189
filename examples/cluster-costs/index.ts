import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ClusterCosts } from "../../components/cluster-costs";
import { charts, images } from "../../components/shared/versions";

const config = new pulumi.Config();
const provider = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });

const costs = new ClusterCosts("costs", {
  clusterName: config.require("clusterName"),
  provider,
  network: { clusterSubnetCidrs: ["10.0.64.0/24"], endpointSubnetCidrs: [] },
  chart: charts.openCost,
  image: images.openCost,
});

export const namespace = costs.namespace;
