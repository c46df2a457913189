import { readFileSync } from "node:fs";

interface KnownFlags {
  /** Of the CLI whose `--help` the list is from. */
  readonly version: string;
  readonly commands: Readonly<Record<string, readonly string[]>>;
}

export const pulumiFlags = JSON.parse(
  readFileSync("tests/support/pulumi-flags.json", "utf8"),
) as KnownFlags;

const known = Object.keys(pulumiFlags.commands).sort((a, b) => b.length - a.length);

/** Calls of Pulumi's CLI in a text, in scripts and in prose, with lines that a backslash joins; quoted words are values. */
function pulumiCalls(text: string): string[] {
  const joined = text.replace(/\\\n\s*/g, " ");
  return [...joined.matchAll(/(?<![\w/@.-])pulumi ([a-z][^`\n|;>]*)/g)].map(
    ([, call = ""]) => call,
  );
}

/** Flags that the command does not have, each with what it has. */
export function unknownPulumiFlags(text: string): string[] {
  return pulumiCalls(text).flatMap((call) => {
    const command = known.find((each) => call === each || call.startsWith(`${each} `));
    const flags = [...call.replace(/'[^']*'|"[^"]*"/g, "").matchAll(/(?<=\s)--[a-z][a-z-]*/g)];
    if (command === undefined)
      return flags.length === 0 ? [] : [`pulumi ${call}: no command that the list knows`];
    const accepted = pulumiFlags.commands[command] ?? [];
    return flags
      .map(([flag]) => flag)
      .filter((flag) => !accepted.includes(flag))
      .map((flag) => `pulumi ${command}: ${flag} is none of ${accepted.join(", ")}`);
  });
}
