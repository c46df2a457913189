import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logsKeyPolicy, secretsKeyPolicy, volumesKeyPolicy } from "./iam/key-policies";
import type { ClusterScope } from "./scope";

export interface ClusterKeys {
  secrets: aws.kms.Key;
  logs: aws.kms.Key;
  volumes: aws.kms.Key;
}

/** A key per purpose, so that each has a policy that names its one user. */
export function createKeys({ name, spec, owned }: ClusterScope): ClusterKeys {
  const createKey = (purpose: string, description: string, policy: aws.iam.PolicyDocument) =>
    new aws.kms.Key(
      `${name}-${purpose}`,
      {
        description: `${description} of cluster ${spec.clusterName}`,
        policy: pulumi.jsonStringify(policy),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags: { ...spec.tags, Name: `${spec.clusterName}-${purpose}` },
      },
      { ...owned, protect: spec.protect },
    );
  return {
    secrets: createKey("secrets", "Kubernetes secrets", secretsKeyPolicy(spec)),
    logs: createKey("logs", "Control-plane logs", logsKeyPolicy(spec)),
    volumes: createKey("volumes", "Volumes of nodes and pods", volumesKeyPolicy(spec)),
  };
}
