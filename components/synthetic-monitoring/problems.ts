import { isDnsLabel } from "../shared/kubernetes-names";
import { repeated } from "../shared/record-workload";
import type { Canary, CanaryStep, SyntheticMonitoringSpec } from "./args";
import { canaryName, canaryPlan, timeoutSeconds } from "./plan";

/** @see https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CreateCanary.html */
const longestName = 255;
/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const longestScheduleName = 64;
/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, all variables together. */
const mostEnvironmentBytes = 4096;
/** Of the variables that Synthetics itself sets. */
const keptForSynthetics = 512;
/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400];

export function canaryProblems(name: string, spec: SyntheticMonitoringSpec): string[] {
  const { canaries, everyMinutes, retentionDays } = spec;
  const problems: string[] = [];
  if (!isCount(everyMinutes, 1, 60))
    problems.push(`everyMinutes: got ${everyMinutes}, need 1 to 60`);
  if (!retentions.includes(retentionDays))
    problems.push(`retentionDays: got ${retentionDays}, need one of ${retentions.join(", ")}`);
  if (Object.keys(canaries).length === 0) problems.push("canaries: got none, need at least one");
  for (const [key, canary] of Object.entries(canaries)) {
    if (!isDnsLabel(key)) problems.push(`canaries: got the name "${key}", need a DNS label`);
    const { length } = canaryName(name, key);
    if (length > longestName)
      problems.push(`canaries.${key}: makes a name of ${length} characters, need ${longestName}`);
    const schedule = length + "-start".length;
    if (spec.workingWeek !== undefined && schedule > longestScheduleName)
      problems.push(
        `canaries.${key}: makes the name of a schedule of ${schedule} characters, need ${longestScheduleName}, or no workingWeek`,
      );
    problems.push(...oneProblems(`canaries.${key}`, canary, spec));
  }
  return problems;
}

function oneProblems(path: string, canary: Canary, spec: SyntheticMonitoringSpec): string[] {
  const { steps, slowRunMilliseconds = 1 } = canary;
  const problems: string[] = [];
  if (steps.length === 0) problems.push(`${path}.steps: got none, need at least one`);
  for (const twice of repeated(steps.map((step) => step.name)))
    problems.push(`${path}.steps: got "${twice}" twice, need each name once`);
  for (const step of steps)
    problems.push(...stepProblems(`${path}.steps.${step.name}`, step, spec));
  if (!isCount(slowRunMilliseconds, 1, 840_000))
    problems.push(
      `${path}.slowRunMilliseconds: got ${slowRunMilliseconds}, need 1 to 840000 milliseconds`,
    );
  if (canary.internal === true && spec.network === undefined)
    problems.push(`${path}.internal: got true without network, need where it runs`);
  const timeout = timeoutSeconds(canary);
  const most = Math.min(840, spec.everyMinutes * 60);
  if (timeout > most)
    problems.push(
      `${path}.steps: may take ${timeout} s together, need at most ${most}, when the next run begins`,
    );
  const bytes = Buffer.byteLength(
    canaryPlan("", canary, { signIn: spec.signIn, secretArn: "x".repeat(200) }),
  );
  if (bytes > mostEnvironmentBytes - keptForSynthetics)
    problems.push(
      `${path}.steps: take ${bytes} bytes of the environment, need at most ${mostEnvironmentBytes - keptForSynthetics}; split the canary`,
    );
  return problems;
}

function stepProblems(
  path: string,
  step: CanaryStep,
  { signIn }: Pick<SyntheticMonitoringSpec, "signIn">,
): string[] {
  const {
    url,
    redirectsTo,
    expectedStatus,
    slowAfterMilliseconds = 1000,
    expectedText,
    body,
  } = step;
  const problems: string[] = [];
  if (!isDnsLabel(step.name)) problems.push(`${path}: need a DNS label as its name`);
  for (const [key, address] of Object.entries({ url, redirectsTo })) {
    if (address === undefined) continue;
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
      problems.push(`${path}.${key}: got "${address}", need http:// or https://`);
    else if (new URL(address).password !== "" || new URL(address).username !== "")
      problems.push(`${path}.${key}: got a user in the address, need signedIn`);
  }
  if (redirectsTo === undefined && step.signedIn !== true && url.startsWith("http://"))
    problems.push(`${path}.url: got http://, need https://, or where it redirects to`);
  if (!isCount(expectedStatus, 100, 599))
    problems.push(`${path}.expectedStatus: got ${expectedStatus}, need 100 to 599`);
  if (!isCount(slowAfterMilliseconds, 100, 300_000))
    problems.push(
      `${path}.slowAfterMilliseconds: got ${slowAfterMilliseconds}, need 100 to 300000 milliseconds`,
    );
  for (const [key, text] of Object.entries({ expectedText, body }))
    if (text === "") problems.push(`${path}.${key}: got nothing, need text, or leave it out`);
  const days = step.leastCertificateDays;
  if (days !== undefined && !isCount(days, 1, 365))
    problems.push(`${path}.leastCertificateDays: got ${days}, need 1 to 365`);
  if (days !== undefined && url.startsWith("http://"))
    problems.push(`${path}.leastCertificateDays: got ${days} with http://, which shows none`);
  if (step.signedIn === true && signIn === undefined)
    problems.push(`${path}.signedIn: got true without signIn, need the canaries' user`);
  if (step.signedIn === true && url.startsWith("http://"))
    problems.push(`${path}.url: got http:// with signedIn, need https://; it sends a token`);
  return problems;
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
