import { expect } from "chai";
import { networkDefaultDeny } from "../../policy/rules/network-default-deny";
import { analyzeAll, resource, unknownText } from "../support/check-policy";

const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const refuses = (direction: string) =>
  `no NetworkPolicy of this namespace refuses all ${direction}`;
const closed = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const policy = (spec: unknown, name = "policy", namespace = "app") =>
  resource(policyType, { metadata: { namespace }, spec }, { name });

/** Lets the pods of a namespace ask for names. */
const dns = (name = "app") =>
  policy(
    { podSelector: {}, policyTypes: ["Egress"], egress: [{ ports: [{ port: 53 }] }] },
    "dns",
    name,
  );
const noNames = "no NetworkPolicy lets the pods of this namespace ask for names";

function namespace(name: string) {
  return resource("kubernetes:core/v1:Namespace", { metadata: { name } }, { name });
}

describe("network-default-deny", () => {
  const app = namespace("app");
  const found = async (...resources: ReturnType<typeof resource>[]) => {
    const violations = await analyzeAll(resources, {}, [networkDefaultDeny]);
    return violations.map(({ urn, message }) => [urn, message]);
  };
  const both = [
    [app.urn, refuses("Ingress")],
    [app.urn, refuses("Egress")],
    [app.urn, noNames],
  ];

  it("reports a namespace without a policy", async () => {
    expect(await found(app)).to.deep.equal(both);
  });
  it("finds the policy by the namespace's name", async () => {
    expect(await found(app, policy(closed), dns())).to.deep.equal([]);
  });
  it("finds the policy by what it depends on, in a preview too", async () => {
    const unnamed = resource(
      policyType,
      { metadata: { namespace: unknownText }, spec: closed },
      { propertyDependencies: { metadata: [app.urn] } },
    );
    expect(await found(app, unnamed, dns())).to.deep.equal([]);
  });
  it("takes one policy for each direction", async () => {
    const inward = policy({ podSelector: { matchLabels: {} }, policyTypes: ["Ingress"] }, "in");
    const outward = policy({ podSelector: {}, policyTypes: ["Egress"], egress: [] }, "out");
    expect(await found(app, inward, outward, dns())).to.deep.equal([]);
    expect(await found(app, inward, dns())).to.deep.equal([[app.urn, refuses("Egress")]]);
  });
  it("takes no policy for some pods, and none that allows something", async () => {
    const some = policy({ ...closed, podSelector: { matchLabels: { app: "web" } } }, "some");
    const open = policy({ ...closed, ingress: [{}], egress: [{}] }, "open");
    expect(await found(app, some, open)).to.deep.equal(both);
  });
  it("reports a namespace next to another's policy", async () => {
    expect(
      await found(app, namespace("web"), policy(closed, "policy", "web"), dns("web")),
    ).to.deep.equal(both);
  });
  it("reports a namespace whose pods cannot ask for names", async () => {
    expect(await found(app, policy(closed))).to.deep.equal([[app.urn, noNames]]);
  });
  it("does not guess at a policy that a preview does not know", async () => {
    expect(await found(app, policy(unknownText))).to.deep.equal([]);
  });
  it("leaves out the namespaces of Kubernetes, or those that it is told", async () => {
    expect(await found(namespace("kube-system"))).to.deep.equal([]);
    const settings = { "network-default-deny": { exemptNamespaces: ["app"] } };
    expect(await analyzeAll([app], settings, [networkDefaultDeny])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    const exempt = [{ urnPattern: "*::app", reason: "a test", until: "9999-12-31" }];
    const configuration = { "network-default-deny": { exempt } };
    expect(await analyzeAll([app], configuration, [networkDefaultDeny])).to.deep.equal([]);
  });
});
