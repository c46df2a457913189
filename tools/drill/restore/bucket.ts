import { DeleteObjectsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { allHold, type BucketCheck } from "../../../functions/restore-validation/checks";
import { validateBucket } from "../../../functions/restore-validation/validate-bucket";
import { pythonTool } from "../python-tools";
import type { DrillContext } from "../registry";
import type { Surroundings } from "./cluster";
import { copyObjects, createBucket, deleteObject, listObjects } from "./object-store";
import { must, told } from "./look";

const bucket = "models";
/** As it was before: what the checks compare with. */
const before = "models-before";
const prefix = "models/";
/** More than a listing gives at once, and than are taken back at once. */
const objectCount = 1300;
const runbook = "docs/runbooks/disaster-bucket.md";

const checks: readonly BucketCheck[] = [
  { kind: "object-count", prefix: "", tolerancePercent: 0 },
  { kind: "newest-object", prefix: "", atMostSeconds: 60 },
  { kind: "object-checksums", prefix: "", sample: 200 },
];

/** A script deletes by a prefix that is too short; what the page says brings everything back, and only that. */
export async function tryBucket(context: DrillContext, around: Surroundings): Promise<void> {
  const { store } = around;
  const { client } = store;
  for (const name of [bucket, before]) await createBucket(store, name);
  for (let start = 0; start < objectCount; start += 50)
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        client.send(new PutObjectCommand({ Bucket: bucket, ...objectOf(start + index) })),
      ),
    );
  const retired = `${prefix}retired`;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: retired, Body: "of last year" }));
  await deleteObject(store, bucket, retired);
  await copyObjects(store, { bucket, prefix: "" }, { bucket: before, prefix: "" });
  // The emulator, like S3, tells times by the second.
  await sleep(2000);
  const moment = new Date();
  await deleteBelow(around, prefix);
  const left = (await listObjects(store, { bucket, prefix: "" })).length;
  const kept = objectCount - belowPrefix;
  must(left === kept, `${left} objects are left after the accident, not ${kept}`);
  context.held(`${objectCount - left} objects are deleted by a prefix that is too short`);

  must(!(await holdsNow(around)).holds, "an emptied bucket passed for a whole one");
  const start = performance.now();
  await followRunbook(context, around, moment);
  const seconds = (performance.now() - start) / 1000;
  const { holds, text } = await holdsNow(around);
  must(holds, text);
  context.held(
    `the commands of ${runbook} bring them back in ${seconds.toFixed(1)} s, and what was deleted before stays so: ${text}`,
  );

  const { Key } = objectOf(0);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "other bytes" }));
  const changed = await holdsNow(around);
  must(!changed.holds, "an object with other bytes passed");
  context.held(`an object with other bytes is found: ${changed.text}`);
}

/** One in ten is of something else, which the accident spares. */
function objectOf(number: number): { readonly Key: string; readonly Body: string } {
  const folder = number % 10 === 9 ? "reports/" : prefix;
  return { Key: `${folder}model ${number}/weights.bin`, Body: `weights ${number} `.repeat(64) };
}

const belowPrefix = Array.from({ length: objectCount }, (_, number) => objectOf(number)).filter(
  ({ Key }) => Key.startsWith(prefix),
).length;

async function deleteBelow({ store }: Surroundings, below: string): Promise<void> {
  const objects = await listObjects(store, { bucket, prefix: below });
  for (let start = 0; start < objects.length; start += 1000)
    await store.client.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects: objects.slice(start, start + 1000).map(({ key }) => ({ Key: key })) },
      }),
    );
}

/** As the function asks: what is there now, against what was there before. */
async function holdsNow({ store }: Surroundings): Promise<{ holds: boolean; text: string }> {
  const findings = await validateBucket(
    { client: store.client, bucket, sourceBucket: before, lostAt: new Date() },
    checks,
  );
  return { holds: allHold(findings), text: told(findings) };
}

/** Its first commands, word for word, with the real command line. */
async function followRunbook(
  context: DrillContext,
  { stage, store }: Surroundings,
  moment: Date,
): Promise<void> {
  const page = readFileSync(join(context.projectDirectory, runbook), "utf8");
  const commands = /```sh\n(.*?)```/s.exec(page)?.[1];
  if (commands === undefined) throw new Error(`${runbook}: no commands`);
  const { program, packages } = await pythonTool("aws-cli", context);
  const folder = join(stage.folder, "command-line");
  mkdirSync(folder);
  writeFileSync(join(folder, "aws"), `#!/bin/sh\nexec ${program} -m awscli "$@"\n`);
  chmodSync(join(folder, "aws"), 0o755);
  await stage.run({
    name: "runbook",
    program: "bash",
    args: [
      "-euc",
      commands
        .replaceAll("BUCKET", bucket)
        .replaceAll("PREFIX", prefix)
        .replaceAll("MOMENT", moment.toISOString().slice(0, 19)),
    ],
    environment: {
      ...store.environment,
      ...{ HOME: stage.folder, PATH: `${folder}:${process.env["PATH"]}` },
      ...{ PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: "1" },
    },
  });
}
