import { expect } from "chai";
import { join } from "node:path";
import { startPolicyServer } from "../../tools/policies/server-process";
import { fixtures } from "./run-cli";

async function failure(pack: string, startSeconds = 20): Promise<string> {
  const packDirectory = join(fixtures, "packs", pack);
  const server = startPolicyServer({ packDirectory, project: "small", startSeconds });
  try {
    return `served on ${await server.port}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    server.stop();
  }
}

describe("a policy pack that does not serve", () => {
  it("is quoted when it fails", async () => {
    const message = await failure("broken");
    expect(message).to.match(/^policy pack: ended with \d+:\n/);
    expect(message).to.contain("Error: the pack is broken");
  });

  it("is given up when it hangs", async () => {
    expect(await failure("hanging", 1)).to.equal("policy pack: not loaded after 1 s");
  });

  it("is missed when it is not there", () => {
    const packDirectory = join(fixtures, "packs", "incomplete");
    expect(() => startPolicyServer({ packDirectory, project: "small" })).to.throw(
      /^policy pack: \S+\/incomplete has no package\.json$/,
    );
  });
});
