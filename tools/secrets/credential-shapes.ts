/** What a credential of a known issuer looks like. */
interface CredentialShape {
  readonly kind: string;
  readonly pattern: RegExp;
}

/**
 * The first that matches names the kind, so narrow shapes stand before wide ones.
 * @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
const shapes: readonly CredentialShape[] = [
  { kind: "private key", pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { kind: "Anthropic key", pattern: /\bsk-ant-[A-Za-z0-9_-]{16,}/ },
  { kind: "OpenAI key", pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}/ },
  { kind: "AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  {
    kind: "GitHub token",
    pattern: /\b(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/,
  },
  { kind: "GitLab token", pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { kind: "Slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  {
    kind: "Slack webhook",
    pattern: /\bhooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{16,}/,
  },
  { kind: "Twilio account or key", pattern: /\b(?:AC|SK)[0-9a-f]{32}\b/ },
  { kind: "Meta access token", pattern: /\bEAA[A-Za-z0-9]{24,}/ },
  { kind: "Google API key", pattern: /\bAIza[A-Za-z0-9_-]{35}/ },
  { kind: "Pinecone key", pattern: /\bpcsk_[A-Za-z0-9_]{20,}/ },
  { kind: "Vault token", pattern: /\bhv[bsr]\.[A-Za-z0-9_-]{20,}/ },
  { kind: "npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { kind: "SendGrid key", pattern: /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/ },
  { kind: "Stripe key", pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  {
    kind: "signed token (JWT)",
    pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/,
  },
  { kind: "password hash", pattern: /\$(?:apr1|2[abxy]|5|6|argon2id?)\$[^\s:]{8,}/ },
];

export interface ShapeMatch {
  readonly kind: string;
  readonly text: string;
}

/** The credentials of known issuers inside a text. */
export function matchShapes(text: string): ShapeMatch[] {
  for (const { kind, pattern } of shapes) {
    const found = pattern.exec(text);
    if (found !== null) return [{ kind, text: found[0] }];
  }
  return [];
}

/** Bits per character, by the frequencies in the text itself. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

const token = /^[A-Za-z0-9+/=_~.!@#$%^&*-]{20,512}$/;
const harmless =
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|sha(256|512)[:-]|(19|20)\d{2}-\d{2}-\d{2}|^[\d.:-]+$|^arn:/i;

/**
 * Whether a text looks drawn at random: characters of several classes in short runs. Words joined by hyphens, dots,
 * slashes or capitals, paths, digests, dates and UUIDs do not.
 */
export function looksRandom(text: string): boolean {
  if (!token.test(text) || harmless.test(text)) return false;
  // 16 bytes in hexadecimal: their entropy is at most 4 bits a character, and below 3 for repeated groups.
  if (/^([0-9a-f]+|[0-9A-F]+)$/.test(text)) return text.length >= 32 && entropyBits(text) >= 3;
  // Random base64 of 20 characters and more has over 3.5 bits; so have sentences, which the runs tell apart.
  if (entropyBits(text) < 3.5) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((each) => each.test(text)).length;
  if (classes === 3) return meanRun(text) < 5;
  const segments = text.split(/[^A-Za-z0-9]+/).filter((segment) => segment !== "");
  // Names of models and of instance types mix digits in as well, but in short segments.
  if (classes !== 2 || text.length / segments.length < 6.5) return false;
  return meanRun(text) < (/\d/.test(text) ? 3.2 : 4);
}

/** Letters and digits in a row of one kind, a capital counted to the word that it begins. */
function meanRun(text: string): number {
  const runs = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return runs.join("").length / runs.length;
}
