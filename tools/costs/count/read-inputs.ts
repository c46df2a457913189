import { isRecord } from "../../plan/values";

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** 0 for what is no number. */
export function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function within(
  value: Readonly<Record<string, unknown>>,
  key: string,
): Record<string, unknown> {
  const inner = value[key];
  return isRecord(inner) ? inner : {};
}
