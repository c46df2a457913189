import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { handler } from "../../../functions/rotation";
import { rotate } from "../../../functions/rotation/rotate";
import { steps } from "../../../functions/shared/secret-rotation";
import { filled, secretId, SecretVersions } from "./secret-versions";

describe("the rotation function", () => {
  for (const [what, event, message] of [
    ["no event", undefined, "the event names no secret or no version"],
    ["an event without a version", { SecretId: "s" }, "the event names no secret or no version"],
    [
      "a step that there is not",
      { SecretId: "s", ClientRequestToken: "v", Step: "dropSecret" },
      "the event names no step, need one of createSecret, setSecret, testSecret, finishSecret",
    ],
  ] as const)
    it(`refuses ${what}`, async () => {
      let told = "";
      await handler(event).catch((error: unknown) => (told = (error as Error).message));
      expect(told).to.equal(message);
    });

  it("logs every step, and no value, old or new", async () => {
    const secret = new SecretVersions(JSON.stringify(filled), SecretsManagerClient);
    secret.announce("v2");
    const lines: string[] = [];
    const { info } = console;
    console.info = (...line: unknown[]) => lines.push(line.join(" "));
    try {
      for (const Step of steps)
        await handler({ SecretId: secretId, ClientRequestToken: "v2", Step });
    } finally {
      console.info = info;
      secret.mock.restore();
    }
    expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal(
      steps.map((step) => ({
        message: "rotation step",
        secretId,
        versionId: "v2",
        step,
        outcome: step === "setSecret" ? "unchanged" : "done",
      })),
    );
    const { SECRET_KEY_NEXT: key = "" } = secret.value("AWSCURRENT");
    expect(key).to.have.length(64);
    for (const value of [key, filled.SECRET_KEY, filled.SECRET_KEY_NEXT, filled.TOKEN])
      expect(lines.join()).to.not.contain(value);
  });

  it("repeats a throttled call by itself", async () => {
    let throttled = 0;
    const server = await answering((target) => {
      if (throttled < 2) {
        throttled += 1;
        return [400, { __type: "ThrottlingException", message: "Rate exceeded" }];
      }
      return target.endsWith("DescribeSecret")
        ? [
            200,
            {
              RotationEnabled: true,
              Tags: [{ Key: "auterity:variables", Value: "TOKEN" }],
              VersionIdsToStages: { v1: ["AWSCURRENT"], v2: ["AWSPENDING"] },
            },
          ]
        : [200, { SecretString: JSON.stringify({ TOKEN: "key" }) }];
    });
    const { port } = server.address() as AddressInfo;
    const client = new SecretsManagerClient({
      region: "us-west-2",
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 6,
      retryMode: "standard",
    });
    try {
      const event = { SecretId: "s", ClientRequestToken: "v2", Step: "createSecret" } as const;
      expect(await rotate(event, client)).to.equal("unchanged");
      expect(throttled).to.equal(2);
    } finally {
      client.destroy();
      server.close();
    }
  });
});

type Answer = [status: number, body: unknown];

function answering(answer: (target: string) => Answer): Promise<Server> {
  const server = createServer((request, response) => {
    const [status, body] = answer(String(request.headers["x-amz-target"]));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    request.resume().on("end", () => response.end(JSON.stringify(body)));
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      resolve(server);
    }),
  );
}
