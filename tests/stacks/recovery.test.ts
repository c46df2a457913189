import { readFileSync } from "node:fs";
import { expect } from "chai";
import { compareModes } from "../../tools/plan/compare-modes";
import type { Registration } from "../../tools/offline/registration";
import { analyzeAll } from "../support/check-policy";
import { type EnvironmentName, planned, plannedIn } from "../support/planned";

const pilotLight = { "settings.recovery.mode": "pilot-light" };
const withZone = { "settings.ingress.hostedZoneId": "Z0123456789" };
const levels = JSON.parse(readFileSync("policy/levels/recovery.json", "utf8")) as Record<
  string,
  unknown
>;

const made = new Map<string, Promise<readonly Registration[]>>();

/** Each plan once. */
function plannedWith(
  name: EnvironmentName,
  changes: Record<string, unknown>,
): Promise<readonly Registration[]> {
  const key = `${name} ${JSON.stringify(changes)}`;
  const known = made.get(key) ?? plannedIn(name, "known", changes);
  made.set(key, known);
  return known;
}

const kinds = (registrations: readonly Registration[], prefix: string): Set<string> =>
  new Set(registrations.map(({ type }) => type).filter((type) => type.startsWith(prefix)));

const inputsOf = (registrations: readonly Registration[], type: string, name: string) =>
  registrations.find((one) => one.type === type && one.name === name)!.inputs;

describe("a pilot light", () => {
  it("is the network, the control plane with system nodes, the way in, users, and a copy of the data", async () => {
    const registrations = await plannedWith("recovery", pilotLight);
    expect([...kinds(registrations, "platform:")].sort()).to.deep.equal([
      "platform:cluster:MultiAzCluster",
      "platform:cluster:ZonalAutoshift",
      "platform:cost:CostControls",
      "platform:data:EventStream",
      "platform:data:MessageBroker",
      "platform:data:MultiAzCache",
      "platform:data:MultiAzDatabase",
      "platform:identity:UserDirectory",
      "platform:network:EdgeProtection",
      "platform:network:SecureVpc",
      "platform:observation:AlarmTopic",
      "platform:observation:FlowLogAnalysis",
    ]);
    const groups = registrations.filter(({ type }) => type === "eks:index:ManagedNodeGroup");
    expect(groups.map(({ name }) => name)).to.have.length(3);
    expect(groups.every(({ name }) => name.includes("-system-"))).to.equal(true);
  });

  it("keeps running what it is told to, and no more", async () => {
    const cold = await plannedWith("recovery", {
      ...pilotLight,
      "settings.recovery.keepsWarm": [],
    });
    expect([...kinds(cold, "platform:data:")]).to.deep.equal(["platform:data:MultiAzDatabase"]);
    expect([...kinds(cold, "aws:rds/clusterInstance")]).to.deep.equal([]);
    const warm = await plannedWith("recovery", {
      ...pilotLight,
      "settings.recovery.keepsWarm": ["cache", "database"],
    });
    expect([...kinds(warm, "platform:data:")].sort()).to.deep.equal([
      "platform:data:MultiAzCache",
      "platform:data:MultiAzDatabase",
    ]);
    expect([...kinds(warm, "aws:rds/clusterInstance")]).to.have.length(1);
  });

  it("is the same in a preview, and violates no policy", async () => {
    const known = await plannedWith("recovery", { ...withZone, ...pilotLight });
    const unknown = await plannedIn("recovery", "unknown", { ...pilotLight, ...withZone });
    expect(compareModes(known, unknown)).to.deep.equal([]);
    for (const registrations of [known, unknown])
      expect(await analyzeAll(registrations, levels)).to.deep.equal([]);
  });
});

describe("a database in two regions", () => {
  it("is made by prod, and joined by recovery under the name that prod gives it", async () => {
    const prod = await planned("prod", "known");
    const recovery = await planned("recovery", "known");
    const global = inputsOf(prod, "aws:rds/globalCluster:GlobalCluster", "auterity-prod");
    const copy = inputsOf(recovery, "aws:rds/cluster:Cluster", "auterity-recovery");
    expect(global["globalClusterIdentifier"]).to.equal("auterity-prod");
    expect(copy).to.include({
      globalClusterIdentifier: "auterity-prod",
      sourceRegion: "us-west-2",
      region: "us-east-2",
    });
    expect(copy).not.to.have.any.keys("masterUsername", "masterPassword");
  });

  it("needs no function that makes users where the data comes with them, and none there is let in", async () => {
    expect([...kinds(await planned("recovery", "known"), "platform:data:DatabaseUsers")]).to.be
      .empty;
    const policies = JSON.stringify(
      (await planned("prod", "known")).filter(({ type }) => type.includes("secretPolicy")),
    );
    expect(policies).to.include("us-west-2").and.not.include("database-users-us-east-2");
  });
});

describe("models in two regions", () => {
  it("are used in recovery from the very bucket that prod copies them to", async () => {
    const copy = "auterity-prod-models-copy-123456789012";
    const copies = (await planned("prod", "known")).filter(
      ({ type, inputs }) => type === "aws:s3/bucket:Bucket" && inputs["bucket"] === copy,
    );
    expect(copies.map(({ inputs }) => inputs["region"])).to.deep.equal(["us-east-2"]);
    const roles = (await planned("recovery", "known")).filter(({ type }) =>
      type.startsWith("aws:iam/rolePolicy"),
    );
    const reading = roles.filter(({ inputs }) =>
      JSON.stringify(inputs["policy"] ?? "").includes(`arn:aws:s3:::${copy}`),
    );
    expect(reading.map(({ name }) => name)).to.include("auterity-recovery-neuroweaver-api");
    for (const { inputs } of reading)
      expect(JSON.stringify(inputs["policy"])).to.include(`alias/${copy}`);
  });

  it("are told of where they are late, in the region that they go to", async () => {
    const alarm = inputsOf(
      await planned("prod", "known"),
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "auterity-prod-models-replication-late",
    );
    expect(alarm).to.include({ region: "us-east-2", metricName: "ReplicationLatency" });
    expect(String(alarm["alarmActions"])).to.include(":us-east-2:");
  });
});

describe("records that fail over", () => {
  it("are made once the domain has a zone, and not before", async () => {
    expect([...kinds(await planned("prod", "known"), "platform:network:DnsFailover")]).to.be.empty;
    const registrations = await plannedWith("prod", withZone);
    const roles = registrations
      .filter(({ type, inputs }) => type.includes("route53/record") && inputs["setIdentifier"])
      .map(({ inputs }) => [
        inputs["name"],
        (inputs["failoverRoutingPolicies"] as { type: string }[])[0]?.type,
      ]);
    expect(roles).to.deep.equal(
      ["api", "app", "relay", "models"].map((host) => [`${host}.platform.example`, "PRIMARY"]),
    );
  });

  it("violate no policy, and lead to a host that the load balancer knows", async () => {
    for (const name of ["prod", "recovery"] as const) {
      const registrations = await plannedWith(name, withZone);
      const own = JSON.parse(readFileSync(`policy/levels/${name}.json`, "utf8")) as typeof levels;
      expect(await analyzeAll(registrations, own)).to.deep.equal([]);
      const known = registrations
        .filter(({ type }) => type.endsWith(":Ingress"))
        .flatMap(({ inputs }) => (inputs["spec"] as { rules: { host: string }[] }).rules)
        .map(({ host }) => host);
      const asked = registrations
        .filter(({ type, inputs }) => type.includes("healthCheck") && inputs["fqdn"] !== undefined)
        .map(({ inputs }) => String(inputs["fqdn"]));
      expect(asked).to.have.length(2);
      expect(known).to.include.members(asked);
    }
  });

  it("send nobody to recovery until somebody says so", async () => {
    const closed = { disabled: true, invertHealthcheck: true };
    const type = "aws:route53/healthCheck:HealthCheck";
    for (const changes of [withZone, { ...withZone, ...pilotLight }])
      expect(
        inputsOf(await plannedWith("recovery", changes), type, "auterity-recovery-dns"),
      ).to.include(closed);
  });
});
