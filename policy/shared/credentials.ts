/** Words that end the name of something about a credential, not of the credential itself. */
const aboutCredentials =
  /(^|[_.-])(FILE|PATH|DIR|NAME|NAMES|ARN|REF|TTL|AGE|LENGTH|SECONDS|MINUTES|HOURS|DAYS|ENABLED|REQUIRED|VERSION|COUNT|LIMIT|POLICY|ALGORITHM|PREFIX|URL|ENDPOINT)$/i;

/** Whether a variable's name says that its value is a credential: DB_PASSWORD does, DB_PASSWORD_FILE does not. */
export function isCredentialName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  if (aboutCredentials.test(words)) return false;
  return (
    /PASSW(OR)?D|PASSPHRASE|SECRET|CREDENTIAL/i.test(words) ||
    /(^|[_.-])(PWD|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|DSN)$/i.test(
      words,
    )
  );
}

/** Only what stands at the beginning of a word: the keys of AWS, OpenAI, Slack and GitHub, and signed tokens. */
const tokens =
  /^(?:(?:AKIA|ASIA)[A-Z0-9]{16}$|sk-\S{8,}$|xox[a-z]-\S{8,}$|gh[a-z]_\S{8,}$|github_pat_\S{8,}$|eyJ[\w-]+\.eyJ[\w-]+\.)/;

/** Made to be shown to everybody. */
const certificates = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** What credential a text holds, in words that do not repeat it; undefined if it holds none. */
export function credentialIn(text: string): string | undefined {
  if (hasUrlWithPassword(text)) return "a URL with a password";
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return "a private key";
  if (/\$\{\w*(?:PASSWORD|SECRET|TOKEN|KEY)\w*:?-[^}\s]+\}/i.test(text))
    return "a placeholder with a default in the clear";
  const words = text.replace(certificates, " ").split(/[\s"'`=,;()[\]{}]+/);
  if (words.some((word) => tokens.test(word))) return "what looks like an access key or token";
  return words.some(isRandom) ? "what looks like a random key" : undefined;
}

/** scheme://user:password@host; a placeholder for the password is none. */
function hasUrlWithPassword(text: string): boolean {
  const passwords = text.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^/?#\s:@]*:([^/?#\s@]+)@/gi);
  return [...passwords].some(([, password = ""]) => !isReference(password));
}

/** Whether a value only says where the real one comes from: $(NAME), ${NAME}, {{ name }}. */
export function isReference(value: string): boolean {
  return /^(?:\$\([^)]*\)|\$\{\w+\}|\$\w+|\{\{.*\}\}|<[\w-]+>)$/.test(value);
}

/** 32 characters or more of all kinds, in no order: hex digests, names, paths and ARNs are not like that. */
function isRandom(word: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{32,}={0,2}$/.test(word) || /\/.*\//.test(word)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(word));
  // Words in camel case or with hyphens have few digits among their letters.
  const digits = word.replace(/\D/g, "").length;
  return kinds && digits >= 4 && entropy(word) > 4.3;
}

/** Shannon's, in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
