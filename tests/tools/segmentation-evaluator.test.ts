import { expect } from "chai";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate, type PolicyFile } from "../../tools/drill/segmentation/evaluator";
import { mutationsOf } from "../../tools/drill/segmentation/mutations";
import type { Conversation, Peer } from "../../tools/drill/segmentation/peers";
import { api, stock } from "../components/platform-service-fixture";

const [shopApi, shopStock] = [api, stock].map((record): Peer => ({
  name: record.name,
  address: "10.0.0.1",
  role: { kind: "service", record },
  inEndpointSubnet: true,
})) as [Peer, Peer];

/** Stands for the evaluator: it prints what the given script says. */
async function evaluateWith(script: string, policies: readonly PolicyFile[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "auterity-evaluator-"));
  const program = join(folder, "program");
  writeFileSync(program, `#!${process.execPath}\n${script}`);
  chmodSync(program, 0o700);
  try {
    const conversations: Conversation[] = [
      { from: shopApi, to: shopStock, protocol: "TCP", port: 8001 },
      { from: shopStock, to: shopApi, protocol: "TCP", port: 8000 },
    ];
    return await evaluate(program, policies, conversations);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const line = (verdict: string) => `| IS ALLOWED? |  ${verdict}  |   `;

describe("The drill segmentation: the evaluator's verdicts", () => {
  it("are read in order, and nothing else of its tables", async () => {
    const script = `
      const { readFileSync } = require("node:fs");
      const file = process.argv[process.argv.indexOf("--traffic-path") + 1];
      for (const { ResolvedPort } of JSON.parse(readFileSync(file, "utf8"))) {
        console.log("Is traffic allowed?\\n| Egress | Deny |");
        console.log(ResolvedPort === 8001 ? "${line("TRUE")}" : "${line("FALSE")}");
      }`;
    expect(await evaluateWith(script)).to.deep.equal([true, false]);
  });

  it("are made of every policy in a file of its own and of every conversation", async () => {
    const policies = ["one", "two"].map((id) => ({ id, namespace: "shop", content: id }));
    const script = `
      const { readdirSync, readFileSync } = require("node:fs");
      const after = (flag) => process.argv[process.argv.indexOf(flag) + 1];
      const folder = after("--policy-path");
      const files = readdirSync(folder).map((name) => readFileSync(folder + "/" + name, "utf8"));
      const right = files.sort().join() === "one,two";
      for (const { ResolvedPort } of JSON.parse(readFileSync(after("--traffic-path"), "utf8")))
        console.log(right && ResolvedPort === 8001 ? "${line("TRUE")}" : "${line("FALSE")}");`;
    expect(await evaluateWith(script, policies)).to.deep.equal([true, false]);
  });

  it("must be as many as there were questions", async () => {
    let message = "";
    await evaluateWith("console.log()").catch((error: unknown) => {
      message = String(error);
    });
    expect(message).to.equal("Error: cyclonus: got 0 verdicts, need one for each of 2");
  });

  it("are none from a program that fails", async () => {
    let message = "";
    await evaluateWith(`console.error("no such policy"); process.exit(3)`).catch(
      (error: unknown) => {
        message = String(error);
      },
    );
    expect(message).to.equal("Error: cyclonus ended with code 3: no such policy");
  });
});

describe("The drill segmentation: mutations", () => {
  const policy = (id: string, content: string): PolicyFile => ({ id, namespace: "shop", content });
  const inside = policy("shop/inside", "spec: {}\n");
  const outside = policy(
    "shop/outside",
    "egress:\n  - to:\n      - ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] }\n",
  );

  it("take away each policy, widen what has exceptions, and open each namespace", () => {
    const mutations = mutationsOf([inside, outside]);
    expect(
      mutations.map(({ title, policies }) => [title, ...policies.map(({ id }) => id)]),
    ).to.deep.equal([
      ["shop/inside removed", "shop/outside"],
      ["shop/outside removed", "shop/inside"],
      ["shop/outside without exceptions", "shop/inside", "shop/outside"],
      ["shop thrown open", "shop/inside", "shop/outside", "shop/open"],
    ]);
    expect(mutations[2]?.policies[1]?.content).to.equal(
      "egress:\n  - to:\n      - ipBlock:\n          cidr: 0.0.0.0/0\n",
    );
    expect(mutations[3]?.policies[2]?.content).to.include("ingress:\n    - {}\n");
  });
});
