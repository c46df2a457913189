import { expect } from "chai";
import {
  controllerNetworkPolicies,
  type ControllerNetworkPoliciesArgs,
} from "../../components/shared/controller-network-policies";
import { outside, pods, range, tcp } from "../components/service-conversations/fixture";
import { startOfflineEngine } from "../support/engine";

const network = {
  clusterSubnetCidrs: ["10.0.18.0/28", "10.0.82.0/28"],
  endpointSubnetCidrs: ["10.0.0.0/20"],
};

const least: ControllerNetworkPoliciesArgs = {
  controller: "keeper",
  namespace: "keeper",
  podLabels: { app: "keeper" },
  egress: {},
  network,
};

async function policyFor(change: Partial<ControllerNetworkPoliciesArgs>) {
  const engine = await startOfflineEngine();
  const policies = controllerNetworkPolicies("unit", { ...least, ...change }, {});
  await engine.settle();
  expect(policies).to.have.length(1);
  expect(engine.registrations.map(({ type, name }) => `${type} ${name}`)).to.deep.equal([
    "kubernetes:networking.k8s.io/v1:NetworkPolicy unit-policy-keeper",
  ]);
  return engine.registrations[0]?.inputs;
}

const dns = {
  to: [pods("kube-system", { "k8s-app": "kube-dns" })],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

describe("controllerNetworkPolicies", () => {
  it("opens everything that a controller may ask for, and selects its pods alone", async () => {
    const policy = await policyFor({
      webhookPort: 9443,
      metricsPort: 8080,
      labels: { environment: "test" },
      egress: {
        apiServer: true,
        https: true,
        podIdentity: true,
        pods: [{ namespace: "scan", podLabels: { app: "scanner" }, port: 4954 }],
      },
    });
    expect(policy).to.deep.equal({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "keeper", namespace: "keeper", labels: { environment: "test" } },
      spec: {
        podSelector: { matchLabels: { app: "keeper" } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          { from: [range("10.0.18.0/28"), range("10.0.82.0/28")], ports: tcp(9443) },
          {
            from: [pods("monitoring", { "app.kubernetes.io/name": "prometheus" })],
            ports: tcp(8080),
          },
        ],
        egress: [
          dns,
          {
            to: [
              range("10.0.18.0/28"),
              range("10.0.82.0/28"),
              range("10.100.0.1/32"),
              range("172.20.0.1/32"),
            ],
            ports: tcp(443),
          },
          { to: [range("10.0.0.0/20"), outside], ports: tcp(443) },
          { to: [range("169.254.170.23/32")], ports: tcp(80) },
          { to: [pods("scan", { app: "scanner" })], ports: tcp(4954) },
        ],
      },
    });
  });

  it("opens nothing but DNS for a controller that asks for nothing", async () => {
    expect(await policyFor({})).to.have.deep.property("spec", {
      podSelector: { matchLabels: { app: "keeper" } },
      policyTypes: ["Ingress", "Egress"],
      egress: [dns],
    });
  });

  it("opens one thing without the others", async () => {
    const policy = await policyFor({ metricsPort: 8080, egress: { apiServer: true } });
    expect(policy).to.have.nested.property("spec.ingress").with.length(1);
    expect(policy).to.have.nested.property("spec.egress").with.length(2);
  });
});
