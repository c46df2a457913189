import { expect } from "chai";
import { PublicIngress, type PublicIngressArgs } from "../../components/public-ingress";
import { startOfflineEngine, type Registration } from "../support/engine";
import { args, depot } from "./public-ingress-fixture";

const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

async function register(change: Partial<PublicIngressArgs>): Promise<Registration[]> {
  const engine = await startOfflineEngine();
  new PublicIngress("public", { ...args, ...change });
  await engine.settle();
  return engine.registrations;
}

describe("PublicIngress: the security group of the load balancer", () => {
  it("opens the load balancer to clients, the pods of public services to it, and nothing else", async () => {
    const registrations = await register({
      inboundCidrs: ["203.0.113.0/24"],
      tags: { environment: "test" },
    });
    expect(registrations.find(({ name }) => name === "public-load-balancer")?.inputs).to.deep.equal(
      {
        region: "us-west-2",
        vpcId: "vpc-1",
        description: "Load balancer of the Ingress class auterity-public",
        revokeRulesOnDelete: true,
        tags: { environment: "test", Name: "public-load-balancer" },
      },
    );
    const ours = "public-load-balancer-id";
    const rules = registrations
      .filter(({ type }) => [ingressRule, egressRule].includes(type))
      .map(({ type, inputs }) => {
        const { region, ipProtocol, tags, fromPort, toPort, ...rest } = inputs;
        expect([region, ipProtocol, tags, fromPort]).to.deep.equal([
          ...["us-west-2", "tcp", { environment: "test" }, toPort],
        ]);
        return [type === egressRule ? "out" : "in", toPort, rest];
      });
    const pods = (port: number, service: string) => [
      [
        "out",
        port,
        {
          securityGroupId: ours,
          referencedSecurityGroupId: "sg-nodes",
          description: `Requests and health checks of ${service}`,
        },
      ],
      [
        "in",
        port,
        {
          securityGroupId: "sg-nodes",
          referencedSecurityGroupId: ours,
          description: `Load balancer, to ${service}`,
        },
      ],
    ];
    expect(rules).to.have.deep.members([
      [
        "in",
        443,
        {
          securityGroupId: ours,
          cidrIpv4: "203.0.113.0/24",
          description: "HTTPS from 203.0.113.0/24",
        },
      ],
      [
        "in",
        80,
        {
          securityGroupId: ours,
          cidrIpv4: "203.0.113.0/24",
          description: "HTTP, for the redirect to HTTPS, from 203.0.113.0/24",
        },
      ],
      ...pods(8000, "shop-api"),
      ...pods(8001, "depot-web"),
      ...pods(8002, "shop-admin"),
    ]);
  });

  it("names the services of a port in one rule, or their number where that is too long", async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...depot,
      name: `depot-web-${index}`,
      exposure: { subdomain: `depot-${index}`, healthCheckPath: "/" },
    }));
    const registrations = await register({ services: many });
    const descriptions = registrations
      .filter(({ name }) => name === "public-load-balancer-pods-8001")
      .map(({ inputs }) => inputs["description"]);
    expect(descriptions).to.deep.equal([
      "Requests and health checks of 30 services",
      "Load balancer, to 30 services",
    ]);
  });
});
