import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { RawEnvironment } from "../../stacks/environment";

type Config = Record<string, unknown>;

export function configOf(name: string): Config {
  return (parse(readFileSync(`Pulumi.${name}.yaml`, "utf8")) as { config: Config }).config;
}

export function rawOf(name: string): RawEnvironment {
  const section = (prefix: string) =>
    Object.fromEntries(
      Object.entries(configOf(name))
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => [key.slice(prefix.length), value]),
    );
  return { name, settings: section("auterity:"), aws: section("aws:") };
}

/** The file of an environment with single values changed; the path's first part is the section. */
export function changed(name: string, changes: Record<string, unknown>): RawEnvironment {
  const raw = structuredClone(rawOf(name)) as { name: string; settings: Config; aws: Config };
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    let target = raw as unknown as Config;
    for (const key of keys) target = target[key] as Config;
    if (value === undefined) Reflect.deleteProperty(target, last);
    else target[last] = value;
  }
  return raw;
}
