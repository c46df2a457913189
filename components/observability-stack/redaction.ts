/** Names under which nobody writes anything but credentials. Not counts of them, such as `max_tokens`. */
const secretNames = String.raw`authorization|cookie|passw(or)?d|passphrase|secret|signature|credential|api[_.-]?key|access[_.-]?key|private[_.-]?key|account[_.-]?sid|(access|refresh|id|bot|auth|session)[_.-]?token|webhook[_.-]?url`;

/** What people wrote to a model, and what it answered. Not counts, such as `completion_tokens`. */
const promptNames = String.raw`(^|\.)(prompts?|completions?|messages)(\.[0-9]+)?(\.content)?$|gen_ai\.(input|output)\.messages|gen_ai\.system_instructions`;

/** A token alone, and whole command lines, in which a credential has no name of its own. */
const otherNames = String.raw`(^|[_.-])token$|process\.command_(args|line)`;

/** Shapes of credentials, whatever they are called. */
const secretShapes = [
  // Keys of OpenAI and Anthropic, of Pinecone, of Meta.
  String.raw`sk-[A-Za-z0-9_-]{16,}`,
  String.raw`pcsk_[A-Za-z0-9_]{16,}`,
  String.raw`EAA[A-Za-z0-9]{24,}`,
  // Tokens and hooks of Slack.
  String.raw`xox[abeprs]-[A-Za-z0-9-]{10,}`,
  String.raw`hooks\.slack\.com/services/[A-Za-z0-9/_-]+`,
  // Keys of AWS.
  String.raw`A(KIA|SIA)[A-Z0-9]{16}`,
  // JSON web tokens.
  String.raw`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*`,
  // Passwords inside of addresses, with or without a user, whatever they contain.
  String.raw`://[^/\s:@"']*:[^/\s"']+@`,
  // Private keys, over lines or with the ends of lines escaped.
  String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)`,
];

/** A string of JSON, escapes and all; one that is cut off goes to the end. */
const quoted = String.raw`"(\\.|[^"\\])*"?|'(\\.|[^'\\])*'?`;
const flatObject = String.raw`\{(${quoted}|[^\[\]{}"'])*\}`;
/** Behind a name: what is deeper than a list of objects is taken out with all that follows it. */
const valueOfName = [
  // Quoted inside of a string: to the end of that string.
  String.raw`\\+["'](\\.|[^"\\])*`,
  quoted,
  String.raw`\[(${quoted}|${flatObject}|[^\[\]{}"'])*\]`,
  flatObject,
  String.raw`[\[{].*`,
  String.raw`((bearer|basic|token|digest) +)?[^\s,;&}\]"'\\]+`,
].join("|");

/**
 * A name and its value inside a text: as JSON, as NAME=VALUE, in the query of an address. `content` is what a message says,
 * on a line of its own where somebody writes JSON over several.
 */
const named = String.raw`((${secretNames}|(\b|[_.-])token|\b(prompts?|completions?|messages|system_instructions)|["']content)\\*["']?\s*[:=]\s*)(${valueOfName})`;
/** Headers as text: their value has spaces and semicolons in it. */
const headers = String.raw`(\b(authorization|(set-)?cookie)\s*[:=]\s*)[^"'\r\n\\]+`;

const redacted = "[redacted]";

/** In a collector's expression a backslash is doubled, and its configuration reads two dollar signs as one. */
function escaped(pattern: string): string {
  return pattern.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("$", "$$$$");
}

const names = escaped(`(?i)(${secretNames}|${promptNames}|${otherNames})`);
const replacements: readonly (readonly [pattern: string, by: string])[] = [
  ...secretShapes.map((shape) => [escaped(`(?s)${shape}`), redacted] as const),
  ...[headers, named].map((text) => [escaped(`(?is)${text}`), `$$1${redacted}`] as const),
];

/** Attributes of one kind: whole values by their name, and what is found inside the others. */
function attributes(context: string): string[] {
  return [
    `delete_matching_keys(${context}.attributes, "${names}")`,
    ...replacements.map(
      ([pattern, by]) =>
        `replace_all_patterns(${context}.attributes, "value", "${pattern}", "${by}")`,
    ),
  ];
}

function text(path: string, condition = ""): string[] {
  return replacements.map(
    ([pattern, by]) => `replace_pattern(${path}, "${pattern}", "${by}")${condition}`,
  );
}

/**
 * Takes credentials and prompts out where they come in, on the node, so that neither a store nor anybody who reads it has
 * them. What fails is left out of the change, and the line goes on: the other statements hold for it.
 */
export const redaction = {
  error_mode: "ignore",
  trace_statements: [
    ...["resource", "scope", "span", "spanevent"].flatMap(attributes),
    ...text("span.name"),
    ...text("span.status.message"),
  ],
  log_statements: [
    ...["resource", "scope", "log"].flatMap(attributes),
    ...text("log.body", " where IsString(log.body)"),
  ],
};
