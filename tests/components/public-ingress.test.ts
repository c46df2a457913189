import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { PublicIngress, type PublicIngressArgs } from "../../components/public-ingress";
import { reportedHostname } from "../../components/public-ingress/public-ingress";
import type { Mode } from "../../tools/offline/engine";
import { startOfflineEngine, valueOf, type Registration } from "../support/engine";
import { args, depot } from "./public-ingress-fixture";

async function register(
  change: Partial<PublicIngressArgs> = {},
  mode: Mode = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new PublicIngress("public", { ...args, ...change });
  await engine.settle();
  return engine.registrations;
}

const inputsOf = (registrations: readonly Registration[], name: string) =>
  registrations.find((registration) => registration.name === name)?.inputs;
const dependencyNames = (registrations: readonly Registration[], name: string) =>
  registrations
    .find((registration) => registration.name === name)
    ?.dependencies.map((urn) => urn.split("::").at(-1));

const metadata = {
  name: "auterity-public",
  labels: { "app.kubernetes.io/managed-by": "pulumi" },
};
const listenerAttributes = [
  {
    key: "routing.http.response.strict_transport_security.header_value",
    value: "max-age=31536000",
  },
  { key: "routing.http.response.server.enabled", value: "false" },
];
const attributes = (idleSeconds: string, deletionProtection = "true") => [
  { key: "deletion_protection.enabled", value: deletionProtection },
  { key: "idle_timeout.timeout_seconds", value: idleSeconds },
  { key: "routing.http.desync_mitigation_mode", value: "defensive" },
  { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
  { key: "routing.http2.enabled", value: "true" },
  { key: "zonal_shift.config.enabled", value: "true" },
  { key: "waf.fail_open.enabled", value: "false" },
];

describe("PublicIngress", () => {
  const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  for (const mode of ["known", "unknown"] as const) {
    it(`makes one class, one security group and one Ingress per namespace, with computed values ${mode}`, async () => {
      const registrations = await register({}, mode);
      expect(
        registrations.map(({ type, name, protect }) => [type, name, protect]),
      ).to.have.deep.members([
        ["platform:services:PublicIngress", "public", false],
        ["kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", "public-parameters", false],
        ["kubernetes:networking.k8s.io/v1:IngressClass", "public-class", false],
        ["aws:ec2/securityGroup:SecurityGroup", "public-load-balancer", false],
        [ingressRule, "public-load-balancer-https-0.0.0.0-0", false],
        [ingressRule, "public-load-balancer-http-0.0.0.0-0", false],
        ...[8000, 8001, 8002].flatMap((port) => [
          [egressRule, `public-load-balancer-pods-${port}`, false],
          [ingressRule, `public-load-balancer-pods-${port}`, false],
        ]),
        ["kubernetes:networking.k8s.io/v1:Ingress", "public-ingress-depot", false],
        ["kubernetes:networking.k8s.io/v1:Ingress", "public-ingress-shop", false],
      ]);
      const [component, ...children] = registrations;
      expect(children.map(({ parent }) => parent)).to.deep.equal(
        children.map(() => component?.urn),
      );
    });
  }

  it("removes the Ingresses before the class, and the class before its parameters", async () => {
    const registrations = await register();
    const rules = registrations.filter(({ type }) => type.endsWith("Rule")).map(({ urn }) => urn);
    for (const name of ["public-ingress-shop", "public-ingress-depot"]) {
      const found = registrations.find((registration) => registration.name === name);
      expect(dependencyNames(registrations, name)).to.include.members([
        "public-class",
        "public-load-balancer",
      ]);
      expect(found?.dependencies).to.include.members(rules);
    }
    expect(dependencyNames(registrations, "public-class")).to.deep.equal(["public-parameters"]);
  });

  it("settles everything about the load balancer in the class, where no Ingress can change it", async () => {
    const registrations = await register();
    expect(inputsOf(registrations, "public-parameters")).to.deep.equal({
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "IngressClassParams",
      metadata,
      spec: {
        scheme: "internet-facing",
        ipAddressType: "ipv4",
        targetType: "ip",
        group: { name: "auterity-public" },
        namespaceSelector: { matchLabels: { "auterity.io/public-ingress": "enabled" } },
        inboundCIDRs: ["0.0.0.0/0"],
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        sslRedirectPort: "443",
        loadBalancerAttributes: [
          ...attributes("120"),
          { key: "access_logs.s3.enabled", value: "false" },
          { key: "connection_logs.s3.enabled", value: "false" },
        ],
        listeners: [{ protocol: "HTTPS", port: 443, listenerAttributes }],
        tags: [],
      },
    });
    expect(inputsOf(registrations, "public-class")).to.deep.equal({
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata,
      spec: {
        controller: "ingress.k8s.aws/alb",
        parameters: {
          apiGroup: "elbv2.k8s.aws",
          kind: "IngressClassParams",
          name: "auterity-public",
        },
      },
    });
  });

  it("passes on everything that it can be given", async () => {
    const registrations = await register({
      services: [depot],
      certificateArn: pulumi.output("arn:aws:acm:us-west-2:123456789012:certificate/c"),
      publicSubnetIds: [pulumi.output("subnet-a"), "subnet-b"],
      webAclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/w/i",
      accessLogs: { bucket: pulumi.output("logs"), prefix: "public" },
      connectionLogs: { bucket: pulumi.output("logs"), prefix: "connections" },
      inboundCidrs: ["203.0.113.0/24", "198.51.100.7/32"],
      securityPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
      deletionProtection: false,
      className: "partners",
      loadBalancerName: "shop-partners",
      tags: { environment: "test" },
      labels: { environment: "test" },
    });
    const parameters = inputsOf(registrations, "public-parameters");
    expect(parameters?.["metadata"]).to.deep.equal({
      name: "partners",
      labels: { environment: "test", "app.kubernetes.io/managed-by": "pulumi" },
    });
    expect(parameters?.["spec"]).to.deep.equal({
      scheme: "internet-facing",
      ipAddressType: "ipv4",
      targetType: "ip",
      group: { name: "partners" },
      namespaceSelector: { matchLabels: { "auterity.io/public-ingress": "enabled" } },
      inboundCIDRs: ["203.0.113.0/24", "198.51.100.7/32"],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
      sslRedirectPort: "443",
      loadBalancerAttributes: [
        ...attributes("60", "false"),
        { key: "access_logs.s3.enabled", value: "true" },
        { key: "access_logs.s3.bucket", value: "logs" },
        { key: "access_logs.s3.prefix", value: "public" },
        { key: "connection_logs.s3.enabled", value: "true" },
        { key: "connection_logs.s3.bucket", value: "logs" },
        { key: "connection_logs.s3.prefix", value: "connections" },
      ],
      listeners: [{ protocol: "HTTPS", port: 443, listenerAttributes }],
      tags: [{ key: "environment", value: "test" }],
      certificateArn: ["arn:aws:acm:us-west-2:123456789012:certificate/c"],
      loadBalancerName: "shop-partners",
      subnets: { ids: ["subnet-a", "subnet-b"] },
      wafv2AclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/w/i",
    });
  });

  it("routes each host to its one service, in the order of the hosts", async () => {
    const registrations = await register();
    const rule = (host: string, name: string, number: number) => ({
      host,
      http: {
        paths: [
          { path: "/", pathType: "Prefix", backend: { service: { name, port: { number } } } },
        ],
      },
    });
    expect(inputsOf(registrations, "public-ingress-shop")).to.deep.equal({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        name: "public",
        namespace: "shop",
        labels: {
          "app.kubernetes.io/part-of": "shop",
          "app.kubernetes.io/managed-by": "pulumi",
        },
        annotations: {
          "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
          "alb.ingress.kubernetes.io/security-groups": "public-load-balancer-id",
          "alb.ingress.kubernetes.io/manage-backend-security-group-rules": "false",
        },
      },
      spec: {
        ingressClassName: "auterity-public",
        tls: [{ hosts: ["admin.platform.example.com", "api.platform.example.com"] }],
        rules: [
          rule("admin.platform.example.com", "shop-admin", 8002),
          rule("api.platform.example.com", "shop-api", 8000),
        ],
      },
    });
  });

  it("is not changed by the order of the catalogue", async () => {
    const { services } = args;
    const [one, other] = [await register(), await register({ services: [...services].reverse() })];
    const inputs = (registrations: readonly Registration[]) =>
      registrations.filter(({ custom }) => custom).map((registration) => registration.inputs);
    expect(inputs(other)).to.deep.equal(inputs(one));
  });

  it("tells the hosts and the load balancer's name", async () => {
    const engine = await startOfflineEngine();
    const ingress = new PublicIngress("public", args);
    expect(ingress.hosts).to.deep.equal([
      "admin.platform.example.com",
      "api.platform.example.com",
      "depot.platform.example.com",
    ]);
    expect(await valueOf(ingress.loadBalancerHostname)).to.equal(
      "public-ingress-depot.elb.amazonaws.com",
    );
    expect(await valueOf(ingress.securityGroupId)).to.equal("public-load-balancer-id");
    await engine.settle();
  });

  it("knows no name before the controller has told one", () => {
    expect(reportedHostname([])).to.equal(undefined);
    expect(reportedHostname([undefined, {}, { loadBalancer: {} }])).to.equal(undefined);
    const told = { loadBalancer: { ingress: [{ hostname: "" }, { hostname: "lb" }] } };
    expect(reportedHostname([{ loadBalancer: { ingress: [{}] } }, told])).to.equal("lb");
  });
});
