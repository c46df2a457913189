import { expect } from "chai";
import type { Step } from "../../../functions/shared/secret-rotation";
import { announced, filled, secretId, SecretVersions, take } from "./secret-versions";

describe("rotation refuses", () => {
  const cases: [string, (secret: SecretVersions) => void, Step, string][] = [
    [
      "a secret that does not rotate",
      (secret) => (secret.rotationEnabled = false),
      "createSecret",
      "its rotation is not enabled",
    ],
    [
      "a version that nobody announced",
      (secret) => secret.versions.delete("v2"),
      "createSecret",
      "its version v2 is not staged for rotation",
    ],
    [
      "a version of before",
      (secret) => (secret.versions.get("v2")!.stages = ["AWSPREVIOUS"]),
      "finishSecret",
      "its version v2 is not staged for rotation",
    ],
    [
      "a secret without a current version",
      (secret) => (secret.versions.get("v1")!.stages = []),
      "createSecret",
      "it has no current version",
    ],
    [
      "a secret without the tag",
      (secret) => (secret.tags = [{ Key: "team", Value: "platform" }]),
      "createSecret",
      "its tag auterity:variables names no variable to generate",
    ],
    [
      "a tag that names keys of before and after alone",
      (secret) =>
        (secret.tags = [{ Key: "auterity:variables", Value: "SECRET_KEY_PREVIOUS TOKEN_NEXT" }]),
      "createSecret",
      "its tag auterity:variables names no variable to generate",
    ],
    [
      "a tag with commas",
      (secret) => (secret.tags = [{ Key: "auterity:variables", Value: "A,B C" }]),
      "createSecret",
      "its tag auterity:variables names what is no variable: A,B",
    ],
    [
      "to set what was not created",
      () => undefined,
      "setSecret",
      "its version v2 has no value yet",
    ],
    [
      "to test what was not created",
      () => undefined,
      "testSecret",
      "its version v2 has no value yet",
    ],
    [
      "to finish what was not created",
      () => undefined,
      "finishSecret",
      "its version v2 has no value yet",
    ],
  ];
  for (const [what, spoil, step, message] of cases)
    it(what, async () => {
      const secret = announced(filled);
      spoil(secret);
      const before = secret.snapshot();
      expect(await refusal(secret, step)).to.equal(`secret ${secretId}: ${message}`);
      expect(secret.snapshot()).to.deep.equal(before);
    });

  const planted = "planted-s3cret-value";
  const shapes: [string, string | undefined, string][] = [
    ["no text", undefined, "it holds no text"],
    ["text that is no JSON", planted, "its text is no JSON"],
    ["JSON that is no object", JSON.stringify([planted]), "its text is no JSON object"],
    [
      "a variable that is no text",
      JSON.stringify({ [planted]: { key: planted } }),
      "some of its variables hold something other than text",
    ],
  ];
  for (const [what, text, message] of shapes)
    it(`a current value with ${what}, without showing it`, async () => {
      const secret = new SecretVersions(text);
      secret.announce("v2");
      const told = await refusal(secret, "createSecret");
      expect(told).to.equal(`secret ${secretId}: ${message}`);
      expect(told).to.not.contain(planted);
    });

  it("to let a key made before take over from what a person wrote since", async () => {
    const secret = announced(filled);
    for (const step of ["createSecret", "setSecret", "testSecret"] as const)
      await take(secret, step);
    secret.overwrite("v9", { ...filled, SECRET_KEY: planted, MODE: "y" });
    for (const step of ["testSecret", "finishSecret"] as const)
      expect(await refusal(secret, step)).to.equal(
        `secret ${secretId}: its pending version cannot take over (cancel the rotation and start it again):\n` +
          "  - SECRET_KEY_PREVIOUS does not hold the key of before\n" +
          "  - variables beside the generated changed",
      );
    expect(secret.value("AWSCURRENT")["SECRET_KEY"]).to.equal(planted);
  });

  it("a pending value that nobody generated", async () => {
    const secret = announced(filled);
    const pending = { ...filled, AUTERITY_NOT_FILLED: "true", TOKEN: "short" };
    secret.versions.get("v2")!.text = JSON.stringify(pending);
    expect(await refusal(secret, "testSecret")).to.equal(
      `secret ${secretId}: its pending version cannot take over (cancel the rotation and start it again):\n` +
        "  - SECRET_KEY does not hold the key that was announced\n" +
        "  - SECRET_KEY_PREVIOUS does not hold the key of before\n" +
        "  - SECRET_KEY_NEXT holds no new key\n" +
        "  - TOKEN changed before anybody was told of the key that comes next\n" +
        "  - TOKEN_PREVIOUS does not hold the key of before\n" +
        "  - TOKEN_NEXT holds no new key\n" +
        "  - AUTERITY_NOT_FILLED is still there",
    );
  });

  it("a first pending value that nobody generated", async () => {
    const secret = announced({ AUTERITY_NOT_FILLED: "true" });
    secret.versions.get("v2")!.text = JSON.stringify({ SECRET_KEY: "short", TOKEN: "" });
    expect(await refusal(secret, "testSecret")).to.contain(
      "  - SECRET_KEY holds no generated key\n" +
        "  - SECRET_KEY_PREVIOUS does not hold the key of before\n" +
        "  - SECRET_KEY_NEXT holds no new key\n" +
        "  - TOKEN holds no generated key\n",
    );
  });

  const [one, other] = ["k".repeat(64), "n".repeat(64)];
  const repeats: [string, string][] = [
    ["the key in use", one],
    ["the key that takes over", other],
  ];
  for (const [what, next] of repeats)
    it(`a pending value whose next key repeats ${what}`, async () => {
      const secret = announced({ ...filled, SECRET_KEY: one, SECRET_KEY_NEXT: other });
      const pending = { SECRET_KEY: other, SECRET_KEY_PREVIOUS: one, SECRET_KEY_NEXT: next };
      secret.versions.get("v2")!.text = JSON.stringify({ ...filled, ...pending });
      expect(await refusal(secret, "testSecret")).to.contain(
        "  - SECRET_KEY_NEXT holds no new key\n",
      );
    });
});

async function refusal(secret: SecretVersions, step: Step): Promise<string> {
  try {
    await take(secret, step);
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was refused";
}
