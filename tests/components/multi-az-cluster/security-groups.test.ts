import { expect } from "chai";
import type { Registration } from "../../support/engine";
import { inputsOf, recordCluster, recordStandardCluster, shortType } from "./fixture";

/** "role-key: protocol from-to peer", as a table to read. */
function ruleLines(registrations: readonly Registration[], type: string): string[] {
  return registrations
    .filter((registration) => shortType(registration.type) === type)
    .map(({ name, inputs }) => {
      const { ipProtocol, fromPort, toPort, cidrIpv4, referencedSecurityGroupId } = inputs;
      const peer = [cidrIpv4, referencedSecurityGroupId].filter((one) => one !== undefined);
      return [name, ipProtocol, `${String(fromPort)}-${String(toPort)}`, ...peer].join(" ");
    })
    .sort();
}

describe("The security groups of a MultiAzCluster", () => {
  let registrations: Registration[];
  before(async () => {
    ({ registrations } = await recordStandardCluster());
  });

  it("let in these connections and no others", () => {
    expect(ruleLines(registrations, "vpc/SecurityGroupIngressRule")).to.deep.equal([
      "main-control-plane-nodes tcp 443-443 main-nodes-id",
      "main-nodes-dns-tcp tcp 53-53 main-nodes-id",
      "main-nodes-dns-udp udp 53-53 main-nodes-id",
      "main-nodes-kubelet tcp 10250-10250 main-control-plane-id",
      "main-nodes-load-balancer-controller tcp 9443-9443 main-control-plane-id",
      "main-nodes-metrics-server tcp 10251-10251 main-control-plane-id",
      "main-nodes-pods tcp 1025-65535 main-nodes-id",
    ]);
  });

  it("let out these connections and no others", () => {
    expect(ruleLines(registrations, "vpc/SecurityGroupEgressRule")).to.deep.equal([
      "main-control-plane-kubelet tcp 10250-10250 main-nodes-id",
      "main-control-plane-load-balancer-controller tcp 9443-9443 main-nodes-id",
      "main-control-plane-metrics-server tcp 10251-10251 main-nodes-id",
      "main-nodes-dns-tcp tcp 53-53 10.0.0.0/16",
      "main-nodes-dns-udp udp 53-53 10.0.0.0/16",
      "main-nodes-https tcp 443-443 0.0.0.0/0",
      "main-nodes-pods tcp 1025-65535 main-nodes-id",
    ]);
  });

  it("describe themselves and each of their rules", () => {
    const undescribed = registrations.filter(
      ({ type, inputs }) => type.includes("SecurityGroup") && !inputs["description"],
    );
    expect(undescribed).to.deep.equal([]);
  });

  it("hold no rule of their own, so that the load balancer controller's stay", () => {
    const groups = ["control-plane", "nodes"].map((name) =>
      Object.keys(inputsOf(registrations, "ec2/SecurityGroup", name)).sort(),
    );
    const keys = ["description", "revokeRulesOnDelete", "tags", "vpcId"];
    expect(groups).to.deep.equal([keys, keys]);
  });

  it("carry the tag by which the load balancer controller may open the nodes' group", () => {
    expect(inputsOf(registrations, "ec2/SecurityGroup", "nodes")["tags"]).to.deep.equal({
      project: "auterity",
      Name: "auterity-test-nodes",
      "kubernetes.io/cluster/auterity-test": "owned",
    });
    expect(inputsOf(registrations, "ec2/SecurityGroup", "control-plane")["tags"]).to.deep.equal({
      project: "auterity",
      Name: "auterity-test-control-plane",
    });
  });

  it("open a further webhook and a port of UDP on both sides, and the named ways out", async () => {
    const { registrations: changed } = await recordCluster({
      webhookPorts: { keda: 6443 },
      nodeUdpPorts: { gossip: 9094 },
      nodeEgress: {
        mail: {
          description: "Mail relay",
          protocol: "tcp",
          fromPort: 587,
          toPort: 587,
          to: { cidrBlock: "0.0.0.0/0" },
        },
        database: {
          description: "PostgreSQL",
          protocol: "tcp",
          fromPort: 5432,
          toPort: 5432,
          to: { securityGroupId: "sg-database" },
        },
      },
    });
    const added = (type: string) => {
      const before = new Set(ruleLines(registrations, type));
      return ruleLines(changed, type).filter((line) => !before.has(line));
    };
    expect(added("vpc/SecurityGroupIngressRule")).to.deep.equal([
      "main-nodes-gossip udp 9094-9094 main-nodes-id",
      "main-nodes-keda tcp 6443-6443 main-control-plane-id",
    ]);
    expect(added("vpc/SecurityGroupEgressRule")).to.deep.equal([
      "main-control-plane-keda tcp 6443-6443 main-nodes-id",
      "main-nodes-database tcp 5432-5432 sg-database",
      "main-nodes-gossip udp 9094-9094 main-nodes-id",
      "main-nodes-mail tcp 587-587 0.0.0.0/0",
    ]);
  });
});
