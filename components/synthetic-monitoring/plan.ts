import { type Canary, canaryDefaults, type SyntheticMonitoringSpec } from "./args";

/** Beside its requests: the function starts, and asks the user pool. */
const overheadSeconds = 30;
/** @see https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryRunConfigInput.html */
const shortestTimeoutSeconds = 15;

/** In AWS: part of metrics, alarms and of the function that AWS makes for it. */
export function canaryName(name: string, key: string): string {
  return `${name}-${key}`;
}

/** A run may take as long as its steps may, and no longer than until the next. */
export function timeoutSeconds({ steps }: Canary): number {
  const milliseconds = steps.reduce(
    (sum, { slowAfterMilliseconds = canaryDefaults.slowAfterMilliseconds }) =>
      sum + slowAfterMilliseconds,
    0,
  );
  return Math.max(shortestTimeoutSeconds, Math.ceil(milliseconds / 1000) + overheadSeconds);
}

/** What the code in functions/canary reads; it holds no credential. */
export function canaryPlan(
  key: string,
  { steps }: Canary,
  { signIn, secretArn }: { signIn: SyntheticMonitoringSpec["signIn"]; secretArn: string },
): string {
  return JSON.stringify({
    name: key,
    steps: steps.map((step) => ({
      method: "GET",
      slowAfterMilliseconds: canaryDefaults.slowAfterMilliseconds,
      ...step,
    })),
    ...(signIn !== undefined &&
      steps.some(({ signedIn }) => signedIn === true) && {
        signIn: { endpoint: signIn.endpoint, clientId: signIn.clientId, secretId: secretArn },
      }),
  });
}
