import { instanceTypes } from "../../components/shared/instance-types";
import { listOf, numberOf, textOf, within } from "../costs/count/read-inputs";
import type { Registration } from "../offline/registration";
import { presentable } from "../plan/values";

/** A limit that AWS sets an account, which is there before anything is, and which the environment may reach. */
interface Quota {
  readonly name: string;
  readonly service: string;
  readonly code: string;
  /** What a new account has. */
  readonly byDefault: number;
  readonly unit: string;
  /** Most that the environment may come to. */
  readonly most: (resources: readonly Planned[]) => number;
}

export interface QuotaNeed extends Omit<Quota, "most"> {
  readonly most: number;
}

interface Planned {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
}

const nodeGroup = "eks:index:ManagedNodeGroup";

function ofType(resources: readonly Planned[], ...types: readonly string[]): Planned[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** Processors of every node that the groups of a market may have; of several types the largest counts. */
function processors(resources: readonly Planned[], market: "ON_DEMAND" | "SPOT"): number {
  return ofType(resources, nodeGroup)
    .filter(({ inputs }) => inputs["capacityType"] === market)
    .reduce((sum, { inputs }) => {
      const types = listOf(inputs["instanceTypes"]).map((type) => instanceTypes[textOf(type)]);
      const largest = Math.max(0, ...types.map((type) => type?.vcpus ?? 0));
      return sum + largest * numberOf(within(inputs, "scalingConfig")["maxSize"]);
    }, 0);
}

function gateways(resources: readonly Planned[]): number {
  return ofType(resources, "awsx:ec2:Vpc").reduce((sum, { inputs }) => {
    const strategy = textOf(within(inputs, "natGateways")["strategy"]);
    const zones = listOf(inputs["availabilityZoneNames"]).length;
    if (strategy === "None") return sum;
    return sum + (strategy === "Single" ? 1 : zones);
  }, 0);
}

/**
 * Defaults of a new account. AWS raises many by itself as an account is used: what holds is what
 * `aws service-quotas get-service-quota` says.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const quotas: readonly Quota[] = [
  {
    ...{ name: "On-Demand instances, Standard", service: "ec2", code: "L-1216C47A" },
    ...{ byDefault: 5, unit: "vCPU" },
    most: (resources) => processors(resources, "ON_DEMAND"),
  },
  {
    ...{ name: "Spot instances, Standard", service: "ec2", code: "L-34B43A08" },
    ...{ byDefault: 5, unit: "vCPU" },
    most: (resources) => processors(resources, "SPOT"),
  },
  {
    ...{ name: "Elastic IPs", service: "ec2", code: "L-0263D0A3" },
    ...{ byDefault: 5, unit: "addresses" },
    most: (resources) => gateways(resources) + ofType(resources, "aws:ec2/eip:Eip").length,
  },
  {
    ...{ name: "interface endpoints of a VPC", service: "vpc", code: "L-29B6F2EB" },
    ...{ byDefault: 50, unit: "endpoints" },
    most: (resources) =>
      ofType(resources, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(
        ({ inputs }) => inputs["vpcEndpointType"] === "Interface",
      ).length,
  },
  {
    ...{ name: "node groups of a cluster", service: "eks", code: "L-6D54EA21" },
    ...{ byDefault: 30, unit: "groups" },
    most: (resources) => ofType(resources, nodeGroup).length,
  },
  {
    ...{ name: "roles of an account", service: "iam", code: "L-FE177D64" },
    ...{ byDefault: 1000, unit: "roles" },
    most: (resources) => ofType(resources, "aws:iam/role:Role").length,
  },
];

/** What the environment may come to of each limit, beside the default; others of the account are not counted. */
export function quotaNeeds(registrations: readonly Registration[]): QuotaNeed[] {
  const types = new Set([
    ...[nodeGroup, "awsx:ec2:Vpc", "aws:ec2/eip:Eip"],
    ...["aws:ec2/vpcEndpoint:VpcEndpoint", "aws:iam/role:Role"],
  ]);
  const resources = registrations
    .filter(({ type }) => types.has(type))
    .map(({ type, inputs }) => ({ type, inputs: presentable(inputs) as Record<string, unknown> }));
  return quotas.map((quota) => ({ ...quota, most: quota.most(resources) }));
}

/** A sentence for each that a new account does not have. */
export function quotaNotices(registrations: readonly Registration[]): string[] {
  return quotaNeeds(registrations)
    .filter(({ most, byDefault }) => most > byDefault)
    .map(
      ({ name, service, code, most, unit, byDefault }) =>
        `quota ${service}/${code} (${name}): this may need ${most} ${unit}, a new account has ${byDefault}: docs/quotas.md`,
    );
}
