import { expect } from "chai";
import {
  type InterfaceEndpoint,
  interfaceEndpoints,
  type NatGateways,
  SecureVpc,
  type SecureVpcArgs,
  secureVpcDefaults,
} from "../../../components/secure-vpc";
import { resolveSecureVpcArgs } from "../../../components/secure-vpc/args";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { baseArgs, fourZones } from "./fixture";

function problemsOf(overrides: Partial<SecureVpcArgs>, name = "net"): readonly string[] {
  try {
    resolveSecureVpcArgs(name, { ...baseArgs, ...overrides });
    return [];
  } catch (error) {
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
}

const layout = "need a /16 (room for 4 zones) or a /17 (for 2); each zone takes a /18";

const refusals: [string, Partial<SecureVpcArgs>, string[]][] = [
  [
    "a region that is none",
    { region: "us-west", availabilityZones: ["us-westa", "us-westb"] },
    ['region: got "us-west", need a region of the aws partition such as us-west-2'],
  ],
  [
    "a region of another partition",
    { region: "cn-north-1", availabilityZones: ["cn-north-1a", "cn-north-1b"] },
    ['region: got "cn-north-1", need a region of the aws partition such as us-west-2'],
  ],
  [
    "an account id of eleven digits",
    { accountId: "12345678901" },
    ['accountId: got "12345678901", need 12 digits or "unassigned"'],
  ],
  [
    "a malformed range",
    { cidrBlock: "10.0.0.0" },
    ['cidrBlock: got "10.0.0.0", need an IPv4 range such as 10.0.0.0/16'],
  ],
  [
    "a range with host bits",
    { cidrBlock: "10.0.0.1/16" },
    ['cidrBlock: got "10.0.0.1/16", need a range without host bits; write 10.0.0.0/16'],
  ],
  [
    "a public range",
    { cidrBlock: "8.8.0.0/16" },
    [
      "cidrBlock: got 8.8.0.0/16, need a range inside one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
    ],
  ],
  [
    "a range larger than a VPC can be",
    { cidrBlock: "10.0.0.0/15" },
    [`cidrBlock: got 10.0.0.0/15, ${layout}`],
  ],
  [
    "a range too small for two zones",
    { cidrBlock: "10.0.0.0/18" },
    [`cidrBlock: got 10.0.0.0/18, ${layout}`],
  ],
  [
    "more zones than the range has room for",
    { cidrBlock: "10.0.0.0/17" },
    ["availabilityZones: got 3 zones, need at most 2; 10.0.0.0/17 has room for 2 blocks of /18"],
  ],
  [
    "a fifth zone",
    { availabilityZones: [...fourZones, "us-west-2e"] },
    ["availabilityZones: got 5 zones, need at most 4; 10.40.0.0/16 has room for 4 blocks of /18"],
  ],
  [
    "a single zone",
    { availabilityZones: ["us-west-2a"] },
    ["availabilityZones: got 1 zone(s), need at least 2"],
  ],
  [
    "a zone twice",
    { availabilityZones: ["us-west-2a", "us-west-2b", "us-west-2a"] },
    ['availabilityZones: got "us-west-2a" more than once, need each zone once'],
  ],
  [
    "a zone of another region, and one by its letter",
    { availabilityZones: ["us-west-2a", "us-east-2b", "c"] },
    [
      'availabilityZones: got "us-east-2b", need full names of zones of us-west-2, such as us-west-2a',
      'availabilityZones: got "c", need full names of zones of us-west-2, such as us-west-2a',
    ],
  ],
  [
    "a local zone, which has no room for a tier of its own",
    { availabilityZones: ["us-west-2a", "us-west-2-lax-1a"] },
    [
      'availabilityZones: got "us-west-2-lax-1a", need full names of zones of us-west-2, such as us-west-2a',
    ],
  ],
  [
    "an endpoint that is none of the interface kind",
    { interfaceEndpoints: ["s3" as InterfaceEndpoint] },
    [`interfaceEndpoints: got "s3", need some of ${interfaceEndpoints.join(", ")}`],
  ],
  [
    "an endpoint twice",
    { interfaceEndpoints: ["sts", "sts"] },
    ['interfaceEndpoints: got "sts" more than once, need each service once'],
  ],
  [
    "an unknown NAT strategy",
    { natGateways: "two" as NatGateways },
    ['natGateways: got "two", need one of per-zone, single, regional, none'],
  ],
  [
    "retention of no days",
    { flowLogRetentionDays: 0 },
    ["flowLogRetentionDays: got 0, need a whole number of days, 1 or more"],
  ],
  [
    "retention of half a day",
    { flowLogRetentionDays: 1.5 },
    ["flowLogRetentionDays: got 1.5, need a whole number of days, 1 or more"],
  ],
  [
    "a cluster name that EKS would not take",
    { clusterName: "-dev" },
    [
      'clusterName: got "-dev", need up to 100 letters, digits, hyphens and underscores, starting with a letter or digit',
    ],
  ],
];

const acceptances: [string, Partial<SecureVpcArgs>][] = [
  ["an account that is not there yet", { accountId: "unassigned" }],
  ["four zones in a /16", { availabilityZones: fourZones }],
  ["two zones in a /17", { cidrBlock: "10.0.128.0/17", availabilityZones: fourZones.slice(0, 2) }],
  ["a shared address range", { cidrBlock: "100.64.0.0/16" }],
  ["every interface endpoint", { interfaceEndpoints }],
  ["one day of retention", { flowLogRetentionDays: 1 }],
  ["a cluster name of 100 characters", { clusterName: "c".repeat(100) }],
  [
    "a region with a longer name",
    {
      region: "ap-southeast-4",
      availabilityZones: ["ap-southeast-4a", "ap-southeast-4b", "ap-southeast-4c"],
    },
  ],
];

describe("SecureVpc's arguments", () => {
  for (const [title, overrides, expected] of refusals) {
    it(`refuse ${title}`, () => {
      expect(problemsOf(overrides)).to.deep.equal(expected);
    });
  }

  for (const [title, overrides] of acceptances) {
    it(`accept ${title}`, () => {
      expect(problemsOf(overrides)).to.deep.equal([]);
    });
  }

  it("take a name of 45 characters and refuse one more: the bucket's name must fit", () => {
    expect(problemsOf({}, "n".repeat(45))).to.deep.equal([]);
    expect(problemsOf({}, "n".repeat(46))).to.deep.equal([
      `name: got "${"n".repeat(46)}" (46 characters), need at most 45; the flow log bucket's name is built from it`,
    ]);
  });

  for (const name of ["Net", "net_1", "1net", ""]) {
    it(`refuse the name ${JSON.stringify(name)}`, () => {
      expect(problemsOf({}, name)).to.deep.equal([
        `name: got ${JSON.stringify(name)}, need lower-case letters, digits and hyphens, starting with a letter`,
      ]);
    });
  }

  it("are refused all at once, before anything is registered", async () => {
    const engine = await startOfflineEngine();
    expect(
      () =>
        new SecureVpc("net", {
          ...baseArgs,
          accountId: "",
          cidrBlock: "10.0.0.0/33",
          availabilityZones: [],
          flowLogRetentionDays: -1,
        }),
    ).to.throw(
      ArgsError,
      [
        'SecureVpc "net" was refused:',
        'accountId: got "", need 12 digits or "unassigned"',
        'cidrBlock: got "10.0.0.0/33", need an IPv4 range such as 10.0.0.0/16',
        "availabilityZones: got 0 zone(s), need at least 2",
        "flowLogRetentionDays: got -1, need a whole number of days, 1 or more",
      ].join("\n  - "),
    );
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });

  it("default to the safe choice", () => {
    expect(secureVpcDefaults).to.deep.equal({
      natGateways: "per-zone",
      interfaceEndpoints: [],
      protect: true,
      tags: {},
    });
    expect(resolveSecureVpcArgs("net", baseArgs)).to.deep.equal({
      ...baseArgs,
      ...secureVpcDefaults,
    });
  });
});
