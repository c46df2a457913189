import type * as aws from "@pulumi/aws";
import type { ChildOptions } from "../shared/child-options";
import type { DatabaseNetwork, MultiAzDatabaseSpec } from "./args";

/** What every part of the component works with. */
export interface DatabaseScope {
  readonly name: string;
  readonly spec: MultiAzDatabaseSpec;
  readonly owned: ChildOptions;
}

/** With the names that its parts go by. */
export interface RegionScope extends DatabaseScope {
  /** Start of the names of the children, and of the cluster in AWS. */
  readonly clusterName: string;
  readonly region: string;
  readonly network: DatabaseNetwork;
}

export interface RegionParts {
  readonly keyArn: aws.kms.Key["arn"];
  readonly subnetGroup: aws.rds.SubnetGroup;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly clusterParameters: aws.rds.ClusterParameterGroup;
  readonly instanceParameters: aws.rds.ParameterGroup;
  readonly monitoringRole: aws.iam.Role;
  readonly logGroups: readonly aws.cloudwatch.LogGroup[];
}

export const databasePort = 5432;
export const engine = "aurora-postgresql";
/** Without it RDS keeps a version beyond its end for twice the price, unasked. */
export const engineLifecycleSupport = "open-source-rds-extended-support-disabled";
