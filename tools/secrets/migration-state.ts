import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SecretsError } from "./secrets-error";
import type { SecretText } from "./secret-text";
import { readSource } from "./source-file";
import { writeWhole } from "./written-file";

const stateSchema = z.strictObject({
  format: z.literal(1),
  environment: z.string(),
  /** Keys the hashes: those of two migrations tell nothing about each other. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  secrets: z.record(
    z.string(),
    z.strictObject({
      versionId: z.string(),
      writtenAt: z.string(),
      /** Salted hash of each value, by variable. */
      fingerprints: z.record(z.string(), z.string()),
    }),
  ),
});
type Content = z.infer<typeof stateSchema>;

/** What earlier runs have written and read back: hashes alone. */
export interface MigrationState {
  readonly path: string;
  readonly salt: string;
  /** Keeps the salt before anything is sent: a repeated request is then the same request. */
  readonly begin: () => void;
  /** When a value was migrated; undefined for one that was not, or was another then. */
  readonly writtenAt: (path: string, variable: string, value: SecretText) => string | undefined;
  readonly record: (
    path: string,
    versionId: string,
    values: ReadonlyMap<string, SecretText>,
  ) => void;
}

/** @throws SecretsError for a file that is no such state. */
export function openMigrationState(directory: string, environment: string): MigrationState {
  const path = join(directory, "migration-state.json");
  const content = read(path, environment);
  const save = (): void => {
    writeWhole(path, `${JSON.stringify(content, undefined, 2)}\n`, 0o600);
  };
  return {
    path,
    begin: save,
    salt: content.salt,
    writtenAt: (secret, variable, value) => {
      const entry = content.secrets[secret];
      if (entry === undefined) return undefined;
      const isSame = entry.fingerprints[variable] === value.fingerprint(content.salt);
      return isSame ? entry.writtenAt : undefined;
    },
    record: (secret, versionId, values) => {
      const fingerprints = Object.fromEntries(
        [...values].map(([variable, value]) => [variable, value.fingerprint(content.salt)]),
      );
      const before = content.secrets[secret]?.fingerprints;
      content.secrets[secret] = {
        ...{ versionId, writtenAt: new Date().toISOString() },
        fingerprints: { ...before, ...fingerprints },
      };
      save();
    },
  };
}

function read(path: string, environment: string): Content {
  if (!existsSync(path))
    return { format: 1, environment, salt: randomBytes(32).toString("hex"), secrets: {} };
  const source = readSource(path);
  const refuse = (problem: string): never => {
    throw new SecretsError("the state of the migration cannot be used", [problem]);
  };
  if ("problem" in source) return refuse(source.problem);
  const parsed = stateSchema.safeParse(parseJson(source.text));
  if (!parsed.success)
    return refuse(`${path}: is no state of a migration; move it away to begin anew`);
  if (parsed.data.environment !== environment)
    return refuse(`${path}: is of the environment ${parsed.data.environment}, need ${environment}`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
