import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ObservabilityStack } from "../../../components/observability-stack";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine, valueOf } from "../../support/engine";
import { args, type Given } from "./fixture";

describe("ObservabilityStack refuses", () => {
  async function problemsOf(given: Given): Promise<readonly string[]> {
    const engine = await startOfflineEngine({ mode: "known" });
    const provider = new k8s.Provider("cluster", { kubeconfig: "{}" });
    try {
      new ObservabilityStack("watch", { ...given, provider });
    } catch (error) {
      await engine.settle();
      expect(engine.registrations.map(({ name }) => name)).to.deep.equal(["cluster"]);
      if (error instanceof ArgsError) return error.problems;
      throw error;
    }
    throw new Error("nothing was refused");
  }

  it("what does not fit together, every problem at once", async () => {
    expect(
      await problemsOf({
        ...args,
        region: "oregon",
        network: { clusterSubnetCidrs: [], endpointSubnetCidrs: ["10.0.0.0/33"] },
        targets: {
          "Shop!": { namespace: "shop", podLabels: {}, port: 0, path: "metrics" },
          shop: { namespace: "shop", podLabels: { a: "b" }, port: 1, labels: { job: "x" } },
        },
        applications: { shop: { namespace: "shop", podLabels: {} } },
        pages: [{ url: "http://shop.example.com", service: "shop", expectedStatus: 20 }],
        metrics: { ...args.metrics, replicas: 3, requests: { cpu: "lots", memory: "2G i" } },
        alerting: { ...args.alerting, replicas: 2 },
        logs: { ...args.logs, replicas: 2, retentionDays: 0 },
        traces: {
          ...args.traces,
          gateways: 0,
          sampledPercent: 101,
          storage: { kind: "badger", sizeGiB: 10 },
        },
        grafana: { ...args.grafana, rootUrl: "http://grafana.example.com/" },
        images: { ...args.images, loki: { repository: "loki", tag: "latest" } },
      }),
    ).to.deep.equal([
      'region: got "oregon", need a region such as us-west-2',
      "network.clusterSubnetCidrs: got none, need those that the API server answers from",
      'network.endpointSubnetCidrs: got "10.0.0.0/33", need an IPv4 range such as 10.0.0.0/16',
      'targets: got the job "Shop!", need a DNS label',
      "targets.Shop!.podLabels: got none, which is every pod, need those of its own",
      "targets.Shop!.port: got 0, need 1 to 65535",
      'targets.Shop!.path: got "metrics", need a path that begins with /',
      'targets.shop.labels: got "job", need a label of Prometheus other than job, service, namespace, pod, container, instance, cluster',
      "applications.shop.podLabels: got none, which is every pod, need those of its own",
      'pages: got "http://shop.example.com", need an https address',
      "pages: got the status 20 of http://shop.example.com, need 100 to 599",
      "metrics.replicas: got 3, need 1 to 2",
      'metrics.requests.cpu: got "lots", need a CPU quantity such as 500m',
      'metrics.requests.memory: got "2G i", need a memory quantity such as 2Gi',
      "alerting.replicas: got 2, need 1 or 3; of two apart nobody knows which has told",
      "logs.retentionDays: got 0, need 1 to 400",
      "logs.replicas: got 2, need 1 or 3; two of them agree on a line",
      "traces.gateways: got 0, need 1 to 9",
      "traces.sampledPercent: got 101, need 0 to 100 percent",
      "traces.replicas: got 2, need 1 with badger; a disk is one pod's",
      'grafana.rootUrl: got "http://grafana.example.com/", need https://HOST or http://localhost:PORT, without a / at the end',
      'images.loki.repository: got "loki", need host and path',
      'images.loki.tag: got "latest", need an exact version, such as 1.2.3',
    ]);
  });
});

describe("the example of ObservabilityStack", () => {
  it("runs by itself, every object with the provider of its cluster or account", async () => {
    const engine = await startOfflineEngine({
      config: { "auterity:accountId": "123456789012", "auterity:kubeconfig": "{}" },
    });
    const { heartbeatTopicArn } = await import("../../../examples/observability-stack/index.js");
    await engine.settle();
    expect(await valueOf(pulumi.output(heartbeatTopicArn))).to.contain("shop-heartbeat");
    const providers = engine.registrations
      .filter(({ type }) => /^(aws|kubernetes):/.test(type))
      .map(({ provider }) => provider.split("::")[3]);
    expect(new Set(providers)).to.deep.equal(new Set(["account", "cluster"]));
  });
});
