import { SecretsError } from "./secrets-error";

/** "from=record" and "from=record,record" of `--map`, by what stands before the last equals sign. */
export function parseOverrides(given: readonly string[]): Map<string, readonly string[]> {
  const problems: string[] = [];
  const overrides = new Map<string, readonly string[]>();
  for (const each of given) {
    const equals = each.lastIndexOf("=");
    const from = each.slice(0, Math.max(equals, 0));
    const records = each
      .slice(equals + 1)
      .split(",")
      .map((name) => name.trim());
    if (from === "" || records.some((name) => name === ""))
      problems.push(`--map: got "${each}", need SERVICE=RECORD or FILE=RECORD,RECORD`);
    else if (overrides.has(from))
      problems.push(`--map: got ${from} twice, need it once: ${from}=RECORD,RECORD`);
    else overrides.set(from, records);
  }
  if (problems.length > 0) throw new SecretsError("the mapping was refused", problems);
  return overrides;
}
