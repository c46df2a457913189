import { randomBytes } from "node:crypto";
import { structured } from "./lines";
import type { Span } from "./otlp";
import type { Pod } from "./pods";

/** Something that nobody may find in a store, and how it was sent. */
export interface Planted {
  readonly where: string;
  readonly secret: string;
}

/** What was planted, and what has to be found all the same. */
export interface Plants {
  readonly planted: Planted[];
  readonly kept: Planted[];
  /** For the spans of one request, and the resource that they come from. */
  readonly span: Pick<Span, "attributes" | "events" | "error" | "name">;
  readonly resource: Readonly<Record<string, string | readonly string[]>>;
  /** For each pod, its lines. */
  readonly lines: (pod: Pod) => readonly string[];
}

/** Made when the drill runs: nothing that looks like a credential is written down. */
export function makePlants(traceId: string): Plants {
  const planted: Planted[] = [];
  const kept: Planted[] = [];
  const random = (): string => randomBytes(12).toString("hex");
  const secret = (where: string, shape: (random: string) => string = (text) => text): string => {
    const value = random();
    planted.push({ where, secret: value });
    return shape(value);
  };
  const keep = (where: string): string => {
    const value = random();
    kept.push({ where, secret: value });
    return value;
  };
  return {
    planted,
    kept,
    resource: {
      "process.command_args": ["python", `--token=${secret("resource process.command_args")}`],
      "app.config": `DATABASE_URL=postgres://app:${secret("resource value, password of an address")}@db/x`,
    },
    span: spanPlants(secret, keep),
    lines: (pod) => linePlants(pod, traceId, { secret, keep }),
  };
}

type Make = (where: string, shape?: (random: string) => string) => string;

function spanPlants(secret: Make, keep: Make): Plants["span"] {
  const openAi = (text: string): string => `sk-proj-${text}`;
  return {
    name: `GET /callback?access_token=${secret("span name")}`,
    attributes: {
      "http.response.status_code": 200,
      "http.request.header.authorization": `Bearer ${secret("header authorization")}`,
      "http.request.header.cookie": `session=${secret("header cookie")}; theme=dark`,
      "gen_ai.prompt.0.content": `Summarise ${secret("gen_ai.prompt.0.content")}`,
      "gen_ai.completion": secret("gen_ai.completion"),
      "gen_ai.input.messages": [`[{"content":"${secret("gen_ai.input.messages")}"}]`],
      "gen_ai.usage.completion_tokens": 812,
      "url.full": `https://api.example.com/v1?api_key=${secret("query of url.full")}&page=${keep("rest of url.full")}`,
      "db.query.text": `ALTER ROLE app PASSWORD = '${secret("db.query.text")}'`,
      "app.note": `key ${secret("key of OpenAI in a value", openAi)} was refused ${keep("rest of a value")}`,
    },
    events: [
      {
        name: "exception",
        attributes: {
          "exception.type": "ProviderError",
          "exception.message": `401 for ${secret("exception.message", openAi)}`,
          "exception.stacktrace": `File "x.py"\n  headers={'Authorization': 'Bearer ${secret("exception.stacktrace")}'}`,
        },
      },
    ],
    error: `refused: redis://:${secret("status message, address without a user")}@cache:6379`,
  };
}

function linePlants(
  pod: Pod,
  traceId: string,
  { secret, keep }: { readonly secret: Make; readonly keep: Make },
): string[] {
  const of = (where: string): string => `${pod.service} ${where}`;
  const line = (fields: Readonly<Record<string, unknown>>): string =>
    structured(pod, traceId, fields);
  const prompt = `He said "${secret(of("prompt, behind a quote"))}" and 'left'`;
  return [
    line({ prompt }),
    line({ note: keep(of("a field like any other")), api_key: secret(of("api_key")) }),
    line({ messages: [{ role: "user", content: secret(of("messages")) }], tokens: 12 }),
    line({ headers: { Authorization: `Bearer ${secret(of("headers in an object"))}` } }),
    line({ dump: JSON.stringify({ cookie: secret(of("JSON inside of JSON")) }) }),
    line({ prompts: { deep: [[secret(of("prompts, deep"))]] } }),
    line({ url: `amqp://user:p@${secret(of("password with an at sign"))}@mq:5671/%2f` }),
    line({ jwt: `eyJhbGciOiJIUzI1NiJ9.eyJ${secret(of("a web token"))}.c2ln` }),
    line({ hook: `https://hooks.slack.com/services/T0/B0/${secret(of("a hook of Slack"))}` }),
    line({ pem: pem(secret(of("a private key"))) }),
    // As they are written today: text, and JSON over several lines.
    `2026-01-05 10:00:00,000 - app - INFO - Authorization: Basic ${secret(of("a header as text"))}`,
    `2026-01-05 10:00:00,000 - app - INFO - Cookie: a=1; session=${secret(of("a cookie as text"))}`,
    `2026-01-05 10:00:00,000 - app - INFO - TWILIO_AUTH_TOKEN=${secret(of("a variable"))} SLACK_BOT_TOKEN=xoxb-${secret(of("a token of Slack"))} ${keep(of("rest of a text"))}`,
    `2026-01-05T10:00:00.000Z [info]: routed ${JSON.stringify({ messages: [{ role: "user", content: secret(of("a message over lines")) }], password: secret(of("a password over lines")) }, null, 2)}`,
  ];
}

/** Put together here, so that no scanner takes the source for a key. */
function pem(body: string): string {
  const [begin, end] = ["BEGIN", "END"].map((word) =>
    ["-----", word, " PRIVATE", " KEY-----"].join(""),
  );
  return `${begin}\n${body}\n${end}`;
}
