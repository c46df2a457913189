import { expect } from "chai";
import { workloadNamespaceGuard } from "../../policy/rules/workload-namespace-guard";
import { resource } from "../support/check-policy";
import { excusing, finder } from "../support/stack-rule";

const find = finder(workloadNamespaceGuard);
const enforce = "pod-security.kubernetes.io/enforce";
const namespace = (name: string, labels: object = { [enforce]: "restricted" }) =>
  resource("kubernetes:core/v1:Namespace", { metadata: { name, labels } }, { name });
const guard = (kind: string, inNamespace: string) =>
  resource(
    `kubernetes:core/v1:${kind}`,
    { metadata: { namespace: inNamespace } },
    { name: `${inNamespace}-${kind}` },
  );
const guards = (name: string) => [guard("ResourceQuota", name), guard("LimitRange", name)];

describe("workload-namespace-guard", () => {
  it("is silent where profile, quota and limits are there", async () => {
    expect(await find([namespace("app"), ...guards("app")])).to.deep.equal([]);
  });
  it("reports what is missing, each", async () => {
    expect(await find([namespace("app", {}), ...guards("other")])).to.deep.equal([
      ["app", "labels: enforces no Pod Security profile of restricted, baseline"],
      ["app", "has no ResourceQuota"],
      ["app", "has no LimitRange"],
    ]);
  });
  it("reports a profile that refuses nothing", async () => {
    const open = namespace("app", { [enforce]: "privileged" });
    expect(await find([open, ...guards("app")])).to.deep.equal([
      ["app", "labels: enforces no Pod Security profile of restricted, baseline"],
    ]);
    expect(await find([open, ...guards("app")], { profiles: ["privileged"] })).to.deep.equal([]);
  });
  it("lets agents see their node in the namespaces that are listed, and nobody leave the profile out", async () => {
    const agents = namespace("agents", { [enforce]: "privileged" });
    const listed = { privilegedNamespaces: ["agents"] };
    expect(await find([agents, ...guards("agents")], listed)).to.deep.equal([]);
    expect(await find([namespace("agents", {}), ...guards("agents")], listed)).to.deep.equal([
      ["agents", "labels: enforces no Pod Security profile of restricted, baseline"],
    ]);
    const other = namespace("app", { [enforce]: "privileged" });
    expect(await find([other, ...guards("app")], listed)).to.deep.equal([
      ["app", "labels: enforces no Pod Security profile of restricted, baseline"],
    ]);
  });
  it("asks no quota of what one chart fills, and nothing of Kubernetes' own", async () => {
    expect(await find([namespace("keda")], { withoutQuota: ["keda"] })).to.deep.equal([]);
    expect(await find([namespace("kube-system", {})])).to.deep.equal([]);
  });
  it("says nothing in the preview that creates the cluster", async () => {
    expect(await find([{ ...namespace("app", {}), outputs: {} }])).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await find([namespace("app", {})], excusing("app"))).to.deep.equal([]);
  });
});
