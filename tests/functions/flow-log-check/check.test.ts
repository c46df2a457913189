import {
  AthenaClient,
  GetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type Row,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { check, handler } from "../../../functions/flow-log-check";

/** Athena with a few named queries, each of which ends as told, after a look in which it still runs. */
class Athena {
  readonly client = new AthenaClient({ region: "us-west-2" });
  readonly mock = mockClient(this.client);
  readonly started: unknown[] = [];
  readonly stopped: unknown[] = [];
  states: Record<string, string> = {};
  private readonly looked = new Set<string>();

  /** Pages of rows, by id of the query. */
  constructor(private readonly pages: Readonly<Record<string, readonly string[][][]>>) {
    this.mock
      .on(GetNamedQueryCommand)
      .callsFake(({ NamedQueryId: id }: { NamedQueryId: string }) =>
        id in pages ? { NamedQuery: { Name: `name-of-${id}`, QueryString: `SELECT ${id}` } } : {},
      );
    this.mock.on(StartQueryExecutionCommand).callsFake((input: { QueryString: string }) => {
      this.started.push(input);
      return { QueryExecutionId: input.QueryString.replace("SELECT ", "") };
    });
    this.mock
      .on(GetQueryExecutionCommand)
      .callsFake(({ QueryExecutionId: id }: { QueryExecutionId: string }) => this.status(id));
    this.mock
      .on(GetQueryResultsCommand)
      .callsFake((input: { QueryExecutionId: string; NextToken?: string }) => this.page(input));
    this.mock.on(StopQueryExecutionCommand).callsFake((input: unknown) => {
      this.stopped.push(input);
      return {};
    });
  }

  private status(id: string) {
    const first = !this.looked.has(id);
    this.looked.add(id);
    const state = first ? "RUNNING" : (this.states[id] ?? "SUCCEEDED");
    return { QueryExecution: { Status: { State: state, StateChangeReason: "because" } } };
  }

  private page({
    QueryExecutionId: id,
    NextToken = "0",
  }: {
    QueryExecutionId: string;
    NextToken?: string;
  }) {
    const pages = this.pages[id] ?? [];
    const at = Number(NextToken);
    const rows = (pages[at] ?? []).map((cells): Row => ({
      Data: cells.map((text) => (text === "" ? {} : { VarCharValue: text })),
    }));
    return {
      ResultSet: { Rows: rows },
      ...(at + 1 < pages.length && { NextToken: String(at + 1) }),
    };
  }
}

const header = ["client_tier", "server_tier", "port"];

describe("the check of the flow logs", () => {
  it("counts records and findings, over all pages, and logs them with their names", async () => {
    const athena = new Athena({
      records: [[["records"], ["42"]]],
      unexpected: [[header, ["public", "data", "5432"]], [["private", "internet", ""]]],
    });
    const [line] = await look(athena);
    const { _aws: embedded, ...rest } = JSON.parse(line ?? "") as Record<string, unknown>;
    expect(rest).to.deep.equal({
      Environment: "test",
      UnexpectedConversations: 2,
      FlowLogRecords: 42,
      findings: [
        { client_tier: "public", server_tier: "data", port: "5432" },
        { client_tier: "private", server_tier: "internet", port: "" },
      ],
    });
    const { Timestamp, CloudWatchMetrics } = embedded as Record<string, unknown>;
    expect(Timestamp).to.be.closeTo(Date.now(), 60_000);
    expect(CloudWatchMetrics).to.deep.equal([
      {
        Namespace: "Auterity/FlowLogs",
        Dimensions: [["Environment"]],
        Metrics: [
          { Name: "UnexpectedConversations", Unit: "Count" },
          { Name: "FlowLogRecords", Unit: "Count" },
        ],
      },
    ]);
    expect(athena.started).to.deep.equal(
      ["records", "unexpected"].map((id) => ({
        QueryString: `SELECT ${id}`,
        WorkGroup: "group",
        QueryExecutionContext: { Database: "logs" },
      })),
    );
  });

  it("says that it found nothing", async () => {
    const [line] = await look(
      new Athena({ records: [[["records"], ["42"]]], unexpected: [[header]] }),
    );
    expect(JSON.parse(line ?? "")).to.include({ UnexpectedConversations: 0, FlowLogRecords: 42 });
  });

  it("counts all findings and logs as many as a line holds", async () => {
    const row = ["private", "internet", "6667"];
    const [line = ""] = await look(
      new Athena({
        records: [[["records"], ["42"]]],
        unexpected: [[header, ...Array.from({ length: 500 }, () => row)]],
      }),
    );
    const told = JSON.parse(line) as Record<string, unknown>;
    expect(told["UnexpectedConversations"]).to.equal(500);
    expect(told["findings"]).to.have.length(100);
    expect(Buffer.byteLength(line)).to.be.below(256 * 1024);
  });

  for (const state of ["FAILED", "CANCELLED"])
    it(`fails, and counts nothing, where a query is ${state.toLowerCase()}`, async () => {
      const athena = new Athena({ records: [[["records"], ["42"]]], unexpected: [[header]] });
      athena.states["unexpected"] = state;
      expect(await refusal(athena)).to.deep.equal({
        message: `query name-of-unexpected: ${state.toLowerCase()}, because`,
        lines: [],
      });
    });

  it("stops a query that takes too long", async () => {
    const athena = new Athena({ records: [[["records"], ["42"]]], unexpected: [[header]] });
    athena.states["unexpected"] = "RUNNING";
    expect(await refusal(athena)).to.deep.equal({
      message: "query name-of-unexpected: took too long and was stopped",
      lines: [],
    });
    expect(athena.stopped).to.deep.equal([{ QueryExecutionId: "unexpected" }]);
  });

  for (const [what, pages, message] of [
    ["there is no such query", {}, "query records: there is none of that id"],
    [
      "nothing was counted",
      { records: [[["records"]]], unexpected: [[header]] },
      "the query for records counted nothing",
    ],
  ] as const)
    it(`fails where ${what}`, async () => {
      expect(await refusal(new Athena(pages as never))).to.deep.equal({ message, lines: [] });
    });

  it("passes on that Athena refuses it", async () => {
    const athena = new Athena({ records: [[["records"], ["42"]]] });
    athena.mock.on(StartQueryExecutionCommand).rejects(new Error("TooManyRequestsException"));
    expect((await refusal(athena)).message).to.equal("TooManyRequestsException");
  });

  it("names a variable that its environment lacks", async () => {
    let message = "";
    await handler().catch((error: unknown) => (message = (error as Error).message));
    expect(message).to.match(/^(ENVIRONMENT|WORKGROUP) is not set$/);
  });
});

async function look(athena: Athena, lines: string[] = []): Promise<string[]> {
  await check({
    client: athena.client,
    environment: "test",
    workgroup: "group",
    database: "logs",
    recordsQuery: "records",
    unexpectedQuery: "unexpected",
    pauseMilliseconds: 1,
    looks: 5,
    write: (line) => lines.push(line),
  });
  return lines;
}

async function refusal(athena: Athena): Promise<{ message: string; lines: string[] }> {
  const lines: string[] = [];
  try {
    await look(athena, lines);
  } catch (error) {
    return { message: (error as Error).message, lines };
  }
  return { message: "nothing was refused", lines };
}
