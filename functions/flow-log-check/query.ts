import {
  type AthenaClient,
  GetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { setTimeout as wait } from "node:timers/promises";

/** Where a query runs, and how long it may; tests hurry. */
export interface QuerySurroundings {
  readonly client: AthenaClient;
  readonly workgroup: string;
  readonly database: string;
  readonly pauseMilliseconds: number;
  /** Looks at a query before it is given up. */
  readonly looks: number;
}

export type Row = Readonly<Record<string, string>>;

/**
 * Runs a query that Athena knows by its id and returns its rows by the names of the columns.
 * @throws Error with Athena's reason if it fails, or if it takes too long; then it is stopped, since it is paid for.
 */
export async function runNamedQuery(id: string, around: QuerySurroundings): Promise<Row[]> {
  const { client, workgroup, database } = around;
  const { NamedQuery } = await client.send(new GetNamedQueryCommand({ NamedQueryId: id }));
  const { Name: name = id, QueryString } = NamedQuery ?? {};
  if (QueryString === undefined) throw new Error(`query ${id}: there is none of that id`);
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({
      QueryString,
      WorkGroup: workgroup,
      QueryExecutionContext: { Database: database },
    }),
  );
  if (QueryExecutionId === undefined) throw new Error(`query ${name}: it did not start`);
  await finish(name, QueryExecutionId, around);
  return readRows(QueryExecutionId, client);
}

async function finish(
  name: string,
  executionId: string,
  { client, pauseMilliseconds, looks }: QuerySurroundings,
): Promise<void> {
  for (let look = 0; look < looks; look += 1) {
    const { QueryExecution } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId: executionId }),
    );
    const { State: state, StateChangeReason: reason = "no reason given" } =
      QueryExecution?.Status ?? {};
    if (state === "SUCCEEDED") return;
    if (state === "FAILED" || state === "CANCELLED")
      throw new Error(`query ${name}: ${state.toLowerCase()}, ${reason}`);
    await wait(pauseMilliseconds);
  }
  await client.send(new StopQueryExecutionCommand({ QueryExecutionId: executionId }));
  throw new Error(`query ${name}: took too long and was stopped`);
}

async function readRows(executionId: string, client: AthenaClient): Promise<Row[]> {
  const rows: Row[] = [];
  let columns: string[] | undefined;
  let token: string | undefined;
  do {
    const page = await client.send(
      new GetQueryResultsCommand({
        QueryExecutionId: executionId,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    for (const { Data: cells = [] } of page.ResultSet?.Rows ?? []) {
      const texts = cells.map((cell) => cell.VarCharValue ?? "");
      // The first row of all holds the names.
      if (columns === undefined) columns = texts;
      else rows.push(Object.fromEntries(columns.map((column, at) => [column, texts[at] ?? ""])));
    }
    token = page.NextToken;
  } while (token !== undefined);
  return rows;
}
