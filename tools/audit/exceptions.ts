import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { AuditError } from "./audit-error";

/** A finding that somebody has decided to live with until a day. */
export interface Exception {
  readonly id: string;
  /** Last day, YYYY-MM-DD. */
  readonly ends: string;
  /** Why, and who decided. */
  readonly statement: string;
}

const day = z.union([z.string(), z.date()]).transform((value) => {
  const text = value instanceof Date ? value.toISOString() : value;
  return text.slice(0, 10);
});
const entry = z.strictObject({
  id: z.string().min(1),
  paths: z.array(z.string()).optional(),
  purls: z.array(z.string()).optional(),
  expired_at: day.pipe(z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "need a day such as 2027-03-31")),
  statement: z.string().min(20, "need at least 20 characters: why, and who decided"),
});
const entries = z.array(entry).default([]);

/** @see https://trivy.dev/latest/docs/configuration/filtering/#trivyignoreyaml */
const ignoreFile = z.strictObject({
  vulnerabilities: entries,
  misconfigurations: entries,
  secrets: entries,
  licenses: entries,
});

/** Every exception of the file, which each have an end and a reason; none if there is no file. */
export function readExceptions(file: string): Exception[] {
  if (!existsSync(file)) return [];
  const read = ignoreFile.safeParse(parse(readFileSync(file, "utf8")) ?? {});
  if (!read.success) {
    const problems = read.error.issues.map(
      ({ path, message }) => `${path.map(String).join(".")}: ${message}`,
    );
    throw new AuditError(`${file}: ${problems.join("; ")}`);
  }
  return Object.values(read.data)
    .flat()
    .map(({ id, expired_at, statement }) => ({ id, ends: expired_at, statement }));
}
