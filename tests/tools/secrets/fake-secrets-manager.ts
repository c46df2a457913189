import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Version {
  readonly text: string;
  stages: string[];
  readonly createdAt: number;
}

interface FakeSecret {
  readonly arn: string;
  readonly versions: Map<string, Version>;
  /** Further fields of DescribeSecret. */
  describe: Record<string, unknown>;
}

interface Call {
  readonly operation: string;
  readonly secret: string;
  readonly body: Record<string, unknown>;
}

/** What happens instead of an answer: an error of the service, or anything the test does with the connection. */
type Fault =
  | { readonly status: number; readonly type: string; readonly message?: string }
  | ((answer: () => void, request: IncomingMessage, response: ServerResponse) => void);

/** Secrets Manager in memory, by the JSON protocol that the SDK speaks, so that the real SDK is tested. */
export interface FakeSecretsManager {
  readonly url: string;
  readonly calls: Call[];
  readonly secrets: Map<string, FakeSecret>;
  /** Asked before each call, by its number from 0. */
  fault: (call: Call, number: number) => Fault | undefined;
  readonly create: (name: string, text: string, describe?: Record<string, unknown>) => FakeSecret;
  /** The current value by key. */
  readonly valueOf: (name: string) => unknown;
  readonly versionCount: (name: string) => number;
  readonly stop: () => Promise<void>;
}

export const account = "111122223333";

export async function startFakeSecretsManager(): Promise<FakeSecretsManager> {
  const secrets = new Map<string, FakeSecret>();
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const call = { operation, secret: String(body["SecretId"]), body };
      const number = calls.push(call) - 1;
      const answer = (): void => {
        const { status, content } = perform(secrets, call);
        send(response, status, content);
      };
      const fault = fake.fault(call, number);
      if (fault === undefined) answer();
      else if (typeof fault === "function") fault(answer, request, response);
      else send(response, fault.status, { __type: fault.type, message: fault.message ?? "" });
    });
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const current = (name: string): Version | undefined =>
    [...(secrets.get(name)?.versions.values() ?? [])].find(({ stages }) =>
      stages.includes("AWSCURRENT"),
    );
  const fake: FakeSecretsManager = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    secrets,
    fault: () => undefined,
    create: (name, text, describe = {}) => {
      const arn = `arn:aws:secretsmanager:us-west-2:${account}:secret:${name}-AbCdEf`;
      const first: Version = { text, stages: ["AWSCURRENT"], createdAt: Date.now() / 1000 };
      const secret = { arn, describe, versions: new Map([["version-0", first]]) };
      secrets.set(name, secret);
      return secret;
    },
    valueOf: (name) => JSON.parse(current(name)?.text ?? "null") as unknown,
    versionCount: (name) => secrets.get(name)?.versions.size ?? 0,
    stop: () =>
      new Promise((settle) => {
        server.close(() => {
          settle();
        });
        server.closeAllConnections();
      }),
  };
  return fake;
}

interface Answer {
  readonly status: number;
  readonly content: Record<string, unknown>;
}

function perform(
  secrets: Map<string, FakeSecret>,
  { operation, secret: name, body }: Call,
): Answer {
  const secret = secrets.get(name);
  if (secret === undefined)
    return {
      status: 400,
      content: {
        __type: "ResourceNotFoundException",
        message: "Secrets Manager can't find the specified secret.",
      },
    };
  const identity = { ARN: secret.arn, Name: name };
  if (operation === "DescribeSecret")
    return { status: 200, content: { ...identity, ...secret.describe } };
  if (operation === "PutSecretValue") return put(secret, { identity, body });
  const stage = typeof body["VersionStage"] === "string" ? body["VersionStage"] : "AWSCURRENT";
  const found = [...secret.versions].find(([, { stages }]) => stages.includes(stage));
  if (found === undefined)
    return {
      status: 400,
      content: { __type: "ResourceNotFoundException", message: "no such version" },
    };
  const [VersionId, { text, stages, createdAt }] = found;
  return {
    status: 200,
    content: {
      ...identity,
      VersionId,
      SecretString: text,
      VersionStages: stages,
      CreatedDate: createdAt,
    },
  };
}

/** A repeated token with the same content changes nothing; with another content it is refused. */
function put(
  secret: FakeSecret,
  { identity, body }: { readonly identity: object; readonly body: Record<string, unknown> },
): Answer {
  const token = String(body["ClientRequestToken"]);
  const text = String(body["SecretString"]);
  const there = secret.versions.get(token);
  if (there !== undefined && there.text !== text)
    return { status: 400, content: { __type: "ResourceExistsException", message: text } };
  if (there === undefined) {
    for (const version of secret.versions.values())
      version.stages = version.stages.includes("AWSCURRENT") ? ["AWSPREVIOUS"] : [];
    secret.versions.set(token, { text, stages: ["AWSCURRENT"], createdAt: Date.now() / 1000 });
  }
  return { status: 200, content: { ...identity, VersionId: token, VersionStages: ["AWSCURRENT"] } };
}

function send(response: ServerResponse, status: number, content: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(content));
}
