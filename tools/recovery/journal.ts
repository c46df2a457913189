import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../secrets/written-file";
import { RecoveryError } from "./recovery-error";

const journalSchema = z.strictObject({
  format: z.literal(1),
  direction: z.enum(["failover", "failback"]),
  standby: z.string(),
  startedAt: z.iso.datetime(),
  /** Why something unsafe was done all the same. */
  forcedBecause: z.string().optional(),
  /** Why nobody looked at what a deployment would meet. */
  skippedPreviewBecause: z.string().optional(),
  steps: z.record(
    z.string(),
    z.strictObject({
      startedAt: z.iso.datetime(),
      endedAt: z.iso.datetime().optional(),
      seconds: z.number().optional(),
    }),
  ),
});
type Content = z.infer<typeof journalSchema>;

/** What was done when, so that whoever runs it again goes on; each step asks for itself whether it is done. */
export interface Journal {
  readonly path: string;
  readonly content: Content;
  readonly begin: (step: string, now: Date) => void;
  readonly end: (step: string, now: Date) => number;
  readonly force: (reason: string) => void;
  readonly skip: (reason: string) => void;
}

interface JournalRequest {
  readonly directory: string;
  readonly direction: Content["direction"];
  readonly standby: string;
  readonly now: Date;
}

/** @throws RecoveryError for a file that is none. */
export function openJournal(request: JournalRequest): Journal {
  const { directory, direction, standby, now } = request;
  const path = join(directory, `${standby}-${direction}.json`);
  const content: Content = existsSync(path)
    ? read(path)
    : { format: 1, direction, standby, startedAt: now.toISOString(), steps: {} };
  const save = (): void => {
    mkdirSync(directory, { recursive: true });
    writeWhole(path, `${JSON.stringify(content, undefined, 2)}\n`, 0o600);
  };
  return {
    path,
    content,
    begin: (step, at) => {
      content.steps[step] ??= { startedAt: at.toISOString() };
      save();
    },
    end: (step, at) => {
      const entry = content.steps[step] ?? { startedAt: at.toISOString() };
      const seconds = (at.getTime() - Date.parse(entry.startedAt)) / 1000;
      content.steps[step] = { ...entry, endedAt: at.toISOString(), seconds };
      save();
      return seconds;
    },
    force: (reason) => {
      content.forcedBecause = reason;
      save();
    },
    skip: (reason) => {
      content.skippedPreviewBecause = reason;
      save();
    },
  };
}

function read(path: string): Content {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    raw = undefined;
  }
  const parsed = journalSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new RecoveryError("the journal cannot be used", [
    `${path}: is none; move it away to begin anew`,
  ]);
}
