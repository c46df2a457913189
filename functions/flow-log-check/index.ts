import { AthenaClient } from "@aws-sdk/client-athena";
import { metricLine } from "./metrics";
import { type QuerySurroundings, runNamedQuery } from "./query";

/** What a run leaves to others; tests hurry and listen. */
export interface CheckSurroundings extends QuerySurroundings {
  readonly environment: string;
  readonly recordsQuery: string;
  readonly unexpectedQuery: string;
  readonly write: (line: string) => void;
}

/** Two queries, each with nearly half of the time that the function has. */
const pauseMilliseconds = 2_000;
const looks = 130;

/**
 * Counts, as metrics, conversations of the day before that the catalogue does not allow, and logs them. That there were
 * some is for the alarm to say: the run itself fails only where it could not look, and then there are no metrics.
 */
export async function handler(): Promise<void> {
  await check({
    client: new AthenaClient({ maxAttempts: 6, retryMode: "standard" }),
    environment: variable("ENVIRONMENT"),
    workgroup: variable("WORKGROUP"),
    database: variable("DATABASE"),
    recordsQuery: variable("RECORDS_QUERY"),
    unexpectedQuery: variable("UNEXPECTED_QUERY"),
    pauseMilliseconds,
    looks,
    // As it is: a line that the runtime wraps would carry no metrics.
    write: (line) => process.stdout.write(`${line}\n`),
  });
}

export async function check(around: CheckSurroundings): Promise<void> {
  const { environment, recordsQuery, unexpectedQuery, write } = around;
  const [counted] = await runNamedQuery(recordsQuery, around);
  const records = Number(counted?.["records"] ?? Number.NaN);
  if (!Number.isInteger(records)) throw new Error("the query for records counted nothing");
  const findings = await runNamedQuery(unexpectedQuery, around);
  write(metricLine({ environment, records, findings }, new Date()));
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}
