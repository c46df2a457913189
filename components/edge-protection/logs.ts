import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createLogBucket } from "../shared/log-bucket";
import { logDeliveryWrites } from "../shared/log-delivery";
import type { ResolvedEdgeProtectionArgs } from "./args";
import { loadBalancersWrite, logKeyPolicy } from "./policies";
import { probeName } from "./probe";
import { credentialHeaders } from "./web-acl";

const keyDeletionWindowDays = 30;

/** Key of everything here that is logged, but for what load balancers write; rotated every year by KMS. */
export function createLogKey(
  name: string,
  spec: ResolvedEdgeProtectionArgs,
  owned: pulumi.CustomResourceOptions,
): aws.kms.Key {
  return new aws.kms.Key(
    `${name}-edge-logs`,
    {
      region: spec.region,
      description: `Logs of the firewall of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: keyDeletionWindowDays,
      policy: JSON.stringify(logKeyPolicy(spec, probeName(name))),
      tags: spec.tags,
    },
    { ...owned, protect: spec.protect },
  );
}

interface FirewallLogArgs {
  readonly spec: ResolvedEdgeProtectionArgs;
  readonly webAcl: aws.wafv2.WebAcl;
  readonly keyArn: pulumi.Input<string>;
}

interface FirewallLogs {
  readonly bucketName: pulumi.Output<string>;
  readonly logging: aws.wafv2.WebAclLoggingConfiguration;
}

/** Every request with the rules that it met, without what it proves itself with. */
export function createFirewallLogs(
  name: string,
  { spec, webAcl, keyArn }: FirewallLogArgs,
  owned: pulumi.CustomResourceOptions,
): FirewallLogs {
  const role = `${name}-firewall-logs`;
  const logs = createLogBucket(
    {
      ...{ role, region: spec.region, tags: spec.tags, protect: spec.protect },
      retentionDays: spec.logRetentionDays,
      // WAF writes to buckets of such names alone.
      bucketPrefix: `aws-waf-logs-${name}-`,
      keyArn,
      statements: (bucketArn) => logDeliveryWrites(bucketArn, spec.accountId, spec),
    },
    owned,
  );
  const logging = new aws.wafv2.WebAclLoggingConfiguration(
    role,
    {
      region: spec.region,
      resourceArn: webAcl.arn,
      logDestinationConfigs: [logs.bucket.arn],
      redactedFields: [
        ...credentialHeaders.map((header) => ({ singleHeader: { name: header } })),
        { queryString: {} },
      ],
    },
    // Without a policy in place AWS writes one of its own; the first file is to be encrypted already.
    { ...owned, dependsOn: logs.settings },
  );
  return { bucketName: logs.bucket.bucket, logging };
}

interface LogTarget {
  readonly bucket: pulumi.Output<string>;
  readonly prefix: string;
}

/** Where the load balancer writes; the prefixes keep its two kinds of lines apart. */
export interface BalancerLogs {
  /** A line per request. */
  readonly access: LogTarget;
  /** A line per connection: cipher, TLS version, why a handshake failed. */
  readonly connection: LogTarget;
}

const prefixes = { access: "access", connection: "connection" } as const;

export function createBalancerLogs(
  name: string,
  spec: ResolvedEdgeProtectionArgs,
  owned: pulumi.CustomResourceOptions,
): BalancerLogs {
  const { bucket, settings } = createLogBucket(
    {
      role: `${name}-balancer-logs`,
      ...{ region: spec.region, tags: spec.tags, protect: spec.protect },
      retentionDays: spec.logRetentionDays,
      statements: (bucketArn) => [loadBalancersWrite(bucketArn, spec, Object.values(prefixes))],
    },
    owned,
  );
  // The load balancer is refused as long as it could not write.
  const writableBucket = pulumi
    .all([bucket.bucket, settings.map((setting) => setting.urn)])
    .apply(([writable]) => writable);
  return {
    access: { bucket: writableBucket, prefix: prefixes.access },
    connection: { bucket: writableBucket, prefix: prefixes.connection },
  };
}
