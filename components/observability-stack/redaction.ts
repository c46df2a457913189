/** Names under which nobody writes anything but credentials, or what people wrote to a model. */
const secretNames =
  "authorization|cookie|passw(or)?d|secret|api[_.-]?key|access[_.-]?key|private[_.-]?key|(access|refresh|id|bot|auth|session)[_.-]?token";
/** Not counts of them, such as `completion_tokens`. Collectors read two dollar signs as one. */
const promptNames =
  "(^|\\\\.)(prompts?|completions?)(\\\\.[0-9]+)?(\\\\.content)?$$|gen_ai\\\\.(input|output)\\\\.messages|gen_ai\\\\.system_instructions";

/** Shapes of credentials, whatever they are called. */
const secretShapes = [
  // Keys of OpenAI and Anthropic.
  "sk-[A-Za-z0-9_-]{16,}",
  // Tokens of Slack.
  "xox[abprs]-[A-Za-z0-9-]{10,}",
  // Keys of AWS.
  "A(KIA|SIA)[A-Z0-9]{16}",
  // JSON web tokens.
  "eyJ[A-Za-z0-9_-]{8,}\\\\.[A-Za-z0-9_-]{8,}\\\\.[A-Za-z0-9_-]*",
  // Passwords inside of addresses.
  "://[^/\\\\s:@]+:[^/\\\\s:@]+@",
];

const redacted = "[redacted]";

/**
 * Takes credentials and prompts out where they come in, on the node, so that neither a store nor anybody who reads it has
 * them. What fails is left out of the change, and the line goes on: the other statements hold for it.
 */
export const redaction = {
  error_mode: "ignore",
  trace_statements: [
    ...["resource", "span", "spanevent"].flatMap((context) => [
      `delete_matching_keys(${context}.attributes, "(?i)(${secretNames}|${promptNames})")`,
      ...secretShapes.map(
        (shape) =>
          `replace_all_patterns(${context}.attributes, "value", "${shape}", "${redacted}")`,
      ),
    ]),
  ],
  log_statements: [
    `delete_matching_keys(log.attributes, "(?i)(${secretNames}|${promptNames})")`,
    ...secretShapes.flatMap((shape) => [
      `replace_all_patterns(log.attributes, "value", "${shape}", "${redacted}")`,
      `replace_pattern(log.body, "${shape}", "${redacted}") where IsString(log.body)`,
    ]),
    // A name and its value inside a line, as JSON or as NAME=VALUE.
    `replace_pattern(log.body, "(?i)((${secretNames}|prompt|completion)[\\"']?\\\\s*[:=]\\\\s*)(\\"[^\\"]*\\"|'[^']*'|(bearer |basic )?[^\\\\s,;}\\"']+)", "$$1${redacted}") where IsString(log.body)`,
  ],
};
