import type { Input } from "@pulumi/pulumi";
import { publicIngressLabel } from "../shared/service-labels";
import type { AccessLogs, ResolvedPublicIngressArgs } from "./args";

/** Default of a load balancer, and of records that name no other. */
const idleTimeoutSeconds = 60;

interface Attribute {
  readonly key: string;
  readonly value: Input<string>;
}

/**
 * The one load balancer of the class. What stands here holds for every Ingress of the class, and no Ingress can say
 * otherwise: annotations would leave that to each of them, and contradict each other in a shared group.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/v3.5/guide/ingress/ingress_class/
 */
export function classParameters(spec: ResolvedPublicIngressArgs): Record<string, unknown> {
  const { certificateArn, loadBalancerName, publicSubnetIds, webAclArn } = spec;
  return {
    scheme: "internet-facing",
    ipAddressType: "ipv4",
    targetType: "ip",
    group: { name: spec.className },
    namespaceSelector: { matchLabels: { [publicIngressLabel]: "enabled" } },
    // Read only by the group that the controller makes where no Ingress names one.
    inboundCIDRs: spec.inboundCidrs,
    sslPolicy: spec.securityPolicy,
    sslRedirectPort: "443",
    loadBalancerAttributes: loadBalancerAttributes(spec),
    listeners: [{ protocol: "HTTPS", port: 443, listenerAttributes }],
    tags: Object.entries(spec.tags).map(([key, value]) => ({ key, value })),
    ...(certificateArn !== undefined && { certificateArn: [certificateArn] }),
    ...(loadBalancerName !== undefined && { loadBalancerName }),
    ...(publicSubnetIds !== undefined && { subnets: { ids: publicSubnetIds } }),
    ...(webAclArn !== undefined && { wafv2AclArn: webAclArn }),
  };
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
function loadBalancerAttributes(spec: ResolvedPublicIngressArgs): Attribute[] {
  return [
    { key: "deletion_protection.enabled", value: String(spec.deletionProtection) },
    // One for all services: the longest that any of them asks for.
    { key: "idle_timeout.timeout_seconds", value: String(longestIdleSeconds(spec)) },
    { key: "routing.http.desync_mitigation_mode", value: "defensive" },
    { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
    { key: "routing.http2.enabled", value: "true" },
    // Lets traffic be moved out of an impaired zone.
    { key: "zonal_shift.config.enabled", value: "true" },
    // Without an answer of the firewall nobody is let in.
    { key: "waf.fail_open.enabled", value: "false" },
    ...logAttributes("access_logs", spec.accessLogs),
    ...logAttributes("connection_logs", spec.connectionLogs),
  ];
}

/** Written out when off, too: the controller leaves an attribute as it is when it is no longer named. */
function logAttributes(kind: "access_logs" | "connection_logs", logs?: AccessLogs): Attribute[] {
  if (logs === undefined) return [{ key: `${kind}.s3.enabled`, value: "false" }];
  return [
    { key: `${kind}.s3.enabled`, value: "true" },
    { key: `${kind}.s3.bucket`, value: logs.bucket },
    { key: `${kind}.s3.prefix`, value: logs.prefix },
  ];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html */
const listenerAttributes: readonly Attribute[] = [
  // Browsers that came once do not try plain HTTP again for a year.
  {
    key: "routing.http.response.strict_transport_security.header_value",
    value: "max-age=31536000",
  },
  { key: "routing.http.response.server.enabled", value: "false" },
];

function longestIdleSeconds({ services }: ResolvedPublicIngressArgs): number {
  const asked = services.flatMap(({ exposure }) =>
    exposure === undefined ? [] : [exposure.idleTimeoutSeconds ?? idleTimeoutSeconds],
  );
  return Math.max(...asked);
}
