import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  crossEnvironmentProblems,
  type Environment,
  parseEnvironment,
  readEnvironment,
} from "../../stacks/environment";
import { services } from "../../stacks/services";
import { problemsOf } from "../support/environment-problems";
import { startOfflineEngine } from "../support/engine";
import { changed, configOf, rawOf } from "../support/stack-file";

describe("parseEnvironment", () => {
  for (const name of ["dev", "prod", "recovery"])
    it(`accepts Pulumi.${name}.yaml`, () => {
      expect(problemsOf(rawOf(name))).to.deep.equal([]);
    });

  const cases: [string, string, Record<string, unknown>, string[]][] = [
    [
      "lists unknown, missing and wrongly typed keys together, and what is wrong between the others",
      "prod",
      {
        "settings.netwrok": {},
        "settings.network.natGateway": "single",
        "settings.network.flowLogRetentionDays": "365",
        "settings.access.deployerRole": undefined,
        "settings.stage": "staging",
        "settings.deletionProtection": "yes",
        "settings.recovery.region": "us-west-2",
      },
      [
        'auterity:stage: got "staging", need development or production or recovery',
        "auterity:access.deployerRole: missing, need a name in IAM",
        'auterity:network.flowLogRetentionDays: got "365", need a number',
        "auterity:network.natGateway: unknown key, remove it",
        'auterity:deletionProtection: got "yes", need a boolean',
        "auterity:netwrok: unknown key, remove it",
        'auterity:recovery.region: got "us-west-2", which is the environment\'s own region, need another one',
      ],
    ],
    [
      "lists what is wrong between values whose section has a misspelt key beside them",
      "prod",
      {
        "settings.network.natGateway": "regional",
        "settings.network.natGateways": "single",
        "settings.network.availabilityZones": ["us-west-2a"],
      },
      [
        "auterity:network.natGateway: unknown key, remove it",
        "auterity:network.availabilityZones: got 1 zone(s), need 3 or more; in production two must be left when one is lost",
        'auterity:network.natGateways: got "single", need per-zone or regional in production; the loss of one zone would cut every zone off',
        'auterity:cluster.controlPlaneZones: got "us-west-2b", need one of auterity:network.availabilityZones',
        'auterity:cluster.controlPlaneZones: got "us-west-2c", need one of auterity:network.availabilityZones',
      ],
    ],
    [
      "refuses two zones in production",
      "prod",
      { "settings.network.availabilityZones": ["us-west-2a", "us-west-2b"] },
      [
        "auterity:network.availabilityZones: got 2 zone(s), need 3 or more; in production two must be left when one is lost",
        'auterity:cluster.controlPlaneZones: got "us-west-2c", need one of auterity:network.availabilityZones',
      ],
    ],
    [
      "refuses a zone of another region and one that is named twice",
      "dev",
      { "settings.network.availabilityZones": ["us-west-2a", "us-west-2a", "us-east-1a"] },
      [
        'auterity:network.availabilityZones: got "us-east-1a", need a zone of us-west-2 (aws:region)',
        "auterity:network.availabilityZones: a zone is named twice, need each once",
        'auterity:cluster.controlPlaneZones: got "us-west-2b", need one of auterity:network.availabilityZones',
        'auterity:cluster.controlPlaneZones: got "us-west-2c", need one of auterity:network.availabilityZones',
      ],
    ],
    [
      "refuses a chart mirror relative to nobody knows what",
      "dev",
      { "settings.chartMirror": "./charts" },
      [
        'auterity:chartMirror: got "./charts", need none, an https:// or oci:// repository, or an absolute folder',
      ],
    ],
    [
      "refuses a malformed range",
      "dev",
      { "settings.network.cidrBlock": "10.20.0.0/33" },
      ['auterity:network.cidrBlock: got "10.20.0.0/33", need an IPv4 range such as 10.0.0.0/16'],
    ],
    [
      "refuses what costs production its availability",
      "prod",
      {
        "settings.network.natGateways": "single",
        "settings.services.minimumReplicas": "one",
        "settings.deletionProtection": false,
      },
      [
        'auterity:network.natGateways: got "single", need per-zone or regional in production; the loss of one zone would cut every zone off',
        'auterity:services.minimumReplicas: got "one", need declared in production; a single pod is away whenever its node is',
        "auterity:deletionProtection: got false, need true in production",
      ],
    ],
    [
      "refuses a public endpoint for every address in production",
      "prod",
      { "settings.cluster.publicEndpointCidrs": ["203.0.113.0/24", "0.0.0.0/0"] },
      [
        "auterity:cluster.publicEndpointCidrs: got a range of every address, need the ranges of your offices and runners, or [] for a private endpoint",
      ],
    ],
    [
      "refuses a Kubernetes version without a row in the matrix",
      "dev",
      { "settings.cluster.kubernetesVersion": "1.27" },
      [
        'auterity:cluster.kubernetesVersion: got "1.27", need one of 1.35, 1.36; add-ons are known for these only (components/shared/versions.ts)',
      ],
    ],
    [
      "refuses a control plane in one zone, and in a zone that the network is not in",
      "prod",
      { "settings.cluster.controlPlaneZones": ["us-west-2d"] },
      [
        'auterity:cluster.controlPlaneZones: got "us-west-2d", need one of auterity:network.availabilityZones',
        "auterity:cluster.controlPlaneZones: got 1 zone(s), need 2 or more",
      ],
    ],
    [
      "refuses bounds that cross",
      "dev",
      { "settings.cluster.nodeClasses.spot.minPerZone": 9, "settings.costs.nights.enabled": false },
      [
        "auterity:cluster.nodeClasses.spot: got minPerZone 9 above maxPerZone 3, need a minimum up to the maximum",
      ],
    ],
    [
      "refuses the tag latest, a tag without a digest, a digest that is none and unknown or missing services",
      "prod",
      {
        "settings.services.versions.automatrix-api": {
          tag: "latest",
          digest: `sha256:${"ab".repeat(32)}`,
        },
        "settings.services.versions.relaycore": { tag: "v1" },
        "settings.services.versions.automatrix-web": { tag: "v1", digest: "sha256:abc" },
      },
      [
        'auterity:services.versions.automatrix-api.tag: got "latest", need an image tag other than latest',
        'auterity:services.versions.automatrix-web.digest: got "sha256:abc", need sha256: and 64 hexadecimal digits',
        'auterity:services.versions.relaycore: got {"tag":"v1"}, need unreleased, or both tag and digest',
      ],
    ],
    [
      "refuses services that the catalogue does not know, and misses those it knows",
      "dev",
      {
        "settings.services.versions.relaycore": undefined,
        "settings.services.versions.relaycroe": "unreleased",
      },
      [
        "auterity:services.versions.relaycore: missing, need unreleased, or a tag and a digest",
        `auterity:services.versions.relaycroe: no such service in the catalogue, need one of ${services.map((service) => service.name).join(", ")}`,
      ],
    ],
    [
      "refuses several accounts and what is no account",
      "dev",
      { "aws.allowedAccountIds": ["123456789012", "210987654321"], "aws.region": "oregon" },
      [
        'aws:region: got "oregon", need an AWS region',
        'aws:allowedAccountIds: got ["123456789012","210987654321"], need a list of exactly one account',
      ],
    ],
    [
      "says what is accepted where a value is of the wrong kind, in the words of the file",
      "dev",
      {
        "aws.allowedAccountIds": ["12345"],
        "settings.ingress.domain": "Foo_",
        "settings.cluster.kubernetesVersion": 1.3,
      },
      [
        'auterity:cluster.kubernetesVersion: got 1.3, need a version in quotes, such as "1.35": YAML reads 1.30 as 1.3',
        'auterity:ingress.domain: got "Foo_", need a domain, or unassigned',
        'aws:allowedAccountIds.0: got "12345", need an account of 12 digits in quotes, or unassigned',
      ],
    ],
    [
      "refuses a name that would pass a limit of AWS once prefixed",
      "dev",
      { name: "development-of-the-platform" },
      [
        'stack name: got "development-of-the-platform", need 23 lower-case letters, digits and hyphens at most, beginning with a letter; "auterity-development-of-the-platform" has to fit the names of load balancers (32)',
      ],
    ],
  ];
  for (const [sentence, name, changes, expected] of cases)
    it(sentence, () => {
      expect(problemsOf(changed(name, changes))).to.deep.equal(expected);
    });
});

describe("the environments together", () => {
  const parsed = (name: string, changes = {}) => parseEnvironment(name, changed(name, changes));

  it("have networks that do not overlap", () => {
    expect(
      crossEnvironmentProblems(["dev", "prod", "recovery"].map((n) => parsed(n))),
    ).to.deep.equal([]);
  });

  it("are refused when two networks overlap, naming both", () => {
    const environments: Environment[] = [
      parsed("dev"),
      parsed("prod", { "settings.network.cidrBlock": "10.16.0.0/13" }),
    ];
    expect(crossEnvironmentProblems(environments)).to.deep.equal([
      "auterity:network.cidrBlock: 10.20.0.0/16 of dev and 10.16.0.0/13 of prod overlap, need ranges apart: the networks could never be joined",
    ]);
  });
});

describe("readEnvironment", () => {
  it("reads what the engine passes: objects as JSON text, plain strings as they are", async () => {
    const config = Object.fromEntries(
      Object.entries(configOf("prod")).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    await startOfflineEngine({ stack: "prod", config });
    const environment = readEnvironment();
    await pulumi.runtime.disconnect();
    expect(environment).to.deep.equal(parseEnvironment("", rawOf("prod")));
  });
});
