/**
 * Dollars an hour, On-Demand, Linux, in us-east-1, as AWS's price list had them on 2026-05-18: the table that Karpenter's
 * provider for AWS v1.13.1 was released with.
 * Nobody publishes a dated table of us-west-2 or of Spot that could be named here, so these stand for both: Spot nodes
 * are counted at what they would cost On-Demand, which is too much.
 * @see https://github.com/aws/karpenter-provider-aws/blob/v1.13.1/pkg/providers/pricing/zz_generated.pricing_aws.go
 */
const dollarsPerHour: Readonly<Partial<Record<string, number>>> = {
  "m5.large": 0.096,
  "m5a.large": 0.086,
  "m6a.large": 0.0864,
  "m6i.large": 0.096,
  "m6i.xlarge": 0.192,
  "m6i.4xlarge": 0.768,
  "m7i.large": 0.1008,
  "m7i.xlarge": 0.2016,
};

export const priceSource =
  "AWS price list of 2026-05-18, us-east-1, On-Demand, also for Spot nodes";

/** Undefined for a type without a price: then hours are all that can be compared. */
export function priceOf(instanceType: string): number | undefined {
  return dollarsPerHour[instanceType];
}
