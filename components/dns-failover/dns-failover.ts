import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import {
  type DnsFailoverArgs,
  type DnsFailoverSpec,
  type FailoverHost,
  resolveDnsFailoverArgs,
} from "./args";

/** Health checks are measured there, wherever they look. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html */
const metricsRegion = "us-east-1";
const httpsPort = 443;
/** Route 53 knows 30 and 10, which costs more; three in a row are a minute and a half. */
const intervalSeconds = 30;
const failuresInARow = 3;
/** Stands for a load balancer whose name the controller has not told yet. @see https://www.rfc-editor.org/rfc/rfc2606 */
const nobody = "nobody.invalid";

/** Name of a host in one region, whoever has the traffic: health checks look there, and so do people before a switch. */
export function regionalHost(subdomain: string, label: string, domain: string): string {
  return `${subdomain}-${label}.${domain}`;
}

/**
 * Sends people to this region or to the other, which has the same with the other record. A primary is left when nothing
 * critical in it answers, a secondary gets nobody unless everything critical in it does. Where neither is healthy, Route 53
 * answers with the primary.
 */
export class DnsFailover extends pulumi.ComponentResource {
  /** By which the region is judged; `npm run recovery` opens and closes it. */
  readonly healthCheckId: pulumi.Output<string>;

  constructor(name: string, args: DnsFailoverArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveDnsFailoverArgs(name, args);
    super("platform:network:DnsFailover", name, spec, opts);
    const owned = childOptions(this, opts);

    const region = createHealthCheck(name, spec, owned);
    for (const host of spec.hosts) createRecords(name, { spec, host, region }, owned);
    if (spec.admitsTraffic) createAlarm(name, { spec, region }, owned);

    this.healthCheckId = region.id;
    this.registerOutputs({ healthCheckId: this.healthCheckId });
  }
}

/**
 * Of the region as a whole, since its services need each other and one database: one host's fault is no reason to leave.
 * Disabled, a check counts as healthy, and inverted as unhealthy: that is how a region is closed.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
function createHealthCheck(
  name: string,
  spec: DnsFailoverSpec,
  owned: ChildOptions,
): aws.route53.HealthCheck {
  const { record, admitsTraffic, label, tags } = spec;
  const critical = spec.hosts.filter((host) => host.critical);
  const checks = critical.map(({ subdomain, healthPath }) => {
    const fqdn = regionalHost(subdomain, label, spec.domain);
    return new aws.route53.HealthCheck(
      `${name}-${subdomain}`,
      {
        type: "HTTPS",
        fqdn,
        port: httpsPort,
        enableSni: true,
        resourcePath: healthPath,
        requestInterval: intervalSeconds,
        failureThreshold: failuresInARow,
        tags: { ...tags, Name: fqdn },
      },
      owned,
    );
  });
  return new aws.route53.HealthCheck(
    name,
    {
      type: "CALCULATED",
      childHealthchecks: checks.map(({ id }) => id),
      childHealthThreshold: record === "primary" ? 1 : checks.length,
      disabled: !admitsTraffic,
      invertHealthcheck: !admitsTraffic,
      tags: { ...tags, Name: name },
    },
    owned,
  );
}

interface RecordParts {
  readonly spec: DnsFailoverSpec;
  readonly host: FailoverHost;
  readonly region: aws.route53.HealthCheck;
}

/** By the regional name, so that the record that fails over stays as it is while load balancers come and go. */
function createRecords(
  name: string,
  { spec, host: { subdomain }, region }: RecordParts,
  owned: ChildOptions,
): void {
  const { hostedZoneId, domain, label, record, ttlSeconds, targetHostname } = spec;
  const common = { zoneId: hostedZoneId, type: "CNAME", ttl: ttlSeconds } as const;
  const regional = regionalHost(subdomain, label, domain);
  if (targetHostname !== undefined)
    new aws.route53.Record(
      `${name}-${subdomain}-here`,
      {
        ...common,
        name: regional,
        records: [pulumi.output(targetHostname).apply((hostname) => hostname ?? nobody)],
      },
      owned,
    );
  new aws.route53.Record(
    `${name}-${subdomain}`,
    {
      ...common,
      name: `${subdomain}.${domain}`,
      records: [regional],
      setIdentifier: label,
      healthCheckId: region.id,
      failoverRoutingPolicies: [{ type: record === "primary" ? "PRIMARY" : "SECONDARY" }],
    },
    owned,
  );
}

/** Only while people are sent here: a closed region is meant to be unhealthy. */
function createAlarm(
  name: string,
  { spec, region }: Pick<RecordParts, "spec" | "region">,
  owned: ChildOptions,
): void {
  new aws.cloudwatch.MetricAlarm(
    `${name}-unhealthy`,
    {
      region: metricsRegion,
      alarmDescription: `Nothing critical of ${spec.label} answers from outside: people are sent to the other region if it admits them (docs/disaster-recovery.md)`,
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: region.id },
      statistic: "Minimum",
      period: 60,
      evaluationPeriods: 2,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      alarmActions: [spec.alarmTopicArn],
      okActions: [spec.alarmTopicArn],
      tags: spec.tags,
    },
    owned,
  );
}
