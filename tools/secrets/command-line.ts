import { matchShapes } from "./credential-shapes";
import { isCredentialName } from "./detector";
import { isPlaceholder } from "./placeholder";
import { urlCredentials } from "./url-credentials";

/** A credential inside a line of text. */
export interface InLine {
  readonly text: string;
  /** Variable that could carry it. */
  readonly variable: string;
  readonly kind: string;
  /** The credential, where `text` is more than it. */
  readonly secret?: string;
  /** The variable is the file's own, not made up for the place. */
  readonly ownName?: boolean;
}

const option = /(?:^|[\s"',[])--?([A-Za-z][\w-]*)(?:=|["',\s]+)(["']?)([^\s"',\]]+)\2/g;
const assignment = /(?:^|[\s"',;{])([A-Za-z_][\w.-]*)\s*[:=]\s*(["']?)([^\s"',;}]+)\2/g;
/** Programs whose short options carry a password. */
const shortOptions: readonly (readonly [RegExp, RegExp])[] = [
  [/\bredis-cli\b/, /\s-a["',\s]+(["']?)([^\s"',\]]+)\1/g],
  [/\b(?:mysql|mysqladmin|mysqldump|mariadb)\b/, /\s(["']?)-p([^\s"',\]]+)\1/g],
  [/\bcurl\b/, /\s(?:-u|--user)["',\s]+(["']?)[^\s:"',]+:([^\s"',\]]+)\1/g],
];

/** The credentials on a command line or in a configuration text, each with a variable that could carry it. */
export function credentialsInLine(text: string): InLine[] {
  const found: InLine[] = [
    ...named(text, option, "option of a command"),
    ...named(text, assignment, "named as a credential"),
    ...shortOptions.flatMap(([program, pattern]) =>
      program.test(text)
        ? [...text.matchAll(pattern)].map((match) => ({
            text: match[2] ?? "",
            variable: "PASSWORD",
            kind: "option of a command",
          }))
        : [],
    ),
    ...urlCredentials(text).map((part) => ({
      text: part,
      variable: "URL_PASSWORD",
      kind: "inside a URL",
    })),
    ...matchShapes(text).map((shape) => ({
      text: shape.text,
      variable: asVariable(shape.kind),
      kind: shape.kind,
    })),
  ];
  return found.filter(
    (one, index) =>
      one.text !== "" && found.findIndex((other) => other.text.includes(one.text)) === index,
  );
}

function named(text: string, pattern: RegExp, kind: string): InLine[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [, name = "", , value = ""] = match;
    if (!isCredentialName(name) || /^(true|false|yes|no|on|off)$/i.test(value)) return [];
    if (value.startsWith("$") || value.startsWith("-") || value.startsWith("/")) return [];
    return [{ text: value, variable: asVariable(name), kind }];
  });
}

/** Placeholders in comments and configuration are no find. */
export function realCredentialsInLine(text: string): InLine[] {
  return credentialsInLine(text).filter((one) => !isPlaceholder(one.text));
}

export function asVariable(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toUpperCase();
}
