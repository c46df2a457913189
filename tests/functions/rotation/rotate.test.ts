import { expect } from "chai";
import { steps } from "../../../functions/shared/secret-rotation";
import { announced, filled, take } from "./secret-versions";

describe("rotation", () => {
  it("puts a new key in place and keeps the one of before beside it", async () => {
    const secret = announced(filled);
    for (const step of steps) await take(secret, step);
    const value = secret.value("AWSCURRENT");
    expect(Object.keys(value).sort()).to.deep.equal([
      "MODE",
      "SECRET_KEY",
      "SECRET_KEY_PREVIOUS",
      "TOKEN",
      "TOKEN_PREVIOUS",
    ]);
    expect(value["SECRET_KEY"]).to.match(/^[A-Za-z0-9_-]{64}$/);
    expect(Buffer.from(value["SECRET_KEY"] ?? "", "base64url")).to.have.length(48);
    expect(value["TOKEN"])
      .to.match(/^[A-Za-z0-9_-]{64}$/)
      .and.not.equal(value["SECRET_KEY"]);
    expect(value["SECRET_KEY_PREVIOUS"]).to.equal("old-key");
    expect(value["TOKEN_PREVIOUS"]).to.equal("old-token");
    expect(value["MODE"]).to.equal("x");
    expect(secret.versions.get("v1")?.stages).to.deep.equal(["AWSPREVIOUS"]);
    expect(secret.versions.get("v2")?.stages).to.deep.equal(["AWSPENDING", "AWSCURRENT"]);
  });

  it("keeps of two rotations the last two keys", async () => {
    const secret = announced(filled);
    for (const step of steps) await take(secret, step);
    const first = secret.value("AWSCURRENT");
    secret.versions.get("v2")!.stages = ["AWSCURRENT"];
    secret.announce("v3");
    for (const step of steps) await take(secret, step, "v3");
    const second = secret.value("AWSCURRENT");
    expect(second["SECRET_KEY_PREVIOUS"]).to.equal(first["SECRET_KEY"]);
    expect(second["SECRET_KEY"]).to.not.equal(first["SECRET_KEY"]);
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
        "SECRET_KEY_PREVIOUS",
        "TOKEN",
        "TOKEN_PREVIOUS",
      ]);
      expect(value["SECRET_KEY_PREVIOUS"]).to.equal(value["SECRET_KEY"]);
      expect(value["TOKEN_PREVIOUS"]).to.equal(value["TOKEN"]);
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
