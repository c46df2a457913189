import { matchesWildcard } from "./pattern";

/** The part of a rule's settings about what load balancers negotiate. */
export interface TlsSettings {
  /** Security policies of load balancers (patterns) that refuse everything below TLS 1.2. */
  securityPolicies: string[];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const tlsSettings = {
  securityPolicies: {
    type: "array" as const,
    items: { type: "string" as const },
    default: ["ELBSecurityPolicy-TLS13-1-2-*", "ELBSecurityPolicy-TLS13-1-3-*"],
  },
};

/** False for a missing policy too: what AWS then takes goes down to TLS 1.0. */
export function isModernTls(policy: unknown, { securityPolicies }: TlsSettings): boolean {
  return (
    typeof policy === "string" &&
    securityPolicies.some((pattern) => matchesWildcard(pattern, policy))
  );
}
