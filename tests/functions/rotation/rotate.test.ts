import { expect } from "chai";
import { steps } from "../../../functions/shared/secret-rotation";
import { announced, filled, take } from "./secret-versions";

describe("rotation", () => {
  it("lets the key take over that was announced, keeps the one of before and announces the one after", async () => {
    const secret = announced(filled);
    for (const step of steps) await take(secret, step);
    const { SECRET_KEY_NEXT: next = "", ...value } = secret.value("AWSCURRENT");
    expect(value).to.deep.include({
      SECRET_KEY: "next-key",
      SECRET_KEY_PREVIOUS: "old-key",
      MODE: "x",
    });
    expect(next).to.match(/^[A-Za-z0-9_-]{64}$/);
    expect(Buffer.from(next, "base64url")).to.have.length(48);
    expect(secret.versions.get("v1")?.stages).to.deep.equal(["AWSPREVIOUS"]);
    expect(secret.versions.get("v2")?.stages).to.deep.equal(["AWSPENDING", "AWSCURRENT"]);
  });

  for (const [what, next] of [
    ["without a next key", {}],
    ["with an empty next key", { TOKEN_NEXT: "" }],
    ["whose next key is the one in use", { TOKEN_NEXT: filled.TOKEN }],
  ] as const)
    it(`only announces a key for a variable ${what}: nobody could check what is signed with another`, async () => {
      const secret = announced({ ...filled, ...next });
      for (const step of steps) await take(secret, step);
      const value = secret.value("AWSCURRENT");
      expect(value).to.deep.include({ TOKEN: "old-token", TOKEN_PREVIOUS: "old-token" });
      expect(value["TOKEN_NEXT"]).to.match(/^[A-Za-z0-9_-]{64}$/);
    });

  it("refuses no token while pods get the keys one by one, and until a period is over", async () => {
    const secret = announced({ AUTERITY_NOT_FILLED: "true" });
    const rotateTo = async (versionId: string): Promise<Readonly<Record<string, string>>> => {
      for (const step of steps) await take(secret, step, versionId);
      for (const version of secret.versions.values())
        version.stages = version.stages.filter((stage) => stage !== "AWSPENDING");
      return secret.value("AWSCURRENT");
    };
    const accepted = (pod: Readonly<Record<string, string>>): (string | undefined)[] => [
      pod["SECRET_KEY"],
      pod["SECRET_KEY_PREVIOUS"],
      pod["SECRET_KEY_NEXT"],
    ];
    let old = await rotateTo("v2");
    for (const versionId of ["v3", "v4", "v5", "v6"]) {
      secret.announce(versionId);
      const young = await rotateTo(versionId);
      expect(accepted(old), "old pods and what young ones sign").to.contain(young["SECRET_KEY"]);
      expect(accepted(young), "young pods and what old ones signed").to.contain(old["SECRET_KEY"]);
      expect(young["SECRET_KEY"]).to.not.equal(old["SECRET_KEY"]);
      const isFirst = old["SECRET_KEY_PREVIOUS"] === old["SECRET_KEY"];
      if (!isFirst) expect(accepted(young)).to.not.contain(old["SECRET_KEY_PREVIOUS"]);
      old = young;
    }
  });

  for (const [how, current] of [
    ["marked as not filled", { AUTERITY_NOT_FILLED: "true" }],
    ["with an empty key", { SECRET_KEY: "", TOKEN: "" }],
  ] as const)
    it(`fills a secret that is ${how}: the key of before is the new one too`, async () => {
      const secret = announced(current);
      for (const step of steps) await take(secret, step);
      const value = secret.value("AWSCURRENT");
      expect(Object.keys(value).sort()).to.deep.equal([
        "SECRET_KEY",
        "SECRET_KEY_NEXT",
        "SECRET_KEY_PREVIOUS",
        "TOKEN",
        "TOKEN_NEXT",
        "TOKEN_PREVIOUS",
      ]);
      expect(value["SECRET_KEY_PREVIOUS"]).to.equal(value["SECRET_KEY"]);
      expect(value["TOKEN_PREVIOUS"]).to.equal(value["TOKEN"]);
      const [key, next, token, nextToken] = [
        "SECRET_KEY",
        "SECRET_KEY_NEXT",
        "TOKEN",
        "TOKEN_NEXT",
      ].map((variable) => value[variable]);
      expect(new Set([key, next, token, nextToken]).size).to.equal(4);
    });

  it("ends in the same state where each step is taken twice", async () => {
    const secret = announced(filled);
    for (const step of steps) {
      await take(secret, step);
      const once = secret.snapshot();
      await take(secret, step);
      expect(secret.snapshot(), step).to.deep.equal(once);
    }
    expect(secret.calls.filter((call) => call === "PutSecretValue")).to.have.length(1);
    expect(secret.calls.filter((call) => call === "UpdateSecretVersionStage")).to.have.length(1);
  });

  it("changes nothing any more once it is finished, whichever step is asked for", async () => {
    const secret = announced(filled);
    for (const step of steps) await take(secret, step);
    const finished = secret.snapshot();
    for (const step of steps) expect(await take(secret, step)).to.equal("unchanged");
    expect(secret.snapshot()).to.deep.equal(finished);
  });

  // What only reads has no effect to die after.
  for (const [call, when] of [
    ["DescribeSecret", "before"],
    ["GetSecretValue", "before"],
    ["PutSecretValue", "before"],
    ["PutSecretValue", "after"],
    ["UpdateSecretVersionStage", "before"],
    ["UpdateSecretVersionStage", "after"],
  ] as const)
    it(`survives a ${call} that is throttled, or whose run dies, ${when} it took effect`, async () => {
      const secret = announced(filled);
      const error = Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
      secret.failure = { call, when, error };
      let failures = 0;
      // As Secrets Manager does: from the first step again.
      for (let attempt = 0; attempt < 2; attempt += 1)
        try {
          for (const step of steps) await take(secret, step);
          break;
        } catch (thrown) {
          expect(thrown).to.equal(error);
          failures += 1;
        }
      expect(failures).to.equal(1);
      expect(secret.versions.get("v2")?.stages).to.contain("AWSCURRENT");
      expect(secret.versions.get("v1")?.stages).to.deep.equal(["AWSPREVIOUS"]);
      expect(secret.value("AWSCURRENT")["SECRET_KEY_PREVIOUS"]).to.equal("old-key");
      expect([...secret.versions.keys()]).to.deep.equal(["v1", "v2"]);
    });

  it("leaves the keys of a run that was faster", async () => {
    const secret = announced(filled);
    const [slow, fast] = await Promise.all([
      take(secret, "createSecret"),
      take(secret, "createSecret"),
    ]);
    expect([slow, fast].sort()).to.deep.equal(["done", "unchanged"]);
    for (const step of steps) await take(secret, step);
    expect(secret.value("AWSCURRENT")["SECRET_KEY_PREVIOUS"]).to.equal("old-key");
  });
});
