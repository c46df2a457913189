import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";

interface Settings {
  /** Types that hold what cannot be made again: Pulumi itself has to refuse their deletion. Keys wait before they go. */
  protectedTypes: string[];
  /** An environment that is made and thrown away at will: nothing in it is guarded. */
  throwaway: boolean;
}

/** By type: the property that keeps it from being deleted, and the value that does. */
const guards: Readonly<Record<string, readonly (readonly [path: string, value: unknown])[]>> = {
  "aws:rds/instance:Instance": [["deletionProtection", true]],
  "aws:rds/cluster:Cluster": [["deletionProtection", true]],
  "aws:rds/globalCluster:GlobalCluster": [["deletionProtection", true]],
  "aws:docdb/cluster:Cluster": [["deletionProtection", true]],
  "aws:dynamodb/table:Table": [["deletionProtectionEnabled", true]],
  "aws:lb/loadBalancer:LoadBalancer": [["enableDeletionProtection", true]],
  "aws:alb/loadBalancer:LoadBalancer": [["enableDeletionProtection", true]],
  "aws:eks/cluster:Cluster": [["deletionProtection", true]],
  "aws:cognito/userPool:UserPool": [["deletionProtection", "ACTIVE"]],
};
const withFinalSnapshot = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"];
const emptiedFirst = [
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:ecr/repository:Repository",
  "aws:backup/vault:Vault",
];
const forceProperty: Readonly<Record<string, string>> = {
  "aws:ecr/repository:Repository": "forceDelete",
};
const defaultProtected = [
  "aws:rds/cluster:Cluster",
  "aws:rds/globalCluster:GlobalCluster",
  "aws:rds/instance:Instance",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:efs/fileSystem:FileSystem",
  "aws:dynamodb/table:Table",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:secretsmanager/secret:Secret",
  "aws:cognito/userPool:UserPool",
  "aws:ecr/repository:Repository",
  "aws:backup/vault:Vault",
];

export const resilienceDeletionGuard = resourceRule<Settings>({
  name: "resilience-deletion-guard",
  description:
    "What holds data or carries an environment refuses to be deleted, in AWS and in Pulumi.",
  reach: "production",
  severity: "high",
  framework: awsFoundational("RDS.7", "RDS clusters should have deletion protection enabled"),
  tags: [
    "fsbp:RDS.7",
    "fsbp:RDS.8",
    "fsbp:ELB.6",
    "ckv:CKV_AWS_139",
    "ckv:CKV_AWS_150",
    "ckv:CKV_AWS_293",
  ],
  remediationSteps:
    "Switch deletion protection on, take a final snapshot, leave forceDestroy off, and register it with protect.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-7",
  settings: {
    protectedTypes: { type: "array", items: { type: "string" }, default: defaultProtected },
    throwaway: { type: "boolean", default: false },
  },
  checks: [
    onResource(Object.keys(guards), ({ type, props, settings, report }) => {
      if (settings.throwaway) return;
      for (const [path, value] of guards[type] ?? []) {
        const given = snapshot(() => props[path]);
        if (given !== value && given !== unknownValue) report(`${path}: is not ${String(value)}`);
      }
    }),
    onResource(withFinalSnapshot, ({ props, settings, report }) => {
      if (!settings.throwaway && snapshot(() => props["skipFinalSnapshot"]) === true)
        report("skipFinalSnapshot: is true, so its last state is lost with it");
    }),
    onResource(emptiedFirst, ({ type, props, settings, report }) => {
      const property = forceProperty[type] ?? "forceDestroy";
      if (!settings.throwaway && snapshot(() => props[property]) === true)
        report(`${property}: is true, so it is deleted with all that it holds`);
    }),
    onResource(defaultProtected, ({ type, isProtected, settings, report }) => {
      if (isProtected || settings.throwaway) return;
      if (settings.protectedTypes.includes(type))
        report("protect: is not set, so Pulumi would delete it");
    }),
  ],
});
