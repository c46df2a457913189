import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
interface Definition {
  readonly spec: { readonly versions: { readonly schema: { readonly openAPIV3Schema: Schema } }[] };
}

/**
 * Tells what a definition of a chart does not know or refuses, field by field; undefined, and said so, where
 * AUTERITY_CHARTS names no folder with it.
 */
export function definitionOf(
  chart: string,
  name: string,
): ((object: unknown) => string[]) | undefined {
  const folder = process.env["AUTERITY_CHARTS"];
  const file = join(folder ?? "", chart, "crds", `${name}.yaml`);
  if (folder === undefined || !existsSync(file)) {
    console.warn(`      NOT CHECKED against its definition: AUTERITY_CHARTS has no ${name}`);
    return undefined;
  }
  const { spec } = parse(readFileSync(file, "utf8")) as Definition;
  const schema = z.fromJSONSchema(strict(spec.versions[0]!.schema.openAPIV3Schema));
  return (object) => {
    const parsed = schema.safeParse(object);
    return parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
  };
}

/** As the API server checks with strict field validation: no field that the definition does not have. */
function strict({ properties, items, ...schema }: Schema): Schema {
  // Their formats, such as int32, are none of JSON Schema's.
  const rules = Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "format"));
  const open = rules["x-kubernetes-preserve-unknown-fields"] === true;
  return {
    ...rules,
    ...(items && { items: strict(items) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, strict(value)]),
      ),
      ...(!open && { additionalProperties: false }),
    }),
  };
}
