import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ImageRegistry, pullThroughPolicy } from "../../components/image-registry";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");

const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

// Two services, copied to a second region, and a cache of the registries that need no credentials.
const registry = new ImageRegistry(
  "images",
  {
    region,
    accountId,
    namespace: "auterity",
    repositories: ["autmatrix-api", "relaycore"],
    replicaRegion: "us-east-2",
    ownsRegistrySettings: true,
    pullThroughCaches: ["public.ecr.aws", "registry.k8s.io", "quay.io"],
    // An example is there to be taken down again.
    protect: false,
    tags: { project: "image-registry-example" },
  },
  { providers: [provider] },
);

export const repositoryUrls = registry.repositoryUrls;
/** The same image as upstream, from this account: for the values of a chart. */
export const loadBalancerController = registry.pullThroughImage(
  "public.ecr.aws/eks/aws-load-balancer-controller",
);
/** For the role of the nodes that pull it first. */
export const nodePolicy = pullThroughPolicy(
  { region, accountId, namespace: "auterity" },
  registry.cache.upstreams,
);
