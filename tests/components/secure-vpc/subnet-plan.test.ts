import { expect } from "chai";
import fc from "fast-check";
import { type PlannedSubnet, planSubnets } from "../../../components/secure-vpc";
import {
  routeTableListIndex,
  subnetListIndex,
  zoneCapacity,
} from "../../../components/secure-vpc/subnet-plan";
import { contains, type Ipv4Cidr, overlap, parseIpv4Cidr } from "../../../components/shared/cidr";

const fourZones = ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"];
const threeZones = fourZones.slice(0, 3);

function rangeOf({ cidrBlock }: Pick<PlannedSubnet, "cidrBlock">): Ipv4Cidr {
  const { cidr, problem } = parseIpv4Cidr(cidrBlock);
  if (problem !== undefined) throw new Error(problem);
  return cidr;
}

/** A /16 inside 10.0.0.0/8 with two to four zones, or a /17 with two. */
const networks = fc.oneof(
  fc.record({
    cidrBlock: fc.nat({ max: 255 }).map((octet) => `10.${octet}.0.0/16`),
    availabilityZones: fc.integer({ min: 2, max: 4 }).map((count) => fourZones.slice(0, count)),
  }),
  fc.record({
    cidrBlock: fc
      .tuple(fc.nat({ max: 255 }), fc.constantFrom(0, 128))
      .map(([second, third]) => `10.${second}.${third}.0/17`),
    availabilityZones: fc.constant(fourZones.slice(0, 2)),
  }),
);

describe("subnet plan", () => {
  it("gives each zone the ranges that awsx gave it on the real engine", () => {
    expect(planSubnets({ cidrBlock: "10.40.0.0/16", availabilityZones: threeZones })).to.deep.equal(
      [
        { zone: "us-west-2a", tier: "private", cidrBlock: "10.40.0.0/20" },
        { zone: "us-west-2a", tier: "public", cidrBlock: "10.40.16.0/24" },
        { zone: "us-west-2a", tier: "data", cidrBlock: "10.40.17.0/24" },
        { zone: "us-west-2a", tier: "cluster", cidrBlock: "10.40.18.0/28" },
        { zone: "us-west-2b", tier: "private", cidrBlock: "10.40.64.0/20" },
        { zone: "us-west-2b", tier: "public", cidrBlock: "10.40.80.0/24" },
        { zone: "us-west-2b", tier: "data", cidrBlock: "10.40.81.0/24" },
        { zone: "us-west-2b", tier: "cluster", cidrBlock: "10.40.82.0/28" },
        { zone: "us-west-2c", tier: "private", cidrBlock: "10.40.128.0/20" },
        { zone: "us-west-2c", tier: "public", cidrBlock: "10.40.144.0/24" },
        { zone: "us-west-2c", tier: "data", cidrBlock: "10.40.145.0/24" },
        { zone: "us-west-2c", tier: "cluster", cidrBlock: "10.40.146.0/28" },
      ],
    );
  });

  it("adds a fourth zone behind the three and changes none of their subnets", () => {
    const three = planSubnets({ cidrBlock: "10.40.0.0/16", availabilityZones: threeZones });
    const four = planSubnets({ cidrBlock: "10.40.0.0/16", availabilityZones: fourZones });
    expect(four.slice(0, three.length)).to.deep.equal(three);
    expect(four.slice(three.length)).to.deep.equal([
      { zone: "us-west-2d", tier: "private", cidrBlock: "10.40.192.0/20" },
      { zone: "us-west-2d", tier: "public", cidrBlock: "10.40.208.0/24" },
      { zone: "us-west-2d", tier: "data", cidrBlock: "10.40.209.0/24" },
      { zone: "us-west-2d", tier: "cluster", cidrBlock: "10.40.210.0/28" },
    ]);
  });

  it("keeps every subnet inside the network and apart from all others", () => {
    fc.assert(
      fc.property(networks, (network) => {
        const subnets = planSubnets(network).map(rangeOf);
        expect(subnets).to.have.length(network.availabilityZones.length * 4);
        expect(subnets.every((subnet) => contains(rangeOf(network), subnet))).to.equal(true);
        const clashes = subnets.filter((subnet, index) =>
          subnets.slice(index + 1).some((other) => overlap(subnet, other)),
        );
        expect(clashes).to.deep.equal([]);
      }),
    );
  });

  it("changes no subnet of fewer zones, whatever the network", () => {
    fc.assert(
      fc.property(networks, ({ cidrBlock, availabilityZones }) => {
        const all = planSubnets({ cidrBlock, availabilityZones });
        const fewer = planSubnets({ cidrBlock, availabilityZones: availabilityZones.slice(0, -1) });
        expect(all.slice(0, fewer.length)).to.deep.equal(fewer);
      }),
    );
  });

  it("refuses a zone that there is no room for", () => {
    expect(() => planSubnets({ cidrBlock: "10.0.0.0/17", availabilityZones: threeZones })).to.throw(
      RangeError,
      "10.0.0.0/17 has no room for us-west-2c, zone 3",
    );
  });

  it("refuses what is no range", () => {
    expect(() => planSubnets({ cidrBlock: "10.0.0.0", availabilityZones: threeZones })).to.throw(
      RangeError,
      'cidrBlock: got "10.0.0.0", need an IPv4 range such as 10.0.0.0/16',
    );
    expect(zoneCapacity("10.0.0.0")).to.equal(0);
  });

  it("finds each subnet in awsx's lists: zone by zone, public, private, isolated", () => {
    expect(fourZones.map((_, zone) => subnetListIndex("private", zone))).to.deep.equal([
      0, 1, 2, 3,
    ]);
    expect(fourZones.map((_, zone) => subnetListIndex("public", zone))).to.deep.equal([0, 1, 2, 3]);
    expect(fourZones.map((_, zone) => subnetListIndex("data", zone))).to.deep.equal([0, 2, 4, 6]);
    expect(fourZones.map((_, zone) => subnetListIndex("cluster", zone))).to.deep.equal([
      1, 3, 5, 7,
    ]);
    expect(fourZones.map((_, zone) => routeTableListIndex("private", zone))).to.deep.equal([
      1, 5, 9, 13,
    ]);
  });
});
