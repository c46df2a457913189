import { expect } from "chai";
import { DnsFailover, type DnsFailoverArgs } from "../../../components/dns-failover";
import { dnsFailoverDefaults } from "../../../components/dns-failover/args";
import type { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine, type Registration } from "../../support/engine";

const withoutTarget = {
  domain: "shop.example.com",
  hostedZoneId: "Z1",
  hosts: [
    { subdomain: "api", healthPath: "/health", critical: true },
    { subdomain: "relay", healthPath: "/ready", critical: true },
    { subdomain: "www", healthPath: "/", critical: false },
  ],
  record: "primary",
  label: "west",
  admitsTraffic: true,
  alarmTopicArn: "arn:aws:sns:us-east-1:123456789012:alarms",
} as const;
const primary: DnsFailoverArgs = {
  ...withoutTarget,
  targetHostname: "lb.us-west-2.elb.amazonaws.com",
};
const pilotLight: DnsFailoverArgs = {
  ...withoutTarget,
  ...{ record: "secondary", label: "east", admitsTraffic: false },
};

async function registered(
  args: DnsFailoverArgs,
  mode: "known" | "unknown" = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new DnsFailover("shop", args);
  await engine.settle();
  return [...engine.registrations];
}

const short = ({ type, name }: Registration): string => `${type.split(":").at(-1)!} ${name}`;
const inputsOf = (made: readonly Registration[], one: string): Record<string, unknown> =>
  made.find((registration) => short(registration) === one)!.inputs;

const checks = ["HealthCheck shop-api", "HealthCheck shop-relay", "HealthCheck shop"];
const records = ["Record shop-api", "Record shop-relay", "Record shop-www"];
const here = records.map((record) => `${record}-here`);

describe("DnsFailover", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`is a check by critical host, one of the region, and records (${mode} values)`, async () => {
      expect((await registered(primary, mode)).map(short)).to.have.members([
        "DnsFailover shop",
        ...checks,
        ...here,
        ...records,
        "MetricAlarm shop-unhealthy",
      ]);
    });

    it(`has no way to a load balancer that is not there, and no alarm (${mode} values)`, async () => {
      expect((await registered(pilotLight, mode)).map(short)).to.have.members([
        "DnsFailover shop",
        ...checks,
        ...records,
      ]);
    });
  }

  it("leaves a primary when nothing critical answers, and goes to a secondary where all of it does", async () => {
    const left = inputsOf(await registered(primary), "HealthCheck shop");
    expect(left).to.deep.include({
      type: "CALCULATED",
      childHealthchecks: ["shop-api-id", "shop-relay-id"],
      childHealthThreshold: 1,
      disabled: false,
      invertHealthcheck: false,
    });
    const secondary = { ...primary, record: "secondary", label: "east" } as const;
    expect(inputsOf(await registered(secondary), "HealthCheck shop")).to.include({
      childHealthThreshold: 2,
      disabled: false,
      invertHealthcheck: false,
    });
  });

  it("never sends anybody to a region that admits none: its check is unhealthy whatever is measured", async () => {
    for (const closed of [pilotLight, { ...primary, admitsTraffic: false }]) {
      const made = await registered(closed);
      expect(inputsOf(made, "HealthCheck shop")).to.include({
        disabled: true,
        invertHealthcheck: true,
      });
      expect(made.map(short)).not.to.include("MetricAlarm shop-unhealthy");
    }
  });

  it("looks at the region's own name, not at the one that fails over", async () => {
    expect(inputsOf(await registered(primary), "HealthCheck shop-api")).to.deep.include({
      type: "HTTPS",
      fqdn: "api-west.shop.example.com",
      port: 443,
      enableSni: true,
      resourcePath: "/health",
      requestInterval: 30,
      failureThreshold: 3,
    });
  });

  it("points a host at this region's name for it, and that at the load balancer", async () => {
    const made = await registered(primary);
    expect(inputsOf(made, "Record shop-api")).to.deep.equal({
      zoneId: "Z1",
      type: "CNAME",
      ttl: 60,
      name: "api.shop.example.com",
      records: ["api-west.shop.example.com"],
      setIdentifier: "west",
      healthCheckId: "shop-id",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
    });
    expect(inputsOf(made, "Record shop-api-here")).to.deep.equal({
      zoneId: "Z1",
      type: "CNAME",
      ttl: 60,
      name: "api-west.shop.example.com",
      records: ["lb.us-west-2.elb.amazonaws.com"],
    });
  });

  it("alarms where health checks are measured", async () => {
    expect(inputsOf(await registered(primary), "MetricAlarm shop-unhealthy")).to.deep.include({
      region: "us-east-1",
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: "shop-id" },
      treatMissingData: "breaching",
      alarmActions: [primary.alarmTopicArn],
    });
  });

  it("has the defaults that its words say", () => {
    expect(dnsFailoverDefaults).to.deep.equal({ ttlSeconds: 60, tags: {} });
  });
});

describe("DnsFailover: what it refuses", () => {
  const problemsOf = async (args: DnsFailoverArgs, name = "shop"): Promise<readonly string[]> => {
    const engine = await startOfflineEngine();
    try {
      new DnsFailover(name, args);
    } catch (error) {
      expect(engine.registrations).to.deep.equal([]);
      return (error as ArgsError).problems;
    }
    return [];
  };

  it("is every wrong value at once, with what is accepted", async () => {
    const wrong: DnsFailoverArgs = {
      ...primary,
      ...{ domain: "not a name", label: "We_st", record: "third" as "primary", ttlSeconds: 3600 },
      hosts: [
        { subdomain: "api", healthPath: "health", critical: false },
        { subdomain: "api", healthPath: "/", critical: false },
      ],
    };
    expect(await problemsOf(wrong, "Shop")).to.deep.equal([
      'name: got "Shop", need at most 40 lower-case letters, digits and hyphens, a letter first',
      'domain: got "not a name", need a DNS name such as "platform.example.com"',
      'label: got "We_st", need a DNS label such as prod',
      'record: got "third", need primary or secondary',
      "hosts: got none that is critical, need one by which a region is judged",
      'hosts: got "api" twice, need each once',
      'hosts.api: got "api-We_st", need a DNS label',
      'hosts.api.healthPath: got "health", need a path such as /',
      'hosts.api: got "api-We_st", need a DNS label',
      "ttlSeconds: got 3600, need 1 to 300",
    ]);
  });

  it("is traffic to where there is no load balancer", async () => {
    expect(await problemsOf({ ...pilotLight, admitsTraffic: true })).to.deep.equal([
      "admitsTraffic: got true without targetHostname, need false: it serves nobody",
    ]);
  });
});

describe("the example of DnsFailover", () => {
  it("runs by itself, all with the provider of its account", async () => {
    const engine = await startOfflineEngine({
      config: {
        "auterity:accountId": "123456789012",
        "auterity:hostedZoneId": "Z1",
        "auterity:loadBalancer": "lb.example.com",
      },
    });
    await import("../../../examples/dns-failover/index.js");
    await engine.settle();
    const aws = engine.registrations.filter(({ type }) => type.startsWith("aws:"));
    expect(aws.map(({ provider }) => provider.split("::")[3])).to.deep.equal(
      aws.map(() => "account"),
    );
    expect(aws).to.have.length(10);
  });
});
