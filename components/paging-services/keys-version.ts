import { createHash } from "node:crypto";

/** 31 bits: what the provider of AWS takes as a version. */
const hexadecimals = 8;
const mask = 0x7fffffff;

/** A number that differs when a value does, and from which nobody learns the value. Never 0. */
export function keysVersion(value: string): number {
  const hash = createHash("sha256").update(value).digest("hex").slice(0, hexadecimals);
  return Math.max(1, Number.parseInt(hash, 16) & mask);
}
