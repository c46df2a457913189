import * as k8s from "@pulumi/kubernetes";
import { expect } from "chai";
import { PublicIngress } from "../../components/public-ingress";
import { startOfflineEngine, valueOf, type Registration } from "../support/engine";
import { args } from "./public-ingress-fixture";

const config = {
  "auterity:kubeconfig": "apiVersion: v1",
  "auterity:vpcId": "vpc-1",
  "auterity:nodeSecurityGroupId": "sg-nodes",
  "auterity:image": "registry.example.com/examples/greeter:1.0.0",
  "auterity:domain": "example.com",
};

const identities = (registrations: readonly Registration[]) =>
  registrations.map(({ type, name }) => `${type} ${name}`).sort();

describe("The examples in a cluster", () => {
  it("run one service with what it needs", async () => {
    const engine = await startOfflineEngine({ config });
    const { url } = await import("../../examples/platform-service/index.js");
    expect(url && (await valueOf(url))).to.equal("http://greeter.examples.svc.cluster.local:8080");
    await engine.settle();
    expect(identities(engine.registrations)).to.deep.equal([
      "kubernetes:apps/v1:Deployment greeter",
      "kubernetes:core/v1:Namespace examples",
      "kubernetes:core/v1:Service greeter-service",
      "kubernetes:core/v1:ServiceAccount greeter-account",
      "kubernetes:policy/v1:PodDisruptionBudget greeter-disruption-budget",
      "kubernetes:scheduling.k8s.io/v1:PriorityClass priorities-batch",
      "kubernetes:scheduling.k8s.io/v1:PriorityClass priorities-critical",
      "kubernetes:scheduling.k8s.io/v1:PriorityClass priorities-standard",
      "platform:services:PlatformService greeter",
      "platform:services:PriorityClasses priorities",
      "pulumi:providers:kubernetes cluster",
    ]);
  });

  it("make a namespace for one product", async () => {
    const engine = await startOfflineEngine({ config });
    const { namespaceName } = await import("../../examples/service-namespace/index.js");
    expect(await valueOf(namespaceName)).to.equal("examples");
    await engine.settle();
    expect(identities(engine.registrations)).to.deep.equal([
      "kubernetes:core/v1:LimitRange examples-limits",
      "kubernetes:core/v1:Namespace examples",
      "kubernetes:core/v1:ResourceQuota examples-quota",
      "kubernetes:core/v1:ResourceQuota examples-quota-critical",
      "kubernetes:core/v1:ResourceQuota examples-quota-system",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy examples-allow-dns",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy examples-default-deny",
      "platform:services:ServiceNamespace examples",
      "pulumi:providers:kubernetes cluster",
    ]);
  });

  it("open the way in to one service", async () => {
    const engine = await startOfflineEngine({ config });
    const { hosts } = await import("../../examples/public-ingress/index.js");
    expect(hosts).to.deep.equal(["www.example.com"]);
    await engine.settle();
    expect(identities(engine.registrations)).to.deep.equal([
      "aws:ec2/securityGroup:SecurityGroup public-load-balancer",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule public-load-balancer-pods-8080",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule public-load-balancer-http-0.0.0.0-0",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule public-load-balancer-https-0.0.0.0-0",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule public-load-balancer-pods-8080",
      "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams public-parameters",
      "kubernetes:networking.k8s.io/v1:Ingress public-ingress-examples",
      "kubernetes:networking.k8s.io/v1:IngressClass public-class",
      "platform:services:PublicIngress public",
      "pulumi:providers:aws aws",
      "pulumi:providers:kubernetes cluster",
    ]);
  });

  it("hand the cluster's provider to everything", async () => {
    const engine = await startOfflineEngine({ config });
    new PublicIngress("public", args, {
      provider: new k8s.Provider("other", { kubeconfig: "apiVersion: v1" }),
    });
    await engine.settle();
    const inCluster = engine.registrations.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(inCluster.map(({ provider }) => provider.split("::").at(-2))).to.deep.equal(
      inCluster.map(() => "other"),
    );
    expect(inCluster).to.have.lengthOf(4);
  });
});
