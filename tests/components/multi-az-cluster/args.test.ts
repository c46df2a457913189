import { expect } from "chai";
import { readFileSync } from "node:fs";
import { MultiAzCluster, multiAzClusterDefaults } from "../../../components/multi-az-cluster";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { clusterArgs } from "./fixture";
import { itAccepts, itRefuses, problemsOf, type Refusal } from "./problems";

const periods =
  "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";

const refused: Refusal[] = [
  [
    "a name that EKS does not take",
    { clusterName: "-x" },
    [
      'clusterName: got "-x", need 1 to 100 letters, digits, "-" or "_", the first a letter or digit',
    ],
  ],
  [
    "a name of more than 100 characters",
    { clusterName: "a".repeat(101) },
    [
      `clusterName: got "${"a".repeat(101)}", need 1 to 100 letters, digits, "-" or "_", the first a letter or digit`,
    ],
  ],
  [
    "something that is no region",
    { region: "oregon" },
    [
      'region: got "oregon", need a region\'s name, such as us-west-2',
      'nodeSubnetIdByZone: got the zone "us-west-2a", need zones of oregon, such as oregona',
      'nodeSubnetIdByZone: got the zone "us-west-2b", need zones of oregon, such as oregona',
    ],
  ],
  [
    "an account that is none",
    { accountId: "1234" },
    ['accountId: got "1234", need 12 digits, or "unassigned" in a plan without an account'],
  ],
  [
    "AWS's own tags",
    { tags: { "aws:x": "1" } },
    ['tags: got the key "aws:x", need one that is not empty and not AWS\'s own'],
  ],
  [
    "a retention that CloudWatch does not know",
    { logRetentionDays: 100 },
    [`logRetentionDays: got 100, need one of ${periods}`],
  ],
  ["logs for ever", { logRetentionDays: 0 }, [`logRetentionDays: got 0, need one of ${periods}`]],
];

describe("MultiAzCluster refuses", () => {
  itRefuses(refused);

  it("a component's name with which IAM roles and node groups pass their limits", () => {
    const name = "a".repeat(33);
    expect(problemsOf({}, name)).to.deep.equal([
      `name: got "${name}", with which the IAM role "${name}-load-balancer-controller-xxxxxxx" passes 64 characters, need one 2 shorter`,
      `name: got "${name}", with which the node group "${name}-ai-processing-us-west-2a-xxxxxxx" passes 63 characters, need one 3 shorter`,
    ]);
    expect(problemsOf({}, "a".repeat(30))).to.deep.equal([]);
  });

  it("everything at once, with a line for each, and registers nothing", async () => {
    const engine = await startOfflineEngine();
    const bad = { ...clusterArgs, accountId: "1", logRetentionDays: 2 };
    expect(() => new MultiAzCluster("main", bad)).to.throw(
      ArgsError,
      [
        'MultiAzCluster "main" was refused:',
        'accountId: got "1", need 12 digits, or "unassigned" in a plan without an account',
        `logRetentionDays: got 2, need one of ${periods}`,
      ].join("\n  - "),
    );
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
  });
});

describe("MultiAzCluster accepts", () => {
  itAccepts({ "an environment without an account": { accountId: "unassigned" } });
});

describe("The defaults of MultiAzCluster", () => {
  it("are those that its argument's comments name", () => {
    const source = readFileSync("components/multi-az-cluster/args.ts", "utf8");
    const documented = (argument: string) =>
      new RegExp(`Default: ([^*]+)\\. \\*/\\n  ${argument}\\?:`).exec(source)?.[1];
    const words: Record<keyof typeof multiAzClusterDefaults, string> = {
      supportType: '"STANDARD"',
      endpointAccess: "private only",
      webhookPorts: "none",
      nodeUdpPorts: "none",
      nodeEgress: "none",
      nodeCommands: "false",
      logRetentionDays: "365",
      zonalShift: "true",
      deletionProtection: "true",
      protect: "true",
      tags: "none",
    };
    for (const [argument, word] of Object.entries(words)) {
      expect(documented(argument), argument).to.equal(word);
    }
    expect(multiAzClusterDefaults).to.deep.equal({
      supportType: "STANDARD",
      endpointAccess: { public: false },
      webhookPorts: {},
      nodeUdpPorts: {},
      nodeEgress: {},
      nodeCommands: false,
      logRetentionDays: 365,
      zonalShift: true,
      deletionProtection: true,
      protect: true,
      tags: {},
    });
  });
});
