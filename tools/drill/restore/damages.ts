import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { keptObjects } from "./backups";
import { type Cluster, on, restore } from "./cluster";
import { look, type Lost, must, told } from "./look";
import { copyObjects, damageObject, deleteObject } from "./object-store";
import { table } from "./writers";

interface Damage {
  readonly name: string;
  readonly what: string;
  /** Done to a copy in the bucket that nothing else uses. */
  readonly inBucket?: (at: (key: string) => string) => Promise<void>;
  /** Done to what was restored, before it starts. */
  readonly onDisk?: (data: string) => void;
}

export async function tryDamages(lost: Lost): Promise<void> {
  const { context, around, backups } = lost;
  const { store } = around;
  const { bucket } = backups;
  const { largestPart, nextSegment } = await keptObjects(backups, around);
  const damages: readonly Damage[] = [
    {
      name: "part",
      what: "a part of the base backup with other bytes",
      inBucket: (at) => damageObject(store, bucket, at(largestPart)),
    },
    {
      name: "gap",
      what: "a segment of the log that is missing",
      inBucket: (at) => deleteObject(store, bucket, at(nextSegment)),
    },
    {
      name: "segment",
      what: "a segment of the log with other bytes",
      inBucket: (at) => damageObject(store, bucket, at(nextSegment)),
    },
    {
      name: "rot",
      what: "a page with other bytes, on the disk that it was restored to",
      onDisk: (data) => {
        overwrite(join(data, lost.quietFile), 3 * 8192 + 4000);
      },
    },
  ];
  for (const damage of damages) {
    const { what } = damage;
    const verdict = await judge(lost, damage);
    must(verdict !== undefined, `${what} was not found`);
    context.held(`${what} is found: ${verdict}`);
  }
  await tryForgery(lost);
}

/** What was found, or undefined if it passed. */
async function judge(lost: Lost, { name, inBucket, onDisk }: Damage): Promise<string | undefined> {
  const { around, backups } = lost;
  const prefix = `${name}/`;
  if (inBucket !== undefined) {
    await copyObjects(around.store, backups, { bucket: backups.bucket, prefix });
    await inBucket((key) => `${prefix}${key.slice(backups.prefix.length)}`);
  }
  let restored: Cluster;
  try {
    restored = await restore(around, backups, {
      name,
      ...(inBucket !== undefined && { prefix }),
      ...(onDisk !== undefined && { damage: onDisk }),
    });
  } catch (error) {
    return `it cannot be restored (${reason(error)})`;
  }
  const findings = await look(restored, lost);
  await restored.program.stop();
  const failed = findings.filter(({ holds }) => !holds);
  return failed.length === 0 ? undefined : told(failed);
}

/** Who refused it: the program that restores says ERROR, the server does not start. */
function reason(error: unknown): string {
  const lines = error instanceof Error ? error.message.split("\n") : [];
  return (lines.find((line) => /ERROR|FATAL|PANIC/.test(line)) ?? lines[0] ?? "").trim();
}

/** Rows that somebody changed in the backup: every page is whole, and only the comparison with the source shows it. */
async function tryForgery(lost: Lost): Promise<void> {
  const { context, around, backups } = lost;
  const restored = await restore(around, backups, { name: "forged" });
  await on(restored, (client) => client.query(`UPDATE ${table} SET text = 'forged' WHERE id = 77`));
  const findings = await look(restored, lost);
  await restored.program.stop();
  const failed = findings.filter(({ holds }) => !holds);
  must(
    failed.length === 1 && failed[0]?.check.startsWith("checksum") === true,
    `one row with other content: ${told(findings)}`,
  );
  context.held(`one row of other content, in whole pages, is found: ${told(failed)}`);
}

function overwrite(file: string, position: number): void {
  const descriptor = openSync(file, "r+");
  const bytes = Buffer.alloc(64);
  readSync(descriptor, bytes, 0, bytes.length, position);
  writeSync(
    descriptor,
    bytes.map((byte) => byte ^ 0xff),
    0,
    bytes.length,
    position,
  );
  closeSync(descriptor);
}
