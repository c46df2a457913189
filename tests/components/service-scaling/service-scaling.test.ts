import { expect } from "chai";
import { ArgsError } from "../../../components/shared/args-error";
import type { ServiceRecord } from "../../../components/shared/service-record";
import { ServiceScaling } from "../../../components/service-scaling";
import { schedule } from "../../shared/catalogue-fixture";
import { startOfflineEngine } from "../../support/engine";
import { api, mailer, stock, without } from "../platform-service-fixture";
import {
  type Args,
  type ScaledObject,
  broker,
  busyApi,
  register,
  scaledObjectOf,
  trainer,
} from "./fixture";

const perMinute = { periodSeconds: 60 };

describe("ServiceScaling", () => {
  for (const mode of ["known", "unknown"] as const)
    it(`registers a ScaledObject, and how to sign in at the broker (${mode} values)`, async () => {
      const listOf = async (args: Args) =>
        (await register(args, mode)).map(({ type, name }) => [type, name]);
      expect(await listOf({ record: api })).to.deep.equal([
        ["platform:scaling:ServiceScaling", "scaling"],
        ["kubernetes:keda.sh/v1alpha1:ScaledObject", "scaling"],
      ]);
      expect(await listOf({ record: mailer, brokerConnection: broker })).to.have.deep.members([
        ["platform:scaling:ServiceScaling", "scaling"],
        ["kubernetes:keda.sh/v1alpha1:TriggerAuthentication", "scaling-broker"],
        ["kubernetes:keda.sh/v1alpha1:ScaledObject", "scaling"],
      ]);
    });

  it("scales a critical API by CPU, its own requests and the hour", async () => {
    const { spec, metadata } = await scaledObjectOf({ record: busyApi });
    expect(metadata).to.deep.include({ name: "shop-api", namespace: "shop" });
    expect(spec).to.deep.equal({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop-api" },
      pollingInterval: 30,
      cooldownPeriod: 600,
      minReplicaCount: 3,
      maxReplicaCount: 10,
      // CPU goes on scaling above the floor.
      fallback: { failureThreshold: 3, replicas: 3, behavior: "static" },
      advanced: {
        horizontalPodAutoscalerConfig: {
          name: "shop-api",
          behavior: {
            scaleUp: {
              stabilizationWindowSeconds: 0,
              selectPolicy: "Max",
              policies: [
                { type: "Percent", value: 100, ...perMinute },
                { type: "Pods", value: 4, ...perMinute },
              ],
            },
            scaleDown: {
              stabilizationWindowSeconds: 300,
              selectPolicy: "Max",
              policies: [{ type: "Percent", value: 25, ...perMinute }],
            },
          },
        },
      },
      triggers: [
        { type: "cpu", metricType: "Utilization", metadata: { value: "70" } },
        {
          type: "prometheus",
          metricType: "AverageValue",
          metadata: {
            serverAddress: "http://prometheus.monitoring.svc.cluster.local:9090",
            query: 'sum(rate(http_requests_total{namespace="shop",container="shop-api"}[2m]))',
            threshold: "25",
            ignoreNullValues: "false",
          },
        },
        {
          type: "cron",
          metricType: "AverageValue",
          metadata: {
            timezone: "America/Los_Angeles",
            start: "0 7 * * 1-5",
            end: "0 19 * * 1-5",
            desiredReplicas: "5",
          },
        },
      ],
    });
  });

  it("scales a worker by its queue, signed in with its own Secret", async () => {
    const worker: ServiceRecord = {
      ...mailer,
      tier: "standard",
      scaling: { ...mailer.scaling, min: 1 },
    };
    const registrations = await register({ record: worker, brokerConnection: broker });
    const of = (kind: string) => registrations.find(({ type }) => type.endsWith(`:${kind}`));
    const { spec } = of("ScaledObject")?.inputs as unknown as ScaledObject;
    expect(spec.triggers).to.deep.equal([
      {
        type: "rabbitmq",
        metricType: "AverageValue",
        metadata: { protocol: "amqp", queueName: "mail", mode: "QueueLength", value: "10" },
        authenticationRef: { name: "shop-mailer-broker" },
      },
    ]);
    // Nobody who works is sent away while the broker does not answer.
    expect(spec["fallback"]).to.deep.equal({
      failureThreshold: 3,
      replicas: 2,
      behavior: "currentReplicasIfHigher",
    });
    expect(of("TriggerAuthentication")?.inputs).to.deep.include({
      spec: {
        secretTargetRef: [{ parameter: "host", name: "shop-mailer-broker", key: "BROKER_URL" }],
      },
    });
    expect(of("ScaledObject")?.dependencies).to.include(of("TriggerAuthentication")?.urn);
  });

  it("starts a pod for each running job, from none, and keeps what runs while nobody answers", async () => {
    const { spec } = await scaledObjectOf({ record: trainer });
    expect(spec).to.include({ minReplicaCount: 0, maxReplicaCount: 4, cooldownPeriod: 600 });
    expect(spec).not.to.have.property("fallback");
    expect(spec.triggers).to.deep.equal([
      {
        type: "prometheus",
        metricType: "AverageValue",
        metadata: {
          serverAddress: "http://prometheus.monitoring.svc.cluster.local:9090",
          query: 'sum(jobs_active{namespace="shop"})',
          threshold: "1",
          ignoreNullValues: "false",
        },
      },
    ]);
  });

  it("has no fallback where CPU and the hour are all: the cluster itself knows both", async () => {
    const { spec } = await scaledObjectOf({
      record: { ...api, scaling: { ...api.scaling, schedule } },
    });
    expect(spec).not.to.have.property("fallback");
  });

  it("scales a blue-green service by its Rollout", async () => {
    const inside = { ...without(busyApi, "exposure"), criticalPaths: [] };
    const { spec } = await scaledObjectOf({ record: { ...inside, rollout: "blue-green" } });
    expect(spec["scaleTargetRef"]).to.deep.equal({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      name: "shop-api",
    });
  });

  it("goes down to one replica without hours in a small environment", async () => {
    const { spec } = await scaledObjectOf({
      record: busyApi,
      minimumReplicas: 1,
      schedule: "none",
    });
    expect(spec["minReplicaCount"]).to.equal(1);
    expect(spec["fallback"]).to.deep.include({ replicas: 1 });
    expect(spec.triggers.map((trigger) => (trigger as { type: string }).type)).to.deep.equal([
      "cpu",
      "prometheus",
    ]);
  });

  const refused: [string, Args, string[]][] = [
    [
      "a floor above the hour's, which would make the schedule lower it",
      { record: busyApi, minimumReplicas: 6 },
      [
        "minimumReplicas: got 6, need at most the 5 of record.scaling.schedule; a schedule raises the floor, it never lowers it",
      ],
    ],
    [
      "no replica of a critical service, and more than it may have",
      { record: api, minimumReplicas: 0 },
      ["minimumReplicas: got 0, need 1 to 10"],
    ],
    [
      "a queue without the broker",
      { record: mailer },
      [
        "brokerConnection: got none for a service that scales by queue-length, need the key of the broker's URL",
      ],
    ],
    [
      "the broker's credentials for a service that has no use for them",
      { record: stock, brokerConnection: broker },
      [
        "brokerConnection: got one for a service without queue-length, need none; nothing else reads the broker",
      ],
    ],
    [
      "an address that is no URL, with a label of ours and a wrong time zone, all at once",
      {
        record: {
          ...busyApi,
          scaling: { ...busyApi.scaling, schedule: { ...schedule, timeZone: "PST8" } },
        },
        prometheusAddress: "prometheus:9090",
        labels: { "auterity.io/tier": "batch" },
      },
      [
        'record.scaling.schedule.timeZone: got "PST8", need an IANA time zone such as "America/Los_Angeles"',
        'prometheusAddress: got "prometheus:9090", need a URL such as http://prometheus.monitoring.svc:9090',
        "labels.auterity.io/tier: got a label that this component sets, need another key",
      ],
    ],
  ];
  for (const [title, args, expected] of refused)
    it(`refuses ${title}, and registers nothing`, async () => {
      const engine = await startOfflineEngine({ mode: "known" });
      let problems: readonly string[] = [];
      try {
        new ServiceScaling("scaling", { namespace: "shop", ...args });
      } catch (error) {
        if (error instanceof ArgsError) problems = error.problems;
      }
      await engine.settle();
      expect(problems).to.deep.equal(expected);
      expect(engine.registrations).to.deep.equal([]);
    });
});
