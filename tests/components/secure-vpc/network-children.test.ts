import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { settleNetworkChildren } from "../../../components/secure-vpc/network-children";
import { startOfflineEngine } from "../../support/engine";

function transformed(type: string, protect: boolean) {
  return settleNetworkChildren(protect)({
    custom: true,
    type,
    name: "net-public-1",
    props: { mapPublicIpOnLaunch: true, cidrBlock: "10.0.16.0/24" },
    opts: { retainOnDelete: true },
  });
}

describe("settleNetworkChildren", () => {
  for (const protect of [true, false]) {
    it(`takes public addresses from subnets and sets protect ${protect}, and nothing else`, () => {
      expect(transformed("aws:ec2/subnet:Subnet", protect)).to.deep.equal({
        props: { mapPublicIpOnLaunch: false, cidrBlock: "10.0.16.0/24" },
        opts: { retainOnDelete: true, protect },
      });
    });

    it(`sets protect ${protect} on the VPC and leaves its properties`, () => {
      expect(transformed("aws:ec2/vpc:Vpc", protect)).to.deep.equal({
        props: { mapPublicIpOnLaunch: true, cidrBlock: "10.0.16.0/24" },
        opts: { retainOnDelete: true, protect },
      });
    });
  }

  for (const type of ["aws:ec2/route:Route", "aws:ec2/natGateway:NatGateway", "awsx:ec2:Vpc"]) {
    it(`leaves ${type} alone`, () => {
      expect(transformed(type, true)).to.equal(undefined);
    });
  }

  it("names the types as the provider does", async () => {
    const engine = await startOfflineEngine();
    const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
    new aws.ec2.Subnet("subnet", { vpcId: vpc.id });
    await engine.settle();
    expect(engine.registrations.map(({ type }) => transformed(type, true))).to.not.include(
      undefined,
    );
  });
});
