import { expect } from "chai";
import { startOfflineEngine } from "../../support/engine";

describe("The example of ServiceConversations", () => {
  it("closes a namespace and opens two conversations", async () => {
    const engine = await startOfflineEngine({
      config: { "auterity:kubeconfig": "apiVersion: v1" },
    });
    const { nodeEgress } = await import("../../../examples/service-conversations/index.js");
    await engine.settle();
    expect(engine.registrations.map(({ type, name }) => `${type} ${name}`).sort()).to.deep.equal([
      "kubernetes:core/v1:LimitRange examples-limits",
      "kubernetes:core/v1:Namespace examples",
      "kubernetes:core/v1:ResourceQuota examples-quota",
      "kubernetes:core/v1:ResourceQuota examples-quota-critical",
      "kubernetes:core/v1:ResourceQuota examples-quota-system",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy examples-allow-dns",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy examples-default-deny",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy examples-policy-greeter",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy examples-policy-reporter",
      "platform:services:ServiceConversations examples",
      "platform:services:ServiceNamespace examples",
      "pulumi:providers:kubernetes cluster",
    ]);
    expect(Object.keys(nodeEgress)).to.deep.equal([
      "postgresql-10.0.17.0-24",
      "postgresql-10.0.81.0-24",
      "outside-587",
    ]);
  });
});
