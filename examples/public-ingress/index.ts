import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PublicIngress } from "../../components/public-ingress";
import type { ServiceRecord } from "../../components/shared/service-record";

const config = new pulumi.Config();

// The Service "website" runs in the namespace "examples", which carries the label
// auterity.io/public-ingress=enabled. Only name, product, port and exposure matter here.
const website: ServiceRecord = {
  name: "website",
  description: "Pages for everybody",
  product: "examples",
  team: "examples",
  tier: "standard",
  image: "website",
  nodeClass: "general",
  port: 8080,
  probes: { readiness: { kind: "http", path: "/" }, startupSeconds: 30 },
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "200m", memory: "128Mi" },
  shutdownSeconds: 15,
  writablePaths: ["/tmp"],
  talksTo: { services: [], stores: [], hosts: [] },
  secrets: [],
  settings: {},
  scaling: { min: 2, max: 4, signals: [{ kind: "cpu", targetPercent: 70 }] },
  criticalPaths: [{ name: "start-page", method: "GET", path: "/", expectedStatus: 200 }],
  dataClass: "none",
  exposure: { subdomain: "www", healthCheckPath: "/" },
};

const provider = new k8s.Provider("cluster", { kubeconfig: config.requireSecret("kubeconfig") });

const ingress = new PublicIngress(
  "public",
  {
    network: {
      region: "us-west-2",
      vpcId: config.require("vpcId"),
      // Of the nodes on which the Service's pods run.
      nodeSecurityGroupId: config.require("nodeSecurityGroupId"),
    },
    domain: config.require("domain"),
    services: [website],
    namespaces: { [website.product]: "examples" },
    // An example is there to be taken down again.
    deletionProtection: false,
  },
  { providers: { kubernetes: provider, aws: new aws.Provider("aws", { region: "us-west-2" }) } },
);

export const { hosts, loadBalancerHostname, securityGroupId } = ingress;
