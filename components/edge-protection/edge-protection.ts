import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../shared/child-options";
import { type EdgeProtectionArgs, resolveEdgeProtectionArgs } from "./args";
import { createCertificate, type ValidationRecord } from "./certificate";
import { type BalancerLogs, createBalancerLogs, createFirewallLogs, createLogKey } from "./logs";
import { createProbe } from "./probe";
import { createWebAcl } from "./web-acl";

/**
 * What stands between the internet and the public hosts: a firewall that is attacked on purpose twice an hour, to show that
 * it refuses, the certificate, and the logs of both firewall and load balancer. The load balancer itself is PublicIngress's.
 */
export class EdgeProtection extends pulumi.ComponentResource {
  /** For `webAclArn` of PublicIngress and of UserDirectory; known once the firewall logs. */
  readonly webAclArn: pulumi.Output<string>;
  /** For `certificateArn` of PublicIngress. With a zone, known once it is issued; without, a person has to add its records. */
  readonly certificateArn: pulumi.Output<string>;
  /** What has to stand in the domain's zone for as long as the certificate is used. */
  readonly validationRecords: pulumi.Output<ValidationRecord[]>;
  /** For the logs of PublicIngress. */
  readonly balancerLogs: BalancerLogs;
  readonly firewallLogBucketName: pulumi.Output<string>;

  constructor(name: string, args: EdgeProtectionArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveEdgeProtectionArgs(name, args);
    super("platform:network:EdgeProtection", name, spec, opts);

    const owned = childOptions(this, opts);
    const key = createLogKey(name, spec, owned);
    const webAcl = createWebAcl(name, spec, owned);
    const firewallLogs = createFirewallLogs(name, { spec, webAcl, keyArn: key.arn }, owned);
    const certificate = createCertificate(name, spec, owned);
    createProbe(name, { spec, logKeyArn: key.arn }, owned);

    this.webAclArn = pulumi
      .all([webAcl.arn, firewallLogs.logging.id])
      .apply(([guarding]) => guarding);
    this.certificateArn = certificate.arn;
    this.validationRecords = certificate.validationRecords;
    this.balancerLogs = createBalancerLogs(name, spec, owned);
    this.firewallLogBucketName = firewallLogs.bucketName;
    this.registerOutputs({
      webAclArn: this.webAclArn,
      certificateArn: this.certificateArn,
      validationRecords: this.validationRecords,
      balancerLogs: this.balancerLogs,
      firewallLogBucketName: this.firewallLogBucketName,
    });
  }
}
