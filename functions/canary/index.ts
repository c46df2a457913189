import { type CanaryPlan, parsePlan } from "./plan";
import { type ReadSecret, signIn } from "./sign-in";
import { runStep } from "./step";

/** What a run leaves to others; tests listen, and stand for AWS. */
export interface Surroundings {
  readonly write: (line: string) => void;
  readonly readSecret: ReadSecret;
  /** Authority of certificates, beside those that everybody knows. */
  readonly authority?: string;
}

/** Entry point of the canary: returns when everything holds, throws what does not. */
export async function handler(): Promise<string> {
  return runCanary(parsePlan(process.env["CANARY_PLAN"]), {
    write: (line) => process.stdout.write(`${line}\n`),
    readSecret,
  });
}

/**
 * Runs all steps, also after one that failed: what else is broken is worth knowing. Writes a line for each, in which no
 * credential stands.
 * @throws Error with every step that failed, and why.
 */
export async function runCanary(plan: CanaryPlan, surroundings: Surroundings): Promise<string> {
  const { write, authority } = surroundings;
  const token = await tokenFor(plan, surroundings);
  const failures: string[] = [];
  for (const step of plan.steps) {
    const result = await runStep(step, { token, authority, now: new Date() });
    write(JSON.stringify({ canary: plan.name, ...result }));
    for (const problem of result.problems) failures.push(`${step.name}: ${problem}`);
  }
  if (failures.length > 0) throw new Error(`${plan.name} failed: ${failures.join("; ")}`);
  return `${plan.name}: ${plan.steps.length} steps hold`;
}

async function tokenFor(
  plan: CanaryPlan,
  { write, readSecret: read, authority }: Surroundings,
): Promise<string | undefined> {
  if (plan.signIn === undefined || !plan.steps.some(({ signedIn }) => signedIn === true))
    return undefined;
  try {
    return await signIn(plan.signIn, { readSecret: read, authority });
  } catch (error) {
    const problem = error instanceof Error ? error.message : "unknown";
    write(JSON.stringify({ canary: plan.name, step: "sign-in", problems: [problem] }));
    // Made in signIn, where nothing of what AWS says is kept.
    throw new Error(`${plan.name} failed: sign-in: ${problem}`, { cause: error });
  }
}

/** Loaded where it is needed: a canary that signs nobody in does not depend on what its runtime brings. */
async function readSecret(secretId: string): Promise<string | undefined> {
  const { GetSecretValueCommand, SecretsManagerClient } =
    await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManagerClient({});
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  return SecretString;
}
