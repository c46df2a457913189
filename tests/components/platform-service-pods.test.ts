import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { api, mailer, stock } from "./platform-service-fixture";
import { template, type Json } from "./platform-service-manifests";

describe("PlatformService's pods", () => {
  it("let workers go at once and check them by a command, at a pace it can keep", async () => {
    const { containers, ...spec } = (await template(mailer)).spec;
    const [container] = containers;
    expect(spec["terminationGracePeriodSeconds"]).to.equal(65);
    expect(container["lifecycle"]).to.equal(undefined);
    expect(container["ports"]).to.equal(undefined);
    expect(container["readinessProbe"]).to.equal(undefined);
    expect(container["livenessProbe"]).to.deep.equal({
      exec: { command: ["check", "--self"] },
      periodSeconds: 40,
      timeoutSeconds: 20,
      failureThreshold: 3,
    });
    expect(container["startupProbe"]).to.deep.equal({
      exec: { command: ["check", "--self"] },
      periodSeconds: 20,
      timeoutSeconds: 20,
      failureThreshold: 3,
    });
  });

  it("drain services inside the cluster for as long as kube-proxy needs", async () => {
    const { containers, ...spec } = (await template(stock)).spec;
    expect(containers[0]["lifecycle"]).to.deep.equal({ preStop: { sleep: { seconds: 5 } } });
    expect(spec["terminationGracePeriodSeconds"]).to.equal(40);
  });

  it("start no check of a service that has none", async () => {
    const { containers } = (await template({ ...mailer, probes: { startupSeconds: 60 } })).spec;
    const probes = ["readinessProbe", "livenessProbe", "startupProbe"];
    expect(probes.map((probe) => containers[0][probe])).to.deep.equal(probes.map(() => undefined));
  });

  it("put standard services on Spot nodes, or general ones while there are none", async () => {
    const { spec } = await template(stock);
    const ofClass = (...values: string[]) => ({
      matchExpressions: [{ key: "workload", operator: "In", values }],
    });
    expect(spec["nodeSelector"]).to.deep.equal({ "kubernetes.io/arch": "amd64" });
    expect(spec["affinity"]).to.deep.equal({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [ofClass("spot", "general")],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, preference: ofClass("spot") },
        ],
      },
    });
    expect((spec["tolerations"] as Json[])[0]).to.deep.equal({
      key: "workload",
      operator: "Equal",
      value: "spot",
      effect: "NoSchedule",
    });
  });

  it("put batch work on its own nodes only, unevenly if need be, and let it wait for them", async () => {
    const { spec } = await template({ ...mailer, nodeClass: "ai-processing" });
    expect(spec["nodeSelector"]).to.deep.equal({
      workload: "ai-processing",
      "kubernetes.io/arch": "amd64",
    });
    expect(spec["affinity"]).to.equal(undefined);
    expect(spec["tolerations"]).to.deep.equal([
      { key: "workload", operator: "Equal", value: "ai-processing", effect: "NoSchedule" },
    ]);
    expect(spec["priorityClassName"]).to.equal("auterity-batch");
    const spread = spec["topologySpreadConstraints"] as Json[];
    expect(spread.map((rule) => [rule["whenUnsatisfiable"], rule["minDomains"]])).to.deep.equal([
      ["ScheduleAnyway", undefined],
      ["ScheduleAnyway", undefined],
    ]);
    const onSpot = await template(mailer);
    expect(onSpot.spec["nodeSelector"]).to.deep.equal({
      workload: "spot",
      "kubernetes.io/arch": "amd64",
    });
  });

  describe("of an image for both processors", () => {
    const architectures = ["amd64", "arm64"] as const;
    const isOneOf = (key: string, ...values: string[]) => ({ key, operator: "In", values });
    const onBoth = isOneOf("kubernetes.io/arch", "amd64", "arm64");
    const preferred = (weight: number, expression: object) => ({
      weight,
      preference: { matchExpressions: [expression] },
    });
    const arm = preferred(50, isOneOf("kubernetes.io/arch", "arm64"));

    it("stay on the nodes of their class, on the cheaper ones while there is room", async () => {
      const { spec } = await template({ ...api, architectures });
      expect(spec["nodeSelector"]).to.deep.equal({ workload: "general" });
      expect(spec["affinity"]).to.deep.equal({
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [onBoth] }],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [arm],
        },
      });
    });

    it("go to Spot of whichever processor before they go to On-Demand", async () => {
      const { spec } = await template({ ...stock, architectures });
      expect(spec["nodeSelector"]).to.equal(undefined);
      expect(spec["affinity"]).to.deep.equal({
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [isOneOf("workload", "spot", "general"), onBoth] },
            ],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            preferred(100, isOneOf("workload", "spot")),
            arm,
          ],
        },
      });
    });
  });

  it("of an image for Arm alone run on no other node", async () => {
    const { spec } = await template({ ...api, architectures: ["arm64"] });
    expect(spec["nodeSelector"]).to.deep.equal({
      workload: "general",
      "kubernetes.io/arch": "arm64",
    });
  });

  for (const [zones, fewest] of [
    [1, 1],
    [2, 1],
    [3, 2],
    [6, 2],
  ] as const) {
    it(`spread over ${fewest} of ${zones} zones at least, so that losing one heals`, async () => {
      const { spec } = await template(api, { zones });
      const [zone] = spec["topologySpreadConstraints"] as Json[];
      expect(zone?.["minDomains"]).to.equal(fewest);
    });
  }

  it("order all variables by name, whatever order they are given in", async () => {
    const settings = { ZONE: "z", ALPHA: "a", REDIS_URL: pulumi.output("redis://cache:6379") };
    const secretEnvironment = { DATABASE_URL: { secretName: "database", key: "url" } };
    const { containers } = (await template(api, { settings, secretEnvironment })).spec;
    expect(containers[0]["env"]).to.deep.equal([
      { name: "ALPHA", value: "a" },
      {
        name: "DATABASE_URL",
        valueFrom: { secretKeyRef: { name: "database", key: "url" } },
      },
      { name: "LOG_LEVEL", value: "info" },
      { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "REDIS_URL", value: "redis://cache:6379" },
      { name: "ZONE", value: "z" },
    ]);
  });

  it("have what the database's certificate is checked against where its URL looks for it", async () => {
    const { spec } = await template(api, { databaseCertificates: "authorities" });
    expect((spec["volumes"] as Json[]).at(-1)).to.deep.equal({
      name: "database-certificates",
      configMap: { name: "authorities" },
    });
    expect((spec.containers[0]["volumeMounts"] as Json[]).at(-1)).to.deep.equal({
      ...{ name: "database-certificates", readOnly: true },
      mountPath: "/etc/auterity/database-certificates",
    });
  });

  it("leave out a version that no label can hold", async () => {
    const pod = await template(api, { image: `registry.example.com/app:${"9".repeat(64)}` });
    expect(pod.metadata["labels"]).not.to.have.property("app.kubernetes.io/version");
  });

  it("size writable directories as the record says, and count them as disk", async () => {
    const { spec } = await template({ ...api, writableSize: "10Gi" });
    expect((spec["volumes"] as Json[])[1]).to.deep.equal({
      name: "writable-var-cache-app",
      emptyDir: { sizeLimit: "10Gi" },
    });
    expect(spec.containers[0]["resources"]).to.deep.include({
      limits: { cpu: "1", memory: "2Gi", "ephemeral-storage": "20530Mi" },
    });
  });
});
