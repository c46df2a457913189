import { expect } from "chai";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chatUrl, sendChat } from "../../../functions/cost-report/send";

describe("the chat of the cost report", () => {
  it("gets the page as it is, by an https address that nothing repeats", async () => {
    const received: string[] = [];
    const server = createServer((request, response) => {
      request.on("data", (part: Buffer) => received.push(part.toString()));
      request.on("end", () => response.writeHead(request.url === "/good" ? 200 : 404).end());
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await sendChat(`${origin}/good`, "one\ntwo");
    expect(JSON.parse(received.join(""))).to.deep.equal({ text: "```\none\ntwo\n```" });
    const refused = await sendChat(`${origin}/secret-path`, "x").catch((error: unknown) => error);
    expect(String(refused)).to.equal("Error: chat: HTTP 404");
    await new Promise((closed) => server.close(closed));
    const away = await sendChat(`${origin}/secret-path`, "x").catch((error: unknown) => error);
    expect(String(away)).to.match(/^Error: chat: no answer \(\w+\)$/);
  });

  it("is refused where the secret holds no such address, without saying what it holds", () => {
    expect(chatUrl({ SecretString: "https://chat.example.com/hook" })).to.equal(
      "https://chat.example.com/hook",
    );
    for (const SecretString of ["", "hook", "http://chat.example.com/hook"])
      expect(() => chatUrl({ SecretString })).to.throw(
        /^chat: the secret holds no https:\/\/ address of a webhook$/,
      );
  });
});
