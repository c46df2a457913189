import { matchShapes, looksRandom } from "./credential-shapes";
import { isPlaceholder } from "./placeholder";
import { urlCredentials } from "./url-credentials";

/** How a credential was recognised; never what it is. */
export interface Detection {
  readonly kind: string;
  /** Parts of the text that are the credential; the whole text unless it stands inside a URL or a line. */
  readonly parts: readonly string[];
}

const credentialWord =
  /^(PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|PASSCODE|SECRET|SECRETS|TOKEN|CREDENTIAL|CREDENTIALS|APIKEY|JWT|AUTHTOKEN)$/;
const keyOwner =
  /^(API|ACCESS|SECRET|PRIVATE|SIGNING|ENCRYPTION|MASTER|AUTH|SSH|FERNET|JWT|HMAC|SHARED|SESSION|COOKIE|ROOT|ADMIN|SERVICE|ACCOUNT|LICENSE|WEBHOOK)$/;
/** A name that ends so tells something about a credential, not the credential. */
const aboutIt =
  /^(FILE|PATH|DIR|NAME|URL|URI|ENDPOINT|HOST|PORT|ID|TYPE|ALGORITHM|ALG|HEADER|ISSUER|AUDIENCE|TTL|EXPIRY|EXPIRE|EXPIRES|EXPIRATION|LIFETIME|MINUTES|SECONDS|HOURS|DAYS|MS|LENGTH|LIMIT|COUNT|SIZE|MIN|MAX|ENABLED|DISABLED|REQUIRED|ROTATION|INTERVAL|PREFIX|SUFFIX|VERSION|REGION|POLICY|FORMAT|ENCODING|STORE|BACKEND|PROVIDER|ARN|IN|ROUNDS|VALIDATORS|HASHERS)$/;
/** Names whose random-looking values are public. */
const publicName =
  /(^|_)(ID|IDS|SHA|COMMIT|REVISION|DIGEST|HASH|CHECKSUM|VERSION|TAG|ARN|PUBLIC_KEY)$/;

/** A name in words: `MINIO_ROOT_PASSWORD`, `minioRootPassword` and `minio-root-password` are the same. */
function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
}

export function isCredentialName(name: string): boolean {
  const parts = words(name).filter((part) => !/^\d+$/.test(part));
  const last = parts.at(-1);
  if (last === undefined || aboutIt.test(last)) return false;
  return parts.some(
    (part, index) =>
      credentialWord.test(part) ||
      (part === "KEY" && keyOwner.test(parts[index - 1] ?? "")) ||
      (part === "COOKIE" && parts[index - 1] === "ERLANG") ||
      (part === "REQUIREPASS" && parts.length <= 2),
  );
}

/** Recognises credentials; `declared` are the variables that the catalogue takes from secrets. */
export function createDetector(declared: ReadonlySet<string>) {
  /** A variable with its value. */
  const detectVariable = (name: string, text: string): Detection | undefined => {
    const whole = [text];
    const inText = detectText(text);
    if (inText !== undefined) return inText;
    if (isCredentialName(name) && !isSetting(text))
      return { kind: "named as a credential", parts: whole };
    if (declared.has(name)) return { kind: "declared by the catalogue", parts: whole };
    if (!publicName.test(name.toUpperCase()) && looksRandom(text) && !isPlaceholder(text))
      return { kind: "random text", parts: whole };
    return undefined;
  };
  return { detectVariable, detectText };
}
export type Detector = ReturnType<typeof createDetector>;

/** A text of which no name is known: only what cannot be anything else. */
function detectText(text: string): Detection | undefined {
  const inUrls = urlCredentials(text);
  if (inUrls.length > 0) return { kind: "inside a URL", parts: inUrls };
  const [shape] = matchShapes(text);
  return shape && { kind: shape.kind, parts: [shape.text] };
}

/** Switches of a credential's handling carry its name: `AUTH_TOKEN: "true"`. */
function isSetting(text: string): boolean {
  return /^(true|false|yes|no|on|off|enabled|disabled)$/i.test(text.trim());
}
