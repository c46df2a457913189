import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { isTree } from "./is-tree";

/** The part of JSON schema that the rules' settings use. */
export type JsonSchema = Pick<
  PolicyConfigJSONSchema,
  | "type"
  | "items"
  | "properties"
  | "required"
  | "additionalProperties"
  | "minLength"
  | "pattern"
  | "default"
>;

export const supportedKeywords: readonly (keyof JsonSchema)[] = [
  "type",
  "items",
  "properties",
  "required",
  "additionalProperties",
  "minLength",
  "pattern",
  "default",
];

/** Why a value does not fit; the command line checks the same, a host without it has to do so itself. */
export function schemaProblems(path: string, value: unknown, schema: JsonSchema): string[] {
  const { type } = schema;
  if (typeof type === "string" && typeOf(value) !== type)
    return [`${path}: got ${typeOf(value)}, need ${type}`];
  if (typeof value === "string") return textProblems(path, value, schema);
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!isTree(items)) return [];
    return value.flatMap((item, index) => schemaProblems(`${path}[${index}]`, item, items));
  }
  return isTree(value) ? treeProblems(path, value, schema) : [];
}

function textProblems(path: string, value: string, { minLength = 0, pattern }: JsonSchema) {
  if (value.length < minLength) return [`${path}: is empty`];
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    return [`${path}: got ${JSON.stringify(value)}, need ${pattern}`];
  return [];
}

function treeProblems(
  path: string,
  value: Readonly<Record<string, unknown>>,
  { properties = {}, required = [], additionalProperties }: JsonSchema,
): string[] {
  const missing = required
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => `${path}.${key}: is missing`);
  const others = Object.keys(value).flatMap((key) => {
    const schema = properties[key];
    if (isTree(schema)) return schemaProblems(`${path}.${key}`, value[key], schema);
    return additionalProperties === false ? [`${path}.${key}: is unknown`] : [];
  });
  return [...missing, ...others];
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
