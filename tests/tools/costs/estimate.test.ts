import { expect } from "chai";
import type { ServiceRecord } from "../../../components/shared/service-record";
import { services as catalogue } from "../../../stacks/services";
import type { MonthlyUsage } from "../../../stacks/usage-schema";
import type { Registration } from "../../../tools/offline/registration";
import { type Estimate, estimateCosts, ownPriceProblems } from "../../../tools/costs/estimate";
import { nodeGroup, resource, template } from "./resources";
import { noUsage } from "./usage";

const today = new Date("2026-12-01T00:00:00Z");

interface Given {
  readonly usage?: Partial<MonthlyUsage>;
  readonly services?: readonly ServiceRecord[];
  readonly ownPricesUsd?: Record<string, number>;
}

function estimate(registrations: readonly Registration[], given: Given = {}): Estimate {
  const { usage = {}, services = [], ownPricesUsd = {} } = given;
  const settings = { usage: { ...noUsage, ...usage }, ownPricesUsd };
  return estimateCosts({ environment: "prod", registrations, services, settings, today });
}

function linesOf({ lines }: Estimate): [string, number, number][] {
  return lines.map(({ price, quantity, monthlyUsd }) => [price, quantity, monthlyUsd]);
}

describe("the estimate of costs", () => {
  const cases: [string, Registration[], Partial<MonthlyUsage>, [string, number, number][]][] = [
    [
      "a network: a gateway a zone, and the traffic that is assumed",
      [
        resource(
          "awsx:ec2:Vpc",
          { availabilityZoneNames: ["a", "b"], natGateways: { strategy: "OnePerAz" } },
          { custom: false, remote: true },
        ),
      ],
      { natGib: 100, internetGib: 10, crossZoneGib: 50 },
      [
        ["nat/gateway", 1460, 65.7],
        ["nat/traffic", 100, 4.5],
        ["network/public-address", 1460, 7.3],
        ["traffic/internet", 10, 0.9],
        ["traffic/zones", 100, 1],
      ],
    ],
    [
      "a network without gateways has no traffic through them",
      [
        resource(
          "awsx:ec2:Vpc",
          { availabilityZoneNames: ["a", "b"], natGateways: { strategy: "None" } },
          { custom: false, remote: true },
        ),
      ],
      { natGib: 100 },
      [],
    ],
    [
      "endpoints: by the zone, those of gateways nothing",
      [
        resource("aws:ec2/vpcEndpoint:VpcEndpoint", {
          ...{ vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] },
        }),
        resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" }),
      ],
      { endpointGib: 200 },
      [
        ["endpoint/interface", 2190, 21.9],
        ["endpoint/traffic", 100, 1],
      ],
    ],
    [
      "nodes: the least of the class with their disks, and a share of what it may add",
      [nodeGroup("general", {}), template("general", 80)],
      { extraNodesPercent: 50 },
      [
        ["ebs/gp3", 80, 6.4],
        ["ebs/gp3", 80, 6.4],
        ["ec2/m6i.xlarge", 730, 140.16],
        ["ec2/m6i.xlarge", 730, 140.16],
      ],
    ],
    [
      "Spot nodes at what they are said to cost less",
      [nodeGroup("spot", { capacityType: "SPOT" })],
      { spotDiscountPercent: 50 },
      [["ec2/m6i.xlarge", 365, 70.08]],
    ],
    [
      "nodes that start at none: the hours of jobs, over all their groups",
      [
        nodeGroup("ai-processing", { scalingConfig: { minSize: 0, maxSize: 2 } }),
        nodeGroup("ai-processing", { scalingConfig: { minSize: 0, maxSize: 2 } }),
      ],
      { jobNodeHours: 100, extraNodesPercent: 50 },
      [["ec2/m6i.xlarge", 100, 19.2]],
    ],
    [
      "an alarm by each metric that it reads, dearer below a minute, thrice for a band",
      [
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: "Errors", period: 60 }),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: "Errors", period: 10 }),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", {
          metricQueries: [
            { id: "a", metric: { metricName: "Hits", period: 60 } },
            { id: "b", metric: { metricName: "Misses", period: 60 } },
            { id: "c", expression: "a / b" },
          ],
        }),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", {
          metricQueries: [
            { id: "a", metric: { metricName: "Hits", period: 60 } },
            { id: "band", expression: "ANOMALY_DETECTION_BAND(a, 2)" },
          ],
        }),
      ],
      {},
      [
        ["alarm/high-resolution", 1, 0.3],
        ["alarm/metric", 6, 0.6],
      ],
    ],
    [
      "logs: what comes in, and what is kept of it for so long",
      [resource("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 365 })],
      { logsGib: 100 },
      [
        ["logs/ingested", 100, 50],
        ["logs/stored", 1200, 36],
      ],
    ],
    [
      "a secret with each of its copies",
      [resource("aws:secretsmanager/secret:Secret", { replicas: [{ region: "us-east-2" }] })],
      {},
      [["secret/secret", 2, 0.8]],
    ],
    [
      "disks that a chart asks for, each replica its own",
      [
        resource("kubernetes:helm.sh/v3:Release", {
          values: {
            prometheus: {
              replicas: 2,
              storageSpec: {
                volumeClaimTemplate: {
                  spec: {
                    accessModes: ["ReadWriteOnce"],
                    resources: { requests: { storage: "140Gi" } },
                  },
                },
              },
            },
            loki: { replicas: 3, persistence: { enabled: true, size: "20Gi" } },
            off: { replicas: 3, persistence: { enabled: false, size: "20Gi" } },
          },
        }),
      ],
      {},
      [["ebs/gp3", 340, 27.2]],
    ],
  ];
  for (const [sentence, registrations, usage, expected] of cases)
    it(sentence, () => {
      expect(linesOf(estimate(registrations, { usage }))).to.deep.equal(expected);
    });

  it("says what it does not know, with its count and why", () => {
    const { monthlyUsd, notKnown } = estimate([
      resource("aws:mq/broker:Broker", {
        ...{ hostInstanceType: "mq.m7g.large", deploymentMode: "CLUSTER_MULTI_AZ" },
      }),
      resource("aws:lambda/function:Function", {}),
      resource("aws:quantum/computer:Computer", {}),
      resource("aws:iam/role:Role", {}),
    ]);
    expect([monthlyUsd, notKnown]).to.deep.equal([
      0,
      [
        {
          ...{ what: "aws lambda Function", count: 1 },
          reason: "paid by the call; these run a few times a day",
        },
        {
          ...{ what: "aws quantum Computer", count: 1 },
          reason: "nobody has said how it is paid",
        },
        { what: "mq/mq.m7g.large", count: 3, reason: "no price with a source" },
      ],
    ]);
  });

  it("takes the account's own price before the table's, and where there is none", () => {
    const registrations = [
      resource("aws:kms/key:Key", {}),
      resource("aws:mq/broker:Broker", { hostInstanceType: "mq.m7g.large" }),
    ];
    const ownPricesUsd = { "kms/key": 0.5, "mq/mq.m7g.large": 0.1 };
    const found = estimate(registrations, { ownPricesUsd });
    expect(linesOf(found)).to.deep.equal([
      ["kms/key", 1, 0.5],
      ["mq/mq.m7g.large", 730, 73],
    ]);
    expect(found.notKnown).to.deep.equal([]);
  });

  it("refuses an own price of what nothing asks for", () => {
    const settings = { usage: noUsage, ownPricesUsd: { "kms/kye": 1 } };
    const found = estimate([resource("aws:kms/key:Key", {})]);
    expect(ownPriceProblems(found, settings)).to.deep.equal([
      'auterity:costs.ownPricesUsd: got a price of "kms/kye", which nothing here asks for, need one of kms/key',
    ]);
  });

  it("sums by component and by team, the dearest first", () => {
    const component = resource("platform:data:Store", {}, { custom: false });
    const found = estimate(
      [
        component,
        resource("aws:kms/key:Key", { tags: { team: "shop" } }, { parent: component.urn }),
        resource("aws:route53/zone:Zone", { tags: { service: "relaycore" } }),
      ],
      { services: catalogue },
    );
    expect([found.monthlyUsd, found.assumedUsd, found.components, found.teams]).to.deep.equal([
      ...[1.5, 0],
      [
        { name: `${component.name} (platform data Store)`, monthlyUsd: 1 },
        { name: "the stack", monthlyUsd: 0.5 },
      ],
      [
        { name: "shop", monthlyUsd: 1 },
        { name: "relaycore", monthlyUsd: 0.5 },
      ],
    ]);
  });

  it("shares nodes by the CPU that services ask for, and leaves the rest to the platform", () => {
    const found = estimate(
      [
        // 4 cores; relaycore asks for 3 × 0.5.
        nodeGroup("general", {}),
        resource("kubernetes:apps/v1:Deployment", {
          ...{ metadata: { name: "relaycore" }, spec: { replicas: 3 } },
        }),
      ],
      { services: catalogue },
    );
    expect(found.teams).to.deep.equal([
      { name: "platform", monthlyUsd: 87.6 },
      { name: "relaycore", monthlyUsd: 52.56 },
    ]);
  });
});
