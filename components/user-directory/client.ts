import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { readableAttributes, writableAttributes } from "./attributes";
import type { ResolvedUserDirectoryArgs } from "./args";

/** A working day; a month without signing in again. */
const accessHours = 8;
const idHours = 8;
const refreshDays = 30;
/** Between two steps of a sign-in, such as password and code. */
const stepMinutes = 3;

/** The application in the browser: it can keep no secret, so it has none. */
export function createClient(
  name: string,
  { spec, pool }: { spec: ResolvedUserDirectoryArgs; pool: aws.cognito.UserPool },
  owned: pulumi.CustomResourceOptions,
): aws.cognito.UserPoolClient {
  return new aws.cognito.UserPoolClient(
    `${name}-web`,
    {
      region: spec.region,
      userPoolId: pool.id,
      name: spec.clientName,
      generateSecret: false,
      // The password never leaves the browser as such.
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
      supportedIdentityProviders: ["COGNITO"],
      ...hostedSignIn(spec),
      accessTokenValidity: accessHours,
      idTokenValidity: idHours,
      refreshTokenValidity: refreshDays,
      tokenValidityUnits: { accessToken: "hours", idToken: "hours", refreshToken: "days" },
      authSessionValidity: stepMinutes,
      enableTokenRevocation: true,
      preventUserExistenceErrors: "ENABLED",
      readAttributes: [...readableAttributes],
      writeAttributes: [...writableAttributes],
    },
    { ...owned, protect: spec.protect },
  );
}

/** Days are for the browser of a whole working life; tools for operators ask again every morning. */
const operatorRefreshHours = 12;
const operatorTokenMinutes = 60;

/** An application that knows people by the hosted pages alone, with a code that PKCE binds to the browser. */
export function createApplication(
  name: string,
  { spec, pool, application }: ApplicationParts,
  owned: pulumi.CustomResourceOptions,
): aws.cognito.UserPoolClient {
  return new aws.cognito.UserPoolClient(
    `${name}-${application}`,
    {
      region: spec.region,
      userPoolId: pool.id,
      name: application,
      generateSecret: false,
      explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      supportedIdentityProviders: ["COGNITO"],
      ...hostedSignIn({ logoutUrls: [], callbackUrls: [], ...spec.applications[application] }),
      accessTokenValidity: operatorTokenMinutes,
      idTokenValidity: operatorTokenMinutes,
      refreshTokenValidity: operatorRefreshHours,
      tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
      authSessionValidity: stepMinutes,
      enableTokenRevocation: true,
      preventUserExistenceErrors: "ENABLED",
      readAttributes: [...readableAttributes],
      writeAttributes: [],
    },
    owned,
  );
}

interface ApplicationParts {
  readonly spec: ResolvedUserDirectoryArgs;
  readonly pool: aws.cognito.UserPool;
  readonly application: string;
}

/** By code alone: the implicit flow puts tokens into addresses, and so into histories and logs. */
function hostedSignIn({
  callbackUrls,
  logoutUrls,
}: Pick<ResolvedUserDirectoryArgs, "callbackUrls" | "logoutUrls">) {
  if (callbackUrls.length === 0) return { allowedOauthFlowsUserPoolClient: false };
  return {
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: ["email", "openid", "profile"],
    callbackUrls: [...callbackUrls],
    logoutUrls: [...logoutUrls],
  };
}

export function createSignInDomain(
  name: string,
  { spec, pool }: { spec: ResolvedUserDirectoryArgs; pool: aws.cognito.UserPool },
  owned: pulumi.CustomResourceOptions,
): aws.cognito.UserPoolDomain | undefined {
  const { region, signInDomain } = spec;
  if (signInDomain === undefined) return undefined;
  return new aws.cognito.UserPoolDomain(
    `${name}-sign-in`,
    {
      region,
      userPoolId: pool.id,
      ...("domain" in signInDomain
        ? { domain: signInDomain.domain, certificateArn: signInDomain.certificateArn }
        : { domain: signInDomain.prefix }),
    },
    owned,
  );
}
