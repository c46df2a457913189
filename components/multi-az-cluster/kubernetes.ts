import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { clusterArn } from "../shared/pod-identity";
import type { ClusterScope } from "./scope";

/**
 * The way into the cluster. An unreachable API server is an error at deletion too: forgetting what is inside would
 * leave its load balancers and volumes behind.
 */
export function createKubernetesProvider(
  { name, spec, owned }: ClusterScope,
  kubeconfig: pulumi.Input<string>,
  dependsOn: pulumi.Resource[],
): k8s.Provider {
  return new k8s.Provider(
    `${name}-kubernetes`,
    {
      kubeconfig,
      // The provider is replaced, and all that it holds with it, only if it is another cluster.
      clusterIdentifier: clusterArn(spec),
      enableServerSideApply: true,
      deleteUnreachable: false,
    },
    { ...owned, dependsOn },
  );
}

interface StorageClassParts {
  provider: k8s.Provider;
  volumesKeyArn: pulumi.Input<string>;
  dependsOn: pulumi.Resource[];
}

/** The default for claims that name none: encrypted with the cluster's key, made in the zone of the pod. */
export function createStorageClass(
  { name, owned }: ClusterScope,
  { provider, volumesKeyArn, dependsOn }: StorageClassParts,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    `${name}-gp3`,
    {
      metadata: {
        name: "gp3",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: volumesKeyArn },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    },
    { ...owned, provider, dependsOn },
  );
}

/** Server address from a kubeconfig in JSON. */
export function readEndpoint(kubeconfigJson: string): string {
  const { clusters } = JSON.parse(kubeconfigJson) as {
    clusters: { cluster: { server: string } }[];
  };
  const [first] = clusters;
  if (first === undefined) throw new Error("the kubeconfig names no cluster");
  return first.cluster.server;
}
