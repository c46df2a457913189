import { ArgsError } from "../shared/args-error";
import { type InterfaceEndpoint } from "./interface-endpoints";
import { findProblems } from "./validation";

/**
 * How private subnets reach the internet.
 * "per-zone": a gateway in each zone, so that no zone's loss cuts off another.
 * "single": one gateway in the first zone; cheaper, but that zone's outage cuts egress everywhere, and
 * traffic from the others pays for crossing zones.
 * "regional": one gateway that AWS spreads over the zones in use; a zone used for the first time is served across
 * zones until it is extended there, which takes 15 to 20 minutes.
 * "none": no way out but the endpoints.
 */
export type NatGateways = "per-zone" | "single" | "regional" | "none";

export interface SecureVpcArgs {
  /** Where everything is created, such as us-west-2; of the aws partition. */
  region: string;
  /** 12 digits, or "unassigned" in a plan of an environment that has no account yet. */
  accountId: string;
  /** A private IPv4 range, /16 or /17: each zone takes a /18 of it. */
  cidrBlock: string;
  /** Full names, at least 2. Append only: a zone in the middle would move the subnets of all behind it. */
  availabilityZones: readonly string[];
  /**
   * To or from "regional" on a living network goes through "none", a short cut of egress: AWS keeps one default route.
   * Default: "per-zone".
   */
  natGateways?: NatGateways;
  /**
   * Beside the gateway endpoints for S3 and DynamoDB, which are free and always there. The S3 endpoint admits buckets of
   * this account and AWS's own for packages and image layers, so images of public registries that redirect to other
   * buckets, such as registry.k8s.io, come through a pull-through cache (ImageRegistry). Default: [].
   */
  interfaceEndpoints?: readonly InterfaceEndpoint[];
  /** Days that flow logs are kept. */
  flowLogRetentionDays: number;
  /** EKS cluster that places load balancers here. Default: no tags for Kubernetes on the subnets. */
  clusterName?: string;
  /**
   * VPC, subnets, flow log bucket and its key cannot be deleted; false also lets a destroy empty the bucket.
   * Default: true.
   */
  protect?: boolean;
  /** On everything that takes tags. Default: {}. */
  tags?: Readonly<Record<string, string>>;
}

export type ResolvedSecureVpcArgs = Readonly<
  Required<Omit<SecureVpcArgs, "clusterName">> & Pick<SecureVpcArgs, "clusterName">
>;

export const secureVpcDefaults = {
  natGateways: "per-zone",
  interfaceEndpoints: [],
  protect: true,
  tags: {},
} as const satisfies Partial<SecureVpcArgs>;

/** The arguments with their defaults; throws an ArgsError that lists everything that is wrong. */
export function resolveSecureVpcArgs(name: string, args: SecureVpcArgs): ResolvedSecureVpcArgs {
  const spec = { ...secureVpcDefaults, ...args };
  const problems = findProblems(name, spec);
  if (problems.length > 0) throw new ArgsError("SecureVpc", name, problems);
  return spec;
}
