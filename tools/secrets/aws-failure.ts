/** An answer of AWS in the user's terms. */
interface AwsFailure {
  readonly name: string;
  /** What it means and what to do; without anything that was sent. */
  readonly meaning: string;
}

const meanings: Readonly<Record<string, string>> = {
  AccessDeniedException:
    "the caller may not do this: the resource policy lets administrators of secrets in (docs/secrets.md)",
  ExpiredTokenException: "the session has expired: sign in again",
  ExpiredToken: "the session has expired: sign in again",
  UnrecognizedClientException: "AWS does not know the access key: sign in again",
  InvalidClientTokenId: "AWS does not know the access key: sign in again",
  InvalidSignatureException:
    "the signature does not fit: check the credentials and the clock of this machine",
  CredentialsProviderError: "no AWS credentials were found: sign in, or set AWS_PROFILE",
  ResourceNotFoundException: "does not exist: deploy the environment first, which creates it empty",
  InvalidRequestException: "refuses changes: it is probably scheduled for deletion",
  ThrottlingException: "AWS throttled the request, also after retries: try again later",
  TooManyRequestsException: "AWS throttled the request, also after retries: try again later",
  InternalServiceError: "Secrets Manager failed, also after retries: try again later",
  InternalServiceErrorException: "Secrets Manager failed, also after retries: try again later",
  ServiceUnavailable: "Secrets Manager failed, also after retries: try again later",
  DecryptionFailure:
    "its key cannot be used to decrypt: ask for kms:Decrypt on the key of the secrets",
  EncryptionFailure:
    "its key cannot be used to encrypt: ask for kms:GenerateDataKey on the key of the secrets",
  LimitExceededException:
    "a limit of Secrets Manager was reached: too many versions in a short time",
  ResourceExistsException: "the version exists with another content: run again",
  TimeoutError: "no answer in time: check the endpoint and the network",
  NetworkingError: "the endpoint cannot be reached: check the address and the network",
};
const connectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
]);

/** Never quotes the message: services repeat what they were sent. */
function explainAwsFailure(error: unknown): AwsFailure {
  const name = error instanceof Error ? error.name : "unknown error";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (connectionCodes.has(code)) return { name: code, meaning: meanings["NetworkingError"] ?? "" };
  const status = httpStatus(error);
  const known = meanings[name];
  if (known !== undefined) return { name, meaning: known };
  if (status !== undefined && status >= 500)
    return {
      name,
      meaning: `Secrets Manager failed with HTTP ${status}, also after retries: try again later`,
    };
  return {
    name,
    meaning: `Secrets Manager refused the request${status === undefined ? "" : ` with HTTP ${status}`}`,
  };
}

function httpStatus(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
  const metadata = error.$metadata as { readonly httpStatusCode?: number } | undefined;
  return metadata?.httpStatusCode;
}

export function describeAwsFailure(error: unknown): string {
  const { name, meaning } = explainAwsFailure(error);
  return `${meaning} (${name})`;
}

/** Failures that every further call would meet too: of the caller's access, of the service as a whole, of the network. */
export function isLasting(error: unknown): boolean {
  const { name } = explainAwsFailure(error);
  if (connectionCodes.has(name) || (httpStatus(error) ?? 0) >= 500) return true;
  return /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|CredentialsProvider|Throttling|TooManyRequests|Timeout|Networking)/.test(
    name,
  );
}
