import { expect } from "chai";
import type { Ran } from "../../../tools/recovery/engine";
import { check, change } from "../../../tools/recovery/run";
import { readStack } from "../../../tools/recovery/stack-state";
import { PulumiStub, recorded } from "./pulumi-stub";
import { refusal, Stage } from "./stage";
import { now, sides } from "./world";

const withoutLooking = '; --skip-preview "why" goes on without';

describe("a stack before a change of regions", () => {
  const read = (changes: Partial<PulumiStub>, skip?: string) =>
    readStack({
      access: Object.assign(new PulumiStub(), changes).access(skip),
      ...{ project: "auterity", stack: "recovery" },
    });

  const cases: readonly [string, Partial<PulumiStub>, string, string][] = [
    ["nothing is to change", {}, "ok", "at rest; its preview shows no change"],
    [
      ...(["something is to be made", { preview: recorded.grown }, "lacks"] as const),
      "its preview shows 2 to create, 1 to update",
    ],
    [
      ...(["something is to be replaced", { preview: recorded.replaced }, "blocks"] as const),
      "its preview shows 1 to replace; a deployment would take away Cluster auterity-recovery",
    ],
    [
      ...(["an operation was interrupted", { state: recorded.interrupted }, "blocks"] as const),
      "1 interrupted: creating Cluster auterity-recovery; look in AWS what became of them, then npx pulumi refresh --stack recovery",
    ],
    [
      "somebody works on it",
      { lock: { owner: "root@vm since 2026-12-01T04:22:40Z" } },
      "blocks",
      "in use by root@vm since 2026-12-01T04:22:40Z: wait, or npx pulumi cancel --stack recovery once nobody works on it",
    ],
    [
      ...(["Pulumi's service says so", { preview: recorded.conflict }, "blocks"] as const),
      "in use: wait, or npx pulumi cancel --stack recovery once nobody works on it",
    ],
    ["there is none", { state: recorded.noStack }, "blocks", "there is no stack recovery"],
    [
      ...(["its program fails", { preview: recorded.programFails }, "blocks"] as const),
      "its preview fails, and so would a deployment: npx pulumi preview --stack recovery",
    ],
    [
      ...([
        "its secrets cannot be opened",
        { preview: recorded.wrongPassphrase },
        "blocks",
      ] as const),
      "its preview fails, and so would a deployment: npx pulumi preview --stack recovery",
    ],
    [
      ...(["nobody is signed in", { whoami: recorded.notSignedIn }, "unknown"] as const),
      `nobody is signed in to pulumi: PULUMI_BACKEND_URL, or npx pulumi login${withoutLooking}`,
    ],
    [
      ...(["the store is gone", { whoami: recorded.noStore }, "unknown"] as const),
      `the store of the state does not answer: PULUMI_BACKEND_URL${withoutLooking}`,
    ],
    [
      ...(["the store's locks are unknown", { lock: "unread" }, "unknown"] as const),
      `locks of this kind of store cannot be read${withoutLooking}`,
    ],
    [
      ...(["there is no pulumi", { whoami: failed("missing") }, "unknown"] as const),
      `there is no pulumi here: npm ci, or another machine${withoutLooking}`,
    ],
    [
      ...(["the preview takes too long", { preview: failed("late") }, "unknown"] as const),
      `pulumi did not answer in time${withoutLooking}`,
    ],
    [
      ...([
        "the answer is none",
        { preview: { ...recorded.same, stdout: "SECRET-CANARY" } },
        "unknown",
      ] as const),
      `what pulumi says of recovery cannot be read${withoutLooking}`,
    ],
    [
      ...([
        "the state is none",
        { state: { ...recorded.atRest, stdout: "{}" } },
        "unknown",
      ] as const),
      `what pulumi says of recovery cannot be read${withoutLooking}`,
    ],
  ];
  for (const [when, changes, verdict, text] of cases)
    it(`is told when ${when}`, async () => {
      expect(await read(changes)).to.deep.equal({ verdict, text });
    });

  it("names five of many, and how many more", async () => {
    const steps = Array.from({ length: 7 }, (_, n) => ({ op: "delete", urn: `u::p::a:b:C::${n}` }));
    const stdout = JSON.stringify({ steps, changeSummary: { delete: 7 } });
    expect((await read({ preview: { ...recorded.same, stdout } })).text).to.equal(
      "its preview shows 7 to delete; a deployment would take away C 0, C 1, C 2, C 3, C 4, 2 more",
    );
  });

  it("asks for no secret, and for the policies that a deployment meets", async () => {
    const stub = new PulumiStub();
    await readStack({ access: stub.access(), project: "auterity", stack: "recovery" });
    expect(stub.calls).to.deep.equal([
      "whoami --json",
      "stack export --stack recovery",
      "preview --json --stack recovery --policy-pack policy --policy-pack-config policy/levels/recovery.json",
    ]);
  });

  it("is not asked when a person says why, and that is told", async () => {
    const stub = new PulumiStub();
    const finding = await readStack({
      access: stub.access("the store is in the lost region"),
      ...{ project: "auterity", stack: "recovery" },
    });
    expect(finding).to.deep.equal({
      verdict: "lacks",
      text: "not looked at: the store is in the lost region",
    });
    expect(stub.calls).to.deep.equal([]);
  });
});

function failed(code: Ran["code"]): Ran {
  return { code, stdout: "", stderr: "" };
}

describe("npm run recovery and its stacks", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => {
    stage.close();
  });

  it("looks at the standby alone on the way there, at both on the way back", async () => {
    const { clouds, stacks } = stage.request("failover");
    const looked = () => stage.pulumi.calls.filter((call) => call.startsWith("stack export"));
    await check({ sides, clouds, stacks, now, to: "standby", say: stage.say });
    expect(looked()).to.deep.equal(["stack export --stack recovery"]);
    await check({ sides, clouds, stacks, now, to: "home", say: stage.say });
    expect(looked().slice(1)).to.deep.equal([
      "stack export --stack prod",
      "stack export --stack recovery",
    ]);
  });

  it("is not content with a stack that is not at rest", async () => {
    stage.pulumi.preview = recorded.grown;
    const { clouds, stacks } = stage.request("failover");
    expect(await check({ sides, clouds, stacks, now, to: "standby", say: stage.say })).to.equal(1);
    expect(stage.said.at(-1)).to.equal(
      "stack recovery  lacks  its preview shows 2 to create, 1 to update",
    );
  });

  it("changes no region over a stack in use, or one that nobody could look at", async () => {
    stage.homeIsGone();
    stage.pulumi.lock = { owner: "ci@runner since 2026-12-01T11:58:00Z" };
    expect((await refusal(change(stage.request("failover"))))[0]).to.match(
      /^stack recovery: in use by ci@runner/,
    );
    stage.pulumi.lock = "none";
    stage.pulumi.whoami = recorded.notSignedIn;
    expect((await refusal(change(stage.request("failover"))))[0]).to.match(
      /^stack recovery: nobody is signed in to pulumi/,
    );
    expect(stage.changes()).to.deep.equal([]);
    expect(stage.said.join("\n")).not.to.include("CANARY");
  });

  it("goes on without looking for a reason, which is kept", async () => {
    stage.homeIsGone();
    const stacks = stage.pulumi.access("the store is in the lost region");
    expect(await change(stage.request("failover", { stacks }))).to.equal(0);
    expect(stage.journal().skippedPreviewBecause).to.equal("the store is in the lost region");
    expect(stage.pulumi.calls).to.deep.equal([]);
  });

  it("is not held up by what is only to be made", async () => {
    stage.homeIsGone();
    stage.pulumi.preview = recorded.grown;
    expect(await change(stage.request("failover"))).to.equal(0);
  });
});
