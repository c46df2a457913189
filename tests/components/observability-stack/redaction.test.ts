import { expect } from "chai";
import { valuesOf } from "./fixture";

describe("Redaction of traces and logs", () => {
  const configurationOf = async (name: string) =>
    (await valuesOf(name))["alternateConfig"] as {
      processors: Record<string, Record<string, unknown>>;
      service: {
        pipelines: Record<
          string,
          { receivers: string[]; processors?: string[]; exporters: string[] }
        >;
      };
    };

  it("happens on the node, before anything leaves it", async () => {
    const { service, processors } = await configurationOf("otel-agent");
    for (const signal of ["traces", "logs"]) {
      const order = service.pipelines[signal]!.processors!;
      expect(order[0]).to.equal("memory_limiter");
      // Nothing that would hold them in memory comes after it: the next is the queue on the node's disk.
      expect(order.at(-1)).to.equal("transform/redact");
    }
    const statements = (processors["transform/redact"] as Record<string, string[]>)[
      "trace_statements"
    ]!;
    for (const context of ["resource", "scope", "span", "spanevent"])
      expect(
        statements.some((statement) =>
          statement.startsWith(`delete_matching_keys(${context}.attributes`),
        ),
      ).to.equal(true);
  });

  /** What the collector's own expressions find, with their two escapes undone. */
  const unescaped = (text: string): string =>
    text.replaceAll("$$", "$").replaceAll(/\\(["\\])/g, "$1");
  const statements = async (): Promise<string[]> => {
    const { processors } = await configurationOf("otel-agent");
    return (processors["transform/redact"] as Record<string, string[]>)["log_statements"]!;
  };
  const deletes = async () => {
    const found = (await statements()).find((each) =>
      each.startsWith("delete_matching_keys(log.attributes"),
    );
    return new RegExp(unescaped(/"\(\?i\)(.*)"\)$/.exec(found!)![1]!), "i");
  };
  const redact = async (line: string): Promise<string> => {
    let text = line;
    for (const statement of await statements()) {
      const parts =
        /^replace_pattern\(log\.body, "\(\?(i?s)\)(.*)", "([^"]*)"\) where IsString\(log\.body\)$/.exec(
          statement,
        );
      if (parts === null) continue;
      const [, flags = "", pattern = "", by = ""] = parts;
      text = text.replaceAll(new RegExp(unescaped(pattern), `g${flags}`), unescaped(by));
    }
    return text;
  };

  it("takes names of credentials and prompts, and keeps how many tokens were used", async () => {
    const secret = await deletes();
    for (const name of [
      ...["http.request.header.authorization", "Cookie", "db.password", "OPENAI_API_KEY"],
      ...["gen_ai.prompt", "gen_ai.prompt.0.content", "gen_ai.completion", "prompt"],
      ...["gen_ai.input.messages", "refresh_token", "x-api-key"],
    ])
      expect(secret.test(name), name).to.equal(true);
    for (const name of [
      ...["gen_ai.usage.completion_tokens", "gen_ai.usage.input_tokens", "llm.total_tokens"],
      ...["http.route", "prompt_version", "user.id", "trace_id"],
    ])
      expect(secret.test(name), name).to.equal(false);
  });

  for (const [sentence, line, expected] of [
    [
      "a prompt goes to its end, quotes and all",
      String.raw`{"prompt":"say \"hello\" twice","user":"u1"}`,
      `{"prompt":[redacted],"user":"u1"}`,
    ],
    [
      "what people wrote goes as a whole list",
      `{"messages":[{"role":"user","content":"text"}],"tokens":12}`,
      `{"messages":[redacted],"tokens":12}`,
    ],
    [
      "what is deeper than that goes with all that follows",
      `{"prompts":{"a":[["text"]]},"tokens":12}`,
      `{"prompts":[redacted]`,
    ],
    [
      "a message on a line of its own goes",
      `      "content": "text",`,
      `      "content": [redacted],`,
    ],
    [
      "JSON inside of JSON loses what comes after the name",
      String.raw`{"dump":"{\"cookie\":\"a=1\",\"b\":2}","c":3}`,
      String.raw`{"dump":"{\"cookie\":[redacted]","c":3}`,
    ],
    [
      "a header as text goes to the end of the line",
      "Cookie: a=1; session=2",
      "Cookie: [redacted]",
    ],
    [
      "a variable goes, and its neighbour stays",
      "X_API_KEY=abc status=200",
      "X_API_KEY=[redacted] status=200",
    ],
    [
      "a parameter of an address goes, and the next one stays",
      "GET /a?access_token=abc&page=2",
      "GET /a?access_token=[redacted]&page=2",
    ],
    [
      "a password inside of an address goes, with no user before it",
      "redis://:p@ss@cache:6379/0",
      "redis[redacted]cache:6379/0",
    ],
    [
      "counts of tokens, ports and times stay",
      "max_tokens=100 completion_tokens: 7 at 10:00:00 of http://relaycore:3001/ai",
      "max_tokens=100 completion_tokens: 7 at 10:00:00 of http://relaycore:3001/ai",
    ],
  ] as const)
    it(`of text: ${sentence}`, async () => {
      expect(await redact(line)).to.equal(expected);
    });

  it("is written so that the chart's own templates do not read it", async () => {
    expect(JSON.stringify(await configurationOf("otel-agent"))).not.to.contain("{{");
  });
});
