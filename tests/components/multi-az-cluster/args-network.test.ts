import { itAccepts, itRefuses, type Refusal } from "./problems";

const egress = {
  description: "mail",
  protocol: "tcp",
  fromPort: 587,
  toPort: 587,
  to: { cidrBlock: "0.0.0.0/0" },
} as const;

const refused: Refusal[] = [
  [
    "an address range that is none",
    { vpcCidrBlock: "10.0.0.256/16" },
    ['vpcCidrBlock: got "10.0.0.256/16", need an IPv4 range, such as 10.0.0.0/16'],
  ],
  [
    "a single subnet for the control plane",
    { clusterSubnetIds: ["subnet-1"] },
    ["clusterSubnetIds: got 1 subnet(s), need at least 2, in different zones"],
  ],
  [
    "a single zone",
    { nodeSubnetIdByZone: { "us-west-2a": "subnet-1" } },
    ["nodeSubnetIdByZone: got 1 zone(s), need at least 2"],
  ],
  [
    "zones of another region",
    { nodeSubnetIdByZone: { "us-west-2a": "subnet-1", "us-east-2a": "subnet-2" } },
    ['nodeSubnetIdByZone: got the zone "us-east-2a", need zones of us-west-2, such as us-west-2a'],
  ],
  [
    "a public endpoint for every address",
    { endpointAccess: { public: { cidrBlocks: ["203.0.113.0/24", "0.0.0.0/0"] } } },
    [
      'endpointAccess.public.cidrBlocks: got "0.0.0.0/0", which is every address, need the ranges of known networks',
    ],
  ],
  [
    "a public endpoint for nobody",
    { endpointAccess: { public: { cidrBlocks: [] } } },
    [
      "endpointAccess.public.cidrBlocks: got none, need the ranges that may reach the API, or public: false",
    ],
  ],
  [
    "a private range that is none",
    { endpointAccess: { private: { cidrBlocks: ["vpn"] } } },
    ['endpointAccess.private.cidrBlocks: got "vpn", need IPv4 ranges, such as 203.0.113.0/24'],
  ],
  [
    "a webhook on no port",
    { webhookPorts: { keda: 70000 } },
    ["webhookPorts.keda: got 70000, need a port from 1 to 65535"],
  ],
  [
    "UDP on no port",
    { nodeUdpPorts: { gossip: 0 } },
    ["nodeUdpPorts.gossip: got 0, need a port from 1 to 65535"],
  ],
  [
    "a way out over no port",
    { nodeEgress: { mail: { ...egress, fromPort: 600 } } },
    ["nodeEgress.mail: got ports 600 to 587, need a range from 1 to 65535"],
  ],
  [
    "a description that EC2 does not take",
    { nodeEgress: { mail: { ...egress, description: "it's mail" } } },
    [
      "nodeEgress.mail.description: got \"it's mail\", need 1 to 255 of EC2's characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
    ],
  ],
];

describe("The network of a MultiAzCluster: refused is", () => {
  itRefuses(refused);
});

describe("The network of a MultiAzCluster: accepted is", () => {
  itAccepts({
    "a public endpoint for known networks": {
      endpointAccess: { public: { cidrBlocks: ["203.0.113.0/24"] } },
    },
  });
});
