import { expect } from "chai";
import type { ServiceRecord } from "../../components/shared/service-record";
import { api } from "../components/platform-service-fixture";
import { itRefuses, withApi, withMailer, withStock, type Case } from "./catalogue-fixture";

const probes = (change: Partial<ServiceRecord["probes"]>) => ({
  probes: { ...api.probes, ...change },
});
const workload: Case[] = [
  [
    "a port that only root may open",
    () => withApi({ port: 80 }),
    ["shop-api.port: got 80, need 1024 to 65535; the container runs as non-root"],
  ],
  [
    "a port that does not exist",
    () => withApi({ port: 65536 }),
    ["shop-api.port: got 65536, need 1024 to 65535; the container runs as non-root"],
  ],
  [
    "metrics without a port",
    () => withMailer({ metricsPath: "/metrics" }),
    ['shop-mailer.metricsPath: got "/metrics" without a port, need a port'],
  ],
  [
    "a metrics path that is none",
    () => withApi({ metricsPath: "metrics" }),
    ['shop-api.metricsPath: got "metrics", need a path that starts with /'],
  ],
  [
    "a service with a port that is never asked whether it is ready",
    () => withApi({ probes: { startupSeconds: 60 } }),
    [
      "shop-api.probes.readiness: got none on a service with a port, need a check; without one every pod gets traffic",
    ],
  ],
  [
    "a liveness check of dependencies",
    () => withApi(probes({ liveness: { kind: "http", path: "/live", checksDependencies: true } })),
    [
      "shop-api.probes.liveness: got a check of dependencies, need one of the process alone; an outage elsewhere would restart every pod",
    ],
  ],
  [
    "a liveness command that asks dependencies",
    () =>
      withMailer({
        probes: {
          liveness: {
            kind: "exec",
            command: ["ping"],
            timeoutSeconds: 5,
            checksDependencies: true,
          },
          startupSeconds: 30,
        },
      }),
    [
      "shop-mailer.probes.liveness: got a check of dependencies, need one of the process alone; an outage elsewhere would restart every pod",
    ],
  ],
  [
    "the readiness route, which checks dependencies, as liveness check",
    () => withApi(probes({ liveness: { kind: "http", path: "/ready" } })),
    [
      "shop-api.probes.liveness: got the readiness check, which checks dependencies, need one of the process alone",
    ],
  ],
  [
    "the readiness command, which checks dependencies, as liveness check",
    () =>
      withMailer({
        probes: {
          readiness: {
            kind: "exec",
            command: ["a", "b"],
            timeoutSeconds: 5,
            checksDependencies: true,
          },
          liveness: { kind: "exec", command: ["a", "b"], timeoutSeconds: 5 },
          startupSeconds: 30,
        },
      }),
    [
      "shop-mailer.probes.liveness: got the readiness check, which checks dependencies, need one of the process alone",
    ],
  ],
  [
    "network checks without a port",
    () =>
      withMailer({
        probes: {
          readiness: { kind: "tcp" },
          liveness: { kind: "http", path: "/live" },
          startupSeconds: 30,
        },
      }),
    [
      "shop-mailer.probes.readiness: got a check of kind tcp without a port, need a port or kind exec",
      "shop-mailer.probes.liveness: got a check of kind http without a port, need a port or kind exec",
    ],
  ],
  [
    "a check of a path that is none",
    () => withApi(probes({ liveness: { kind: "http", path: "live" } })),
    ['shop-api.probes.liveness.path: got "live", need a path that starts with /'],
  ],
  [
    "a check without a command or time",
    () =>
      withMailer({
        probes: { liveness: { kind: "exec", command: [], timeoutSeconds: 0 }, startupSeconds: 30 },
      }),
    [
      "shop-mailer.probes.liveness.command: got nothing, need a command",
      "shop-mailer.probes.liveness.timeoutSeconds: got 0, need 1 to 60",
    ],
  ],
  [
    "no time to start",
    () => withApi(probes({ startupSeconds: 0 })),
    ["shop-api.probes.startupSeconds: got 0, need 1 to 1800"],
  ],
  [
    "requests above limits",
    () => withApi({ requests: { cpu: "2", memory: "4Gi" } }),
    [
      'shop-api.requests.cpu: got "2", need at most limits.cpu ("1")',
      'shop-api.requests.memory: got "4Gi", need at most limits.memory ("2Gi")',
    ],
  ],
  [
    "quantities that are none or nothing",
    () => withApi({ requests: { cpu: "half", memory: "0" }, limits: { cpu: "0", memory: "2GB" } }),
    [
      'shop-api.requests.cpu: got "half", need a quantity above zero such as "500m"',
      'shop-api.limits.cpu: got "0", need a quantity above zero such as "500m"',
      'shop-api.requests.memory: got "0", need a quantity above zero such as "512Mi"',
      'shop-api.limits.memory: got "2GB", need a quantity above zero such as "512Mi"',
    ],
  ],
  [
    "writable directories of no size",
    () => withApi({ writableSize: "0" }),
    ['shop-api.writableSize: got "0", need a quantity above zero such as "256Mi"'],
  ],
  [
    "no time to stop",
    () => withApi({ shutdownSeconds: 0 }),
    ["shop-api.shutdownSeconds: got 0, need 1 to 575; Cluster Autoscaler waits 600 s"],
  ],
  [
    "more time to stop than the autoscaler gives",
    () => withApi({ shutdownSeconds: 576 }),
    ["shop-api.shutdownSeconds: got 576, need 1 to 575; Cluster Autoscaler waits 600 s"],
  ],
  [
    "more time to stop than a Spot node has",
    () => withStock({ shutdownSeconds: 111 }),
    [
      "shop-stock.shutdownSeconds: got 111, need 1 to 110; a Spot node is gone 120 s after its notice",
    ],
  ],
  [
    "writable paths that are relative, the root or lead upwards",
    () => withApi({ writablePaths: ["tmp", "/", "/tmp/../etc"] }),
    [
      'shop-api.writablePaths: got "tmp", need an absolute path below /',
      'shop-api.writablePaths: got "/", need an absolute path below /',
      'shop-api.writablePaths: got "/tmp/../etc", need an absolute path below /',
    ],
  ],
  [
    "two writable paths whose volumes would have one name",
    () => withApi({ writablePaths: ["/var/cache", "/var-cache"] }),
    [
      'shop-api.writablePaths: got two paths for the volume "writable-var-cache", need paths that differ in more than punctuation',
    ],
  ],
  [
    "one port for two services of a product",
    () => withStock({ port: 8000 }),
    ["shop-stock.port: got 8000, which is shop-api's, need another within shop"],
  ],
];

describe("A catalogue's workloads", () => {
  itRefuses(workload);

  it("may ask one route for both checks, as long as it asks the process alone", () => {
    const route = { kind: "http", path: "/" } as const;
    expect(withApi(probes({ readiness: route, liveness: route }))).to.deep.equal([]);
  });
});
