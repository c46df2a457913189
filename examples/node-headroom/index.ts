import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { NodeHeadroom } from "../../components/node-headroom";
import { images } from "../../components/shared/versions";

const config = new pulumi.Config();
const cluster = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });

new NodeHeadroom(
  "room",
  {
    zones: 3,
    classes: { general: { cpu: "1", memory: "2Gi", perZone: 1 } },
    image: images.pause,
  },
  { providers: [cluster] },
);
