import { parseSecretValue } from "../shared/secret-value";
import type { SignIn } from "./plan";
import { ask, reasonOf } from "./request";

/** How a secret's text is got; the client of AWS, but for tests. */
export type ReadSecret = (secretId: string) => Promise<string | undefined>;

const timeoutMilliseconds = 10_000;

/**
 * A token of the user pool for the canary's own user.
 * @throws Error that holds neither user, password nor token.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
 */
export async function signIn(
  { endpoint, clientId, secretId }: SignIn,
  { readSecret, authority }: { readSecret: ReadSecret; authority?: string | undefined },
): Promise<string> {
  const { username, password } = await readUser(secretId, readSecret);
  const answer = await ask({
    method: "POST",
    url: endpoint,
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
    },
    body: JSON.stringify({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
    timeoutMilliseconds,
    authority,
  }).catch((error: unknown) => {
    throw new Error(`the user pool cannot be asked: ${reasonOf(error)}`);
  });
  const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
  if (token === undefined)
    throw new Error(`the user pool lets the canary not in: it answers ${answer.status}`);
  return token;
}

async function readUser(secretId: string, readSecret: ReadSecret) {
  const text = await readSecret(secretId).catch((error: unknown) => {
    throw new Error(`the canary's user cannot be read: ${reasonOf(error)}`);
  });
  try {
    const { username, password } = parseSecretValue(text);
    if (username !== undefined && password !== undefined) return { username, password };
  } catch {
    // Told below, without a word of the secret.
  }
  throw new Error("the secret of the canary's user lacks username or password");
}

function tokenIn(body: string): string | undefined {
  try {
    const { AuthenticationResult: result } = JSON.parse(body) as {
      AuthenticationResult?: { AccessToken?: unknown };
    };
    return typeof result?.AccessToken === "string" ? result.AccessToken : undefined;
  } catch {
    return undefined;
  }
}
