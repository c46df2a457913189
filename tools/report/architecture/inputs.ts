import type { Registration } from "../../offline/registration";
import { isRecord, presentable } from "../../plan/values";

/** A registration with its inputs as people may see them. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export function toResources(registrations: readonly Registration[]): Resource[] {
  return registrations.map(({ urn, type, name, inputs }) => ({
    ...{ urn, type, name },
    inputs: presentable(inputs) as Record<string, unknown>,
  }));
}

export function ofType(resources: readonly Resource[], ...types: readonly string[]): Resource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** The value at a path such as `spec.replicas`, or undefined. */
export function at(inputs: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((value: unknown, key) => (isRecord(value) ? value[key] : undefined), inputs);
}

export function textAt(inputs: unknown, path: string): string {
  const value = at(inputs, path);
  return typeof value === "string" ? value : "";
}

export function numberAt(inputs: unknown, path: string): number | undefined {
  const value = at(inputs, path);
  return typeof value === "number" ? value : undefined;
}

export function listAt(inputs: unknown, path: string): readonly unknown[] {
  const value = at(inputs, path);
  return Array.isArray(value) ? value : [];
}

export function textsAt(inputs: unknown, path: string): string[] {
  return listAt(inputs, path).filter((entry) => typeof entry === "string");
}
