import { expect } from "chai";
import { configOf } from "../support/stack-file";

/** A stack file as `path: value`, lists and inner objects flattened. */
function flatten(value: unknown, path = ""): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, path === "" ? key : `${path}.${key}`),
  );
}

function stackFile(name: string): [string, string][] {
  return flatten(configOf(name));
}

function differences(from: string, to: string): string[] {
  const other = new Map(stackFile(to));
  return stackFile(from)
    .filter(([path, value]) => other.get(path) !== value)
    .map(([path, value]) => `${path}: ${value} → ${other.get(path) ?? "missing"}`);
}

describe("the stack files", () => {
  it("have the same keys in the same order", () => {
    const keys = stackFile("dev").map(([path]) => path);
    for (const name of ["prod", "recovery"])
      expect(
        stackFile(name).map(([path]) => path),
        name,
      ).to.deep.equal(keys);
  });

  it("differ between dev and prod in exactly this", () => {
    expect(differences("dev", "prod")).to.deep.equal([
      'auterity:stage: "development" → "production"',
      'auterity:network.cidrBlock: "10.20.0.0/16" → "10.30.0.0/16"',
      'auterity:network.natGateways: "single" → "per-zone"',
      'auterity:network.interfaceEndpoints: "none" → "baseline"',
      "auterity:network.flowLogRetentionDays: 30 → 365",
      "auterity:cluster.logRetentionDays: 30 → 365",
      "auterity:cluster.headroomPerZone.general: 0 → 1",
      "auterity:cluster.dayHeadroomPerZone.general: 0 → 2",
      "auterity:cluster.dayHeadroomPerZone.spot: 0 → 1",
      "auterity:cluster.zonalShift: false → true",
      "auterity:cluster.zonalAutoshift.enabled: false → true",
      'auterity:cluster.zonalAutoshift.blockedWindows: [] → ["Mon:14:00-Tue:02:00","Tue:14:00-Wed:02:00","Wed:14:00-Thu:02:00","Thu:14:00-Fri:02:00","Fri:14:00-Sat:02:00"]',
      'auterity:cluster.nodeClasses.system.instanceTypes: ["m7g.large"] → ["m7g.xlarge"]',
      'auterity:cluster.nodeClasses.general.instanceTypes: ["m6i.large"] → ["m6i.xlarge"]',
      "auterity:cluster.nodeClasses.general.minPerZone: 0 → 1",
      "auterity:cluster.nodeClasses.general.maxPerZone: 2 → 3",
      "auterity:cluster.nodeClasses.spot.minPerZone: 0 → 1",
      "auterity:cluster.nodeClasses.spot.maxPerZone: 3 → 4",
      "auterity:registry.ownsAccountSettings: false → true",
      'auterity:users.totp: "optional" → "required"',
      'auterity:users.signInPrefix: "auterity-dev" → "auterity-prod"',
      'auterity:secrets.environment: "dev" → "prod"',
      "auterity:secrets.replicate: false → true",
      "auterity:secrets.recoveryWindowDays: 7 → 30",
      'auterity:data.database.availability: "single-instance" → "multi-zone"',
      'auterity:data.database.instanceClass: "db.t4g.medium" → "db.r6g.large"',
      "auterity:data.database.backupRetentionDays: 7 → 35",
      "auterity:data.database.logRetentionDays: 30 → 365",
      'auterity:data.database.insights: "standard" → "advanced"',
      'auterity:data.database.global: "none" → "primary"',
      'auterity:data.cache.nodeType: "cache.t4g.small" → "cache.m7g.large"',
      "auterity:data.cache.nodes: 1 → 3",
      'auterity:data.broker.deployment: "single" → "cluster"',
      'auterity:data.broker.instanceType: "mq.m7g.medium" → "mq.m7g.large"',
      "auterity:data.eventStream.enabled: false → true",
      "auterity:data.buckets.accessLogRetentionDays: 90 → 365",
      'auterity:data.buckets.replicate: "none" → "one-way"',
      "auterity:observability.metrics.replicas: 1 → 2",
      "auterity:observability.metrics.retentionDays: 7 → 35",
      "auterity:observability.metrics.storageGiB: 20 → 140",
      'auterity:observability.metrics.requests.cpu: "300m" → "500m"',
      'auterity:observability.metrics.requests.memory: "2Gi" → "4Gi"',
      "auterity:observability.alertmanagers: 1 → 3",
      "auterity:observability.logs.replicas: 1 → 3",
      "auterity:observability.logs.retentionDays: 7 → 31",
      "auterity:observability.logs.storageGiB: 10 → 20",
      'auterity:observability.logs.requests.cpu: "200m" → "500m"',
      'auterity:observability.logs.requests.memory: "1Gi" → "2Gi"',
      'auterity:observability.traces.store: "badger" → "opensearch"',
      "auterity:observability.traces.storageGiB: 10 → 100",
      "auterity:observability.traces.retentionDays: 3 → 7",
      "auterity:observability.traces.gateways: 1 → 3",
      'auterity:observability.traces.gatewayRequests.cpu: "100m" → "300m"',
      'auterity:observability.traces.gatewayRequests.memory: "512Mi" → "1536Mi"',
      "auterity:observability.traces.replicas: 1 → 2",
      'auterity:observability.traces.requests.cpu: "100m" → "250m"',
      'auterity:observability.traces.requests.memory: "512Mi" → "768Mi"',
      "auterity:observability.traces.sampledPercent: 100 → 5",
      "auterity:synthetics.enabled: false → true",
      "auterity:costs.ownsAccountSettings: false → true",
      "auterity:costs.export.enabled: false → true",
      "auterity:costs.export.retentionDays: 90 → 400",
      "auterity:costs.openCost: false → true",
      "auterity:costs.nights.enabled: true → false",
      "auterity:costs.usage.extraNodesPercent: 0 → 50",
      "auterity:costs.usage.jobNodeHours: 20 → 100",
      "auterity:costs.usage.natGib: 50 → 500",
      "auterity:costs.usage.internetGib: 20 → 500",
      "auterity:costs.usage.crossZoneGib: 50 → 1000",
      "auterity:costs.usage.crossRegionGib: 0 → 200",
      "auterity:costs.usage.endpointGib: 0 → 500",
      "auterity:costs.usage.loadBalancerUnits: 1 → 2",
      "auterity:costs.usage.firewallMillionRequests: 1 → 50",
      "auterity:costs.usage.databaseGib: 10 → 100",
      "auterity:costs.usage.databaseMillionRequests: 10 → 200",
      "auterity:costs.usage.brokerGib: 1 → 10",
      "auterity:costs.usage.bucketGib: 50 → 500",
      "auterity:costs.usage.imageGib: 20 → 100",
      "auterity:costs.usage.logsGib: 10 → 100",
      "auterity:costs.usage.backupGib: 20 → 500",
      "auterity:alarms.anomalies: false → true",
      'auterity:alerting.receivers: "alarm-topic" → "teams"',
      'auterity:alerting.pagerDutyTeams: [] → ["platform","automatrix","relaycore","neuroweaver"]',
      "auterity:alerting.aiSpendPerDay: 20 → 200",
      'auterity:services.minimumReplicas: "one" → "declared"',
      "auterity:deletionProtection: false → true",
      "auterity:backup.vital.continuousDays: 7 → 35",
      "auterity:backup.vital.dailyDays: 7 → 35",
      "auterity:backup.vital.weeklyDays: 0 → 90",
      "auterity:backup.vital.monthlyDays: 0 → 365",
      "auterity:backup.vital.coldAfterDays: 0 → 30",
      "auterity:backup.reproducible.weeklyDays: 0 → 30",
      'auterity:backup.lock.mode: "none" → "governance"',
      "auterity:backup.copyToRecoveryRegion: false → true",
      "auterity:backup.restoreTest.enabled: false → true",
      "auterity:chaos.faultNamespace: true → false",
      'auterity:chaos.schedules: [{"experiment":"node-loss","at":"cron(0 10 ? * TUE *)"},{"experiment":"node-latency","at":"cron(0 10 ? * WED *)"},{"experiment":"spot-interruption","at":"cron(0 10 ? * THU *)"}] → []',
      "auterity:chaos.stop.errorPercent: 20 → 0.72",
      "auterity:chaos.stop.slowSeconds: 5 → 1",
      "auterity:chaos.stop.fewestHealthyTargets: 0 → 2",
      'auterity:recovery.dns.record: "none" → "primary"',
    ]);
  });

  it("differ between prod and recovery in exactly this", () => {
    expect(differences("prod", "recovery")).to.deep.equal([
      'aws:region: "us-west-2" → "us-east-2"',
      'auterity:stage: "production" → "recovery"',
      'auterity:network.cidrBlock: "10.30.0.0/16" → "10.40.0.0/16"',
      'auterity:network.availabilityZones: ["us-west-2a","us-west-2b","us-west-2c"] → ["us-east-2a","us-east-2b","us-east-2c"]',
      'auterity:cluster.controlPlaneZones: ["us-west-2a","us-west-2b","us-west-2c"] → ["us-east-2a","us-east-2b","us-east-2c"]',
      'auterity:registry.source: "own" → "replicated"',
      "auterity:registry.ownsAccountSettings: true → false",
      'auterity:users.signInPrefix: "auterity-prod" → "auterity-recovery"',
      'auterity:secrets.source: "own" → "replicated"',
      "auterity:secrets.replicate: true → false",
      'auterity:data.database.global: "primary" → "secondary"',
      'auterity:data.buckets.replicate: "one-way" → "none"',
      'auterity:data.buckets.source: "own" → "replica"',
      "auterity:costs.ownsAccountSettings: true → false",
      "auterity:costs.export.enabled: true → false",
      "auterity:costs.openCost: true → false",
      "auterity:costs.usage.crossRegionGib: 200 → 0",
      "auterity:chaos.enabled: true → false",
      "auterity:chaos.nodeLatency: true → false",
      'auterity:recovery.region: "us-east-2" → "us-west-2"',
      'auterity:recovery.keepsWarm: [] → ["broker","cache","database","event-stream"]',
      'auterity:recovery.dns.record: "primary" → "secondary"',
      "auterity:recovery.dns.admitsTraffic: true → false",
    ]);
  });
});
