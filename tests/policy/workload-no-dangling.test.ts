import { expect } from "chai";
import { workloadNoDangling } from "../../policy/rules/workload-no-dangling";
import { resource } from "../support/check-policy";
import { excusing, finder } from "../support/stack-rule";
import { workloadInStack } from "./workload-fixtures";

const find = finder(workloadNoDangling);
const api = workloadInStack();
const metadata = { name: "api", namespace: "app", labels: { app: "api" } };
const of = (type: string, spec: object, name = "subject") =>
  resource(type, { metadata: { ...metadata, name }, spec }, { name });
const service = (spec: object = {}) =>
  of(
    "kubernetes:core/v1:Service",
    {
      selector: { app: "api" },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
      ...spec,
    },
    "api-service",
  );
const ingress = (name: string, port: object = { name: "http" }) =>
  of("kubernetes:networking.k8s.io/v1:Ingress", {
    rules: [{ http: { paths: [{ backend: { service: { name, port } } }] } }],
  });
const scaler = (scaleTargetRef: object) =>
  of("kubernetes:keda.sh/v1alpha1:ScaledObject", { scaleTargetRef });
const policy = (podSelector: object) =>
  of("kubernetes:networking.k8s.io/v1:NetworkPolicy", { podSelector });

describe("workload-no-dangling", () => {
  it("is silent where everything hits something", async () => {
    const found = await find([
      api,
      service(),
      ingress("api-service"),
      ingress("api-service", { number: 80 }),
      scaler({ kind: "Deployment", name: "api" }),
      policy({ matchLabels: { app: "api" } }),
      policy({}),
      of("kubernetes:monitoring.coreos.com/v1:ServiceMonitor", {
        selector: { matchLabels: { app: "api" } },
      }),
    ]);
    expect(found).to.deep.equal([]);
  });
  it("reports a Service that selects nobody, or a port that nobody has", async () => {
    expect(await find([api, service({ selector: { app: "web" } })])).to.deep.equal([
      ["api-service", "spec.selector: selects no pod of the stack"],
    ]);
    expect(await find([api, service({ ports: [{ port: 80 }] })])).to.deep.equal([
      ["api-service", "spec.ports: no pod of the Service has the port 80"],
    ]);
  });
  it("lets a Service without a selector be", async () => {
    expect(await find([service({ selector: undefined })])).to.deep.equal([]);
  });
  it("reports an Ingress to no Service, or to a port that it lacks", async () => {
    expect(await find([api, service(), ingress("web")])).to.deep.equal([
      ["subject", "spec.rules: there is no Service web"],
    ]);
    expect(await find([api, service(), ingress("api-service", { number: 81 })])).to.deep.equal([
      ["subject", "spec.rules: the Service api-service has no port 81"],
    ]);
  });
  it("reports a scaler of nothing, also where the kind is another", async () => {
    expect(await find([api, scaler({ name: "web" })])).to.deep.equal([
      ["subject", "spec.scaleTargetRef: there is no Deployment web"],
    ]);
    expect(await find([api, scaler({ kind: "Rollout", name: "api" })])).to.deep.equal([
      ["subject", "spec.scaleTargetRef: there is no Rollout api"],
    ]);
  });
  it("reports a network policy, a budget and a monitor of nobody", async () => {
    expect(await find([api, policy({ matchLabels: { app: "web" } })])).to.deep.equal([
      ["subject", "spec.podSelector: selects no pod of the stack"],
    ]);
    const selector = { matchLabels: { app: "web" } };
    expect(
      await find([
        api,
        of("kubernetes:policy/v1:PodDisruptionBudget", { selector }),
        of("kubernetes:monitoring.coreos.com/v1:ServiceMonitor", { selector }, "monitor"),
      ]),
    ).to.have.deep.members([
      ["subject", "spec.selector: selects no pod of the stack"],
      ["monitor", "spec.selector: selects no Service of the stack"],
    ]);
  });
  it("cannot judge a namespace that a chart fills", async () => {
    const chart = resource(
      "kubernetes:helm.sh/v3:Release",
      { namespace: "app" },
      { name: "chart" },
    );
    expect(await find([chart, service({ selector: { app: "web" } })])).to.deep.equal([]);
  });
  it("says nothing in the preview that creates the cluster", async () => {
    expect(await find([{ ...service(), outputs: {} }])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await find([service()], excusing("api-service"))).to.deep.equal([]);
  });
});
