import type { ACMClient } from "@aws-sdk/client-acm";
import type { BackupClient } from "@aws-sdk/client-backup";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { ECRClient } from "@aws-sdk/client-ecr";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { RDSClient } from "@aws-sdk/client-rds";
import type { Route53Client } from "@aws-sdk/client-route-53";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { createRequire } from "node:module";

const load = createRequire(__filename);

/** Clients of one region. */
export interface Cloud {
  readonly region: string;
  readonly rds: RDSClient;
  readonly watch: CloudWatchClient;
  readonly secrets: SecretsManagerClient;
  readonly images: ECRClient;
  readonly backup: BackupClient;
  readonly certificates: ACMClient;
  readonly functions: LambdaClient;
  readonly quotas: ServiceQuotasClient;
  readonly close: () => void;
}

export interface CloudAddress {
  readonly region: string;
  /** Default: those of the region, or AWS_ENDPOINT_URL. */
  readonly endpointUrl?: string;
}

/** A region that is lost answers nobody: what waits for it has to go on soon. */
function settings({ region, endpointUrl }: CloudAddress) {
  return {
    region,
    retryMode: "adaptive",
    maxAttempts: 4,
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
    requestHandler: {
      connectionTimeout: 5000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    },
  };
}

export function openCloud(address: CloudAddress): Cloud {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const common = settings(address);
  const { RDSClient } = load("@aws-sdk/client-rds") as typeof import("@aws-sdk/client-rds");
  const { CloudWatchClient } = load(
    "@aws-sdk/client-cloudwatch",
  ) as typeof import("@aws-sdk/client-cloudwatch");
  const { SecretsManagerClient } = load(
    "@aws-sdk/client-secrets-manager",
  ) as typeof import("@aws-sdk/client-secrets-manager");
  const { ECRClient } = load("@aws-sdk/client-ecr") as typeof import("@aws-sdk/client-ecr");
  const { BackupClient } = load(
    "@aws-sdk/client-backup",
  ) as typeof import("@aws-sdk/client-backup");
  const { ACMClient } = load("@aws-sdk/client-acm") as typeof import("@aws-sdk/client-acm");
  const { LambdaClient } = load(
    "@aws-sdk/client-lambda",
  ) as typeof import("@aws-sdk/client-lambda");
  const { ServiceQuotasClient } = load(
    "@aws-sdk/client-service-quotas",
  ) as typeof import("@aws-sdk/client-service-quotas");
  const clients = {
    rds: new RDSClient(common),
    watch: new CloudWatchClient(common),
    secrets: new SecretsManagerClient(common),
    images: new ECRClient(common),
    backup: new BackupClient(common),
    certificates: new ACMClient(common),
    functions: new LambdaClient(common),
    quotas: new ServiceQuotasClient(common),
  };
  return {
    region: address.region,
    ...clients,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Route 53 is of no region; its changes are made in us-east-1. */
export function openNames(endpointUrl?: string): Route53Client {
  const { Route53Client } = load(
    "@aws-sdk/client-route-53",
  ) as typeof import("@aws-sdk/client-route-53");
  return new Route53Client(
    settings({ region: "us-east-1", ...(endpointUrl !== undefined && { endpointUrl }) }),
  );
}

/** What kept a call from being answered, without anything that was sent. */
export interface Refusal {
  readonly name: string;
  readonly meaning: string;
  /** Nobody answered at all, as when a region is lost. */
  readonly unreachable: boolean;
}

const unreachableNames =
  /^(TimeoutError|NetworkingError|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/;
const meanings: readonly [RegExp, string][] = [
  [unreachableNames, "nobody answers"],
  [/AccessDenied|UnauthorizedOperation|NotAuthorized/, "the caller may not do this"],
  [/ExpiredToken|InvalidClientToken|UnrecognizedClient|CredentialsProvider/, "sign in again"],
  [/Throttling|TooManyRequests|RequestLimitExceeded/, "throttled, also after retries: later again"],
  [/NotFound|NoSuch/, "it does not exist"],
  [/InvalidGlobalClusterState|InvalidDBClusterState/, "its state does not allow it now"],
];

export function refusalOf(error: unknown): Refusal {
  const own = error instanceof Error ? error.name : "unknown error";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const name = unreachableNames.test(code) ? code : own;
  const meaning = meanings.find(([pattern]) => pattern.test(name))?.[1] ?? "refused";
  return { name, meaning, unreachable: unreachableNames.test(name) };
}

/** An answer, or why there is none. */
export type Answer<T> = { readonly value: T } | { readonly refusal: Refusal };

export async function ask<T>(call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}
