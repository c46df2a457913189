import { expect } from "chai";
import { networkEndpoints } from "../../policy/rules/network-endpoints";
import { unknownText } from "../support/check-policy";
import { excusing, existing, finder } from "../support/stack-rule";
import { document } from "./fixtures";

const everything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const own = document({
  ...everything,
  Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
});
const endpoint = (service: string, more: Record<string, unknown> = { policy: own }) =>
  existing("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
    serviceName: `com.amazonaws.us-west-2.${service}`,
    ...more,
  });
const vpc = existing("aws:ec2/vpc:Vpc", "vpc-1");
const services = ["s3", "ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "kms", "eks"];
const some = { services: ["s3", "sts"] };

describe("network-endpoints", () => {
  const found = finder(networkEndpoints);

  it("takes a VPC with all of them, for callers of our own", async () => {
    expect(await found([vpc, ...services.map((service) => endpoint(service))])).to.deep.equal([]);
  });
  it("reports what a VPC lacks", async () => {
    expect(await found([vpc])).to.deep.equal([
      ["vpc-1", `it has no endpoint for ${services.join(", ")}`],
    ]);
    expect(await found([vpc, endpoint("s3")], some)).to.deep.equal([
      ["vpc-1", "it has no endpoint for sts"],
    ]);
  });
  it("counts a component only where its VPC is not seen", async () => {
    const component = existing("awsx:ec2:Vpc", "component");
    expect(await found([component], some)).to.deep.equal([
      ["component", "it has no endpoint for s3, sts"],
    ]);
    expect((await found([component, vpc], some)).map(([name]) => name)).to.deep.equal(["vpc-1"]);
  });
  it("does not guess at a service that a preview does not know", async () => {
    const unknown = endpoint("x", { serviceName: unknownText, policy: own });
    expect(await found([vpc, unknown], some)).to.deep.equal([]);
  });
  it("reports endpoints that serve everybody", async () => {
    const none = endpoint("s3", {});
    const open = endpoint("sts", { policy: document(everything) });
    const broken = endpoint("kms", { policy: "{" });
    expect(await found([vpc, none, open, broken], some)).to.deep.equal([
      ["s3", "policy: is missing, so every caller may do everything through it"],
      ["sts", "policy, statement 1: lets every caller do everything through it"],
      ["kms", "policy: is no JSON object"],
    ]);
  });
  it("takes single actions for everybody, and what is bound to an organization", async () => {
    const reading = endpoint("s3", {
      policy: document({ ...everything, Action: "s3:GetObject" }),
    });
    const bound = endpoint("sts", {
      policy: document({
        ...everything,
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      }),
    });
    expect(await found([vpc, reading, bound], some)).to.deep.equal([]);
  });
  it("leaves endpoints of gateway load balancers alone: they have no policy", async () => {
    const gateway = endpoint("x", { vpcEndpointType: "GatewayLoadBalancer" });
    expect(await found([vpc, endpoint("s3"), endpoint("sts"), gateway], some)).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await found([vpc], excusing("vpc-1"))).to.deep.equal([]);
  });
});
