import { closeSync, cpSync, openSync, readdirSync, readSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Cluster, giveToOwner, on, restore } from "./cluster";
import { look, type Lost, must, told } from "./look";
import { quietTable, table } from "./writers";

interface Damage {
  readonly name: string;
  readonly what: string;
  /** Of copies that nothing else uses. */
  readonly inflict: (copy: { readonly base: string; readonly wal: string }) => void;
}

export async function tryDamages(lost: Lost): Promise<void> {
  const { context, around, base } = lost;
  const file = await fileOf(lost);
  const damages: readonly Damage[] = [
    {
      name: "rot",
      what: "a page of the base backup with other bytes",
      inflict: (copy) => {
        overwrite(join(copy.base, file), 3 * 8192 + 4000);
      },
    },
    {
      name: "gap",
      what: "a segment of the log that is missing",
      inflict: ({ wal }) => {
        const segments = readdirSync(wal)
          .filter((name) => /^[0-9A-F]{24}$/.test(name))
          .sort();
        // Right behind what the base backup itself needs: all after it is lost.
        const needed =
          readdirSync(wal)
            .find((name) => name.endsWith(".backup"))
            ?.slice(0, 24) ?? "";
        const missing = segments[segments.indexOf(needed) + 1] ?? segments.at(-1) ?? "";
        renameSync(join(wal, missing), join(wal, `${missing}.lost`));
      },
    },
  ];
  for (const { name, what, inflict } of damages) {
    const copy = {
      base: join(around.stage.folder, `base-${name}`),
      wal: join(around.stage.folder, `wal-${name}`),
    };
    cpSync(base, copy.base, { recursive: true });
    cpSync(join(around.archive, "wal"), copy.wal, { recursive: true });
    inflict(copy);
    giveToOwner(copy.wal);
    const verdict = await judge(lost, name, copy);
    must(verdict !== undefined, `${what} was not found`);
    context.held(`${what} is found: ${verdict}`);
  }
  await tryForgery(lost);
}

/** What was found, or undefined if it passed. */
async function judge(
  lost: Lost,
  name: string,
  copy: { readonly base: string; readonly wal: string },
): Promise<string | undefined> {
  let restored: Cluster;
  try {
    restored = await restore(lost.around, { name, ...copy });
  } catch (error) {
    return `it cannot be restored (${error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""})`;
  }
  const findings = await look(restored, lost);
  await restored.program.stop();
  const failed = findings.filter(({ holds }) => !holds);
  return failed.length === 0 ? undefined : told(failed);
}

/** Rows that somebody changed in the backup: every page is whole, and only the comparison with the source shows it. */
async function tryForgery(lost: Lost): Promise<void> {
  const { context, around, base } = lost;
  const restored = await restore(around, {
    name: "forged",
    base,
    wal: join(around.archive, "wal"),
  });
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

/** Of the quiet table, in the base backup: the same place as in the server. */
async function fileOf({ around, base }: Lost): Promise<string> {
  const cluster = await restore(around, { name: "find", base, wal: join(around.archive, "wal") });
  const path = await on(cluster, async (client) => {
    const { rows } = await client.query<{ path: string }>(
      `SELECT pg_relation_filepath('${quietTable}') AS path`,
    );
    return rows[0]?.path ?? "";
  });
  await cluster.program.stop();
  return path;
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
