import { expect } from "chai";
import { PassThrough } from "node:stream";
import { describeRefusal } from "../../../tools/secrets/describe-refusal";
import { readValue } from "../../../tools/secrets/hidden-input";
import { SecretText } from "../../../tools/secrets/secret-text";

/** A terminal that somebody types into; gives the value and what the terminal showed. */
async function type(keys: string): Promise<{ value: string; shown: string; raw: boolean[] }> {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (on: boolean) => raw.push(on),
  });
  const prompt = new PassThrough();
  const reading = readValue("OPENAI_API_KEY", {
    file: undefined,
    stdin: stdin as unknown as NodeJS.ReadStream,
    prompt: prompt as unknown as NodeJS.WriteStream,
  });
  stdin.write(keys);
  const value = await reading.then((text) => text.reveal(), describeRefusal);
  return { value, shown: String(prompt.read()), raw };
}

describe("hidden input", () => {
  it("shows nothing of what is typed, and understands a correction", async () => {
    expect(await type("canarx\u007fy\r")).to.deep.equal({
      value: "canary",
      shown: "new value of OPENAI_API_KEY (not shown): \n",
      raw: [true, false],
    });
  });

  it("gives the terminal back when it is broken off", async () => {
    const { value, raw } = await type("can\u0003");
    expect([value, raw]).to.deep.equal(["broken off:\n  - nothing was changed", [true, false]]);
  });
});

describe("text that nobody may see", () => {
  it("is not printed, joined, serialised or inspected", async () => {
    const { inspect } = await import("node:util");
    const secret = new SecretText("canary");
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true }),
    ];
    expect(shown.join(" ")).to.not.contain("canary");
  });

  it("does not come along with an unexpected error", () => {
    const text = describeRefusal(new TypeError("Unexpected token in canary"));
    expect(text).to.match(/^TypeError\n\s+at /);
    expect(text).to.not.contain("canary");
  });
});
