import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { overlap, parseIpv4Cidr, type Ipv4Cidr } from "../../components/shared/cidr";
import { startOfflineEngine, type Registration } from "../support/engine";
import { environmentNames, planned, type EnvironmentName } from "../support/planned";
import { parseEnvironment } from "../../stacks/environment";
import { rawOf } from "../support/stack-file";

const vpcTypes = ["awsx:ec2:Vpc", "aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];

/** Everything in AWS that joins one network with another, or offers a part of it to others. */
const joiningTypes =
  /peering|transitgateway|vpn|directconnect|networkmanager|cloudwan|vpclattice|vpcEndpointService|vpcIpv4CidrBlockAssociation|^aws:ram\//i;

/** Ways of a route that stay inside, or lead to the internet. */
const harmlessTargets = ["gatewayId", "natGatewayId", "egressOnlyGatewayId"];
const routeTargets =
  /^(gatewayId|natGatewayId|egressOnlyGatewayId|transitGatewayId|vpcPeeringConnectionId|vpcEndpointId|localGatewayId|carrierGatewayId|coreNetworkArn|networkInterfaceId|odbNetworkArn)$/;

/** What joins an environment's network with another one. */
function joints(registrations: readonly Registration[]): string[] {
  return registrations.flatMap(({ type, name, inputs }) => {
    if (joiningTypes.test(type)) return [`${type} ${name}`];
    if (type !== "aws:ec2/route:Route") return [];
    const foreign = Object.keys(inputs).filter(
      (key) => routeTargets.test(key) && !harmlessTargets.includes(key),
    );
    const isDefault = inputs["destinationCidrBlock"] === "0.0.0.0/0";
    return foreign.length === 0 && isDefault ? [] : [`${type} ${name}`];
  });
}

/** Private ranges and addresses that are written anywhere in what is registered. */
function rangesIn(registrations: readonly Registration[]): Ipv4Cidr[] {
  const text = JSON.stringify(registrations.map(({ inputs }) => inputs));
  const found = new Set(text.match(/\b\d{1,3}(\.\d{1,3}){3}\/\d{1,2}\b/g));
  return [...found].flatMap((range) => parseIpv4Cidr(range).cidr ?? []);
}

function ownRange(name: EnvironmentName): Ipv4Cidr {
  const { cidr } = parseIpv4Cidr(parseEnvironment(name, rawOf(name)).network.cidrBlock);
  if (cidr === undefined) throw new Error(`${name} has no range`);
  return cidr;
}

/** Ranges that stand for networks at large and name no environment. */
const large = ["0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

describe("Environments", () => {
  for (const name of environmentNames) {
    it(`${name} has one network of its own, and nothing that joins it with another`, async () => {
      const registrations = await planned(name, "known");
      const networks = registrations.filter(({ type }) => vpcTypes.includes(type));
      expect(networks.map(({ inputs }) => inputs["cidrBlock"])).to.deep.equal([
        ownRange(name).text,
      ]);
      expect(joints(registrations)).to.deep.equal([]);
    });

    it(`${name} names no address of another environment`, async () => {
      const others = environmentNames.filter((other) => other !== name).map(ownRange);
      const named = rangesIn(await planned(name, "known")).filter(
        (range) => !large.includes(range.text) && others.some((other) => overlap(range, other)),
      );
      expect(named.map((range) => range.text)).to.deep.equal([]);
    });
  }

  it("have ranges that do not meet, so that no route could tell them apart wrongly", () => {
    const ranges = environmentNames.map(ownRange);
    const meeting = ranges.flatMap((range, index) =>
      ranges.slice(index + 1).filter((other) => overlap(range, other)),
    );
    expect(meeting).to.deep.equal([]);
  });

  it("would be seen to be joined", async () => {
    const engine = await startOfflineEngine();
    const vpcs = { vpcId: "vpc-1", peerVpcId: "vpc-2" };
    const table = { routeTableId: "rtb-1" };
    new aws.ec2.VpcPeeringConnection("peering", vpcs);
    new aws.ec2transitgateway.TransitGateway("hub", {});
    new aws.ec2.VpnGateway("vpn", {});
    new aws.ram.ResourceShare("share", {});
    new aws.ec2.Route("away", {
      ...table,
      destinationCidrBlock: "10.20.0.0/16",
      natGatewayId: "nat-1",
    });
    new aws.ec2.Route("across", {
      ...table,
      destinationCidrBlock: "0.0.0.0/0",
      transitGatewayId: "tgw-1",
    });
    new aws.ec2.Route("out", {
      ...table,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "nat-1",
    });
    await engine.settle();
    expect(joints(engine.registrations).sort()).to.deep.equal([
      "aws:ec2/route:Route across",
      "aws:ec2/route:Route away",
      "aws:ec2/vpcPeeringConnection:VpcPeeringConnection peering",
      "aws:ec2/vpnGateway:VpnGateway vpn",
      "aws:ec2transitgateway/transitGateway:TransitGateway hub",
      "aws:ram/resourceShare:ResourceShare share",
    ]);
    expect(rangesIn(engine.registrations).map(({ text }) => text)).to.include("10.20.0.0/16");
  });
});
