/** Asks the domain; a status that is no success is an error of its own. */
export type Ask = (method: "GET" | "DELETE", path: string) => Promise<string>;

interface Retention {
  /** Names of indices begin with it and a hyphen. */
  readonly prefix: string;
  readonly retentionDays: number;
  readonly today: Date;
}

const millisecondsOfDay = 86_400_000;

/** Oldest first. What does not end with a date is left alone, whatever its name begins with. */
export async function deleteOldIndices(retention: Retention, ask: Ask): Promise<string[]> {
  const { retentionDays } = retention;
  // Not a number compares as neither older nor younger: nothing would ever be deleted, and nobody told.
  if (!Number.isInteger(retentionDays) || retentionDays < 1)
    throw new Error(`RETENTION_DAYS: got ${retentionDays}, need a whole number of 1 or more`);
  const answer = await ask("GET", `/_cat/indices/${retention.prefix}-*?format=json&h=index`);
  const indices = (JSON.parse(answer) as { index: string }[]).map(({ index }) => index);
  const old = indices.filter((index) => isOld(index, retention)).sort(byDate);
  const failures: string[] = [];
  for (const index of old)
    try {
      await ask("DELETE", `/${index}`);
    } catch (error) {
      failures.push(`${index}: ${error instanceof Error ? error.message : String(error)}`);
    }
  if (failures.length > 0) throw new Error(`not deleted: ${failures.join("; ")}`);
  return old;
}

function dateOf(index: string): string | undefined {
  return /-(\d{4}-\d{2}-\d{2})$/.exec(index)?.[1];
}

function byDate(a: string, b: string): number {
  return (dateOf(a) ?? "") < (dateOf(b) ?? "") ? -1 : 1;
}

/** The day after an index's own is the first on which nothing is written to it any more. */
function isOld(index: string, { prefix, retentionDays, today }: Retention): boolean {
  const date = dateOf(index);
  if (date === undefined || !index.startsWith(`${prefix}-`)) return false;
  const ended = Date.parse(`${date}T00:00:00Z`) + millisecondsOfDay;
  return today.getTime() - ended >= retentionDays * millisecondsOfDay;
}
