import { z } from "zod";
import { text } from "../schema-text";

const days = z.int().min(0).max(36_500);
/** Days that backups are kept, by how often they are made; 0: none of that kind. */
const classPlan = z.strictObject({
  /** Of buckets, every second; the database's own are data.database.backupRetentionDays. */
  continuousDays: days,
  dailyDays: days,
  weeklyDays: days,
  monthlyDays: days,
  /** Until monthly ones go to cold storage, where the store has such. */
  coldAfterDays: days,
});

/** Backups by the class of data, where they are copied to, and how they are proved: `auterity:backup`. */
export const backupSchema = z.strictObject({
  vital: classPlan,
  reproducible: classPlan,
  lock: z.strictObject({
    /** "compliance" can be undone by NOBODY once the days have passed: docs/disaster-recovery.md. */
    mode: z.enum(["none", "governance", "compliance"]),
    minRetentionDays: z.int().min(1),
    /** Of compliance alone: days to change one's mind. */
    coolingOffDays: z.int().min(3),
  }),
  /** Copies backups of vital data to recovery.region. */
  copyToRecoveryRegion: z.boolean(),
  /** "none", or a vault in another account, in this region. */
  otherAccountVaultArn: text(
    /^(none|arn:aws:backup:[a-z0-9-]+:\d{12}:backup-vault:[A-Za-z0-9_-]{2,50})$/,
    "need none, or the ARN of a backup vault",
  ),
  restoreTest: z.strictObject({
    enabled: z.boolean(),
    /** UTC; weekly or more often. */
    schedule: text(/^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/, "need cron(…) with six fields"),
    /** Alarm when a restored store would have lost more, the age of the last backup included. */
    rpoHours: z.number().positive(),
    /** Alarm when restore and checks took longer. */
    rtoMinutes: z.number().positive(),
  }),
});
