import { isCredentialName, isReference } from "./credentials";

const assignment = /^[ \t]*(?:export +|- +)?["']?([\w.-]+)["']?[ \t]*[:=][ \t]*["']?([^\s"']+)/gm;

/** What a text of lines such as `export DB_PASSWORD=…` or `password: …` gives in the clear, by its name. */
export function assignedIn(text: string): string | undefined {
  for (const [, name = "", value = ""] of text.matchAll(assignment))
    if (isCredentialName(name) && !isReference(value) && !value.startsWith("$"))
      return `a literal value for ${name}`;
  return undefined;
}
