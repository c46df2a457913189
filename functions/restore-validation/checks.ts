/** A question to a restored database; the answer of the source, or what was written down of it, is the measure. */
export type DatabaseCheck =
  | {
      /** Every table of the source is there, with about as many rows. */
      readonly kind: "row-counts";
      readonly database: string;
      /** "schema.table"; default: all that the source has. */
      readonly tables?: readonly string[];
      /** The source goes on being written after the moment that is restored: so far the two may be apart. */
      readonly tolerancePercent: number;
    }
  | {
      /** What the newest record's age shows to be lost: its time of the clock, in a column of the type timestamptz. */
      readonly kind: "newest-record";
      readonly database: string;
      readonly table: string;
      readonly column: string;
      readonly atMostSeconds: number;
    }
  | {
      /** Rows of a table that only grows are the same, byte for byte, up to shortly before the newest. */
      readonly kind: "checksum";
      readonly database: string;
      readonly table: string;
      readonly column: string;
      /** Rows younger than the newest restored one by so much are left out: transactions end in another order than they begin. */
      readonly settledSeconds: number;
    };

/** A question to a restored bucket. */
export type BucketCheck =
  | { readonly kind: "object-count"; readonly prefix: string; readonly tolerancePercent: number }
  | { readonly kind: "newest-object"; readonly prefix: string; readonly atMostSeconds: number }
  | {
      /** So many objects, spread over the listing, are the same as in the source, byte for byte. */
      readonly kind: "object-checksums";
      readonly prefix: string;
      readonly sample: number;
    };

export interface Finding {
  /** Which check, and of what. */
  readonly check: string;
  readonly holds: boolean;
  /** What was seen; never a value of a row. */
  readonly seen: string;
  /** Of a check of the newest record: what would be lost. */
  readonly lostSeconds?: number;
}

/** Runs one check; that it could not be run is a finding too: a page that cannot be read is what is looked for. */
export async function finding(
  check: string,
  look: () => Promise<Omit<Finding, "check">>,
): Promise<Finding> {
  try {
    return { check, ...(await look()) };
  } catch (error) {
    return { check, holds: false, seen: error instanceof Error ? error.message : String(error) };
  }
}

/** A small table grows by more than its percents in a day. */
const fewRows = 20;

/** Whether the restored number is what the source's may have been; with a tolerance of 0, exactly. */
export function isAbout(source: number, restored: number, tolerancePercent: number): boolean {
  if (source === restored) return true;
  if (tolerancePercent === 0 || (restored === 0 && source > fewRows)) return false;
  return Math.abs(source - restored) <= Math.max((source * tolerancePercent) / 100, fewRows);
}

/** Without a check, and with one that does not hold, nothing is proved. */
export function allHold(findings: readonly Finding[]): boolean {
  return findings.length > 0 && findings.every(({ holds }) => holds);
}

/** The worst of the newest records; undefined if no check asked. */
export function lostSeconds(findings: readonly Finding[]): number | undefined {
  const measured = findings.flatMap((one) => one.lostSeconds ?? []);
  return measured.length === 0 ? undefined : Math.max(...measured);
}
