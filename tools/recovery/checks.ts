import { ListCertificatesCommand } from "@aws-sdk/client-acm";
import { ListRecoveryPointsByBackupVaultCommand } from "@aws-sdk/client-backup";
import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { type Answer, ask, type Cloud } from "./cloud";
import { clusterOf, globalOf, lagSeconds } from "./database";
import type { Place, Sides } from "./sides";
import { readStack, type StackAccess } from "./stack-state";

/** "blocks": a change of regions would do harm; "lacks": it would leave something away; "unknown": nobody answers. */
type Verdict = "ok" | "blocks" | "lacks" | "unknown";

export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  readonly text: string;
}

export interface Clouds {
  readonly home: Cloud;
  readonly standby: Cloud;
}

export interface CheckRequest {
  readonly sides: Sides;
  readonly clouds: Clouds;
  readonly stacks: StackAccess;
  readonly now: Date;
  /** Whom the database is to go to. */
  readonly to: "home" | "standby";
  /** Whether both regions are to agree before they change. Undefined: nothing is to change now. */
  readonly planned?: boolean;
}

/** All of them, each for itself: what one region does not answer must not hide what the other says. */
export async function runChecks(request: CheckRequest): Promise<Finding[]> {
  const checks = [writers, lag, backups, secrets, images, certificate, quota, mode];
  // A preview takes longer than all the others.
  const stacks = stackChecks(request);
  const findings: Finding[] = [];
  for (const check of checks) findings.push(await check(request));
  return [...findings, ...(await stacks)];
}

/** What is to be deployed: on the way back home is built first, and the standby made small again at the end. */
async function stackChecks({ sides, stacks, to }: CheckRequest): Promise<Finding[]> {
  const places = to === "home" ? [sides.home, sides.standby] : [sides.standby];
  const findings: Finding[] = [];
  for (const { name: stack } of places) {
    const finding = await readStack({ access: stacks, project: sides.project, stack });
    findings.push({ name: `stack ${stack}`, ...finding });
  }
  return findings;
}

function refused(name: string, answer: { refusal: { name: string; meaning: string } }): Finding {
  const { refusal } = answer;
  return { name, verdict: "unknown", text: `${refusal.meaning} (${refusal.name})` };
}

const isRefused = <T>(answer: Answer<T>): answer is Extract<Answer<T>, { refusal: unknown }> =>
  "refusal" in answer;

async function writers({ sides, clouds, to, planned }: CheckRequest): Promise<Finding> {
  const name = "writers";
  const seen = async (side: "home" | "standby") =>
    ask(async () => clusterOf(clouds[side], sides[side]));
  const [home, standby] = [await seen("home"), await seen("standby")];
  const target = to === "home" ? home : standby;
  if (isRefused(target)) return refused(name, target);
  if (target.value === undefined)
    return {
      name,
      verdict: "blocks",
      text: `there is no cluster ${sides[to].prefix} in ${sides[to].region}`,
    };
  const state = (place: Place, answer: typeof home): string => {
    if (isRefused(answer)) return `${place.region}: ${answer.refusal.meaning}`;
    if (answer.value === undefined) return `${place.region}: no cluster`;
    return `${place.region}: ${answer.value.writable ? "takes writes" : "follows"}, ${answer.value.instances} instance(s)`;
  };
  const text = `${state(sides.home, home)}; ${state(sides.standby, standby)}`;
  const writes = (answer: typeof home): boolean =>
    !isRefused(answer) && answer.value?.writable === true;
  if (writes(home) && writes(standby))
    return { name, verdict: "blocks", text: `BOTH take writes, and neither follows: ${text}` };
  const other = to === "home" ? standby : home;
  if (planned === true && isRefused(other))
    return { name, verdict: "blocks", text: `a planned change needs both regions: ${text}` };
  if (planned === false && writes(other))
    return {
      ...{ name, verdict: "blocks" },
      text: `the other region answers and takes writes: --planned loses nothing, this would lose what has not arrived: ${text}`,
    };
  const member = await ask(async () => globalOf(clouds[to], sides.home.prefix));
  if (!isRefused(member) && !member.value?.memberArns.includes(target.value.arn))
    return {
      name,
      verdict: "blocks",
      text: `${sides[to].prefix} is no member of the global database: ${text}`,
    };
  return { name, verdict: "ok", text };
}

async function lag({ sides, clouds, now, to }: CheckRequest): Promise<Finding> {
  const name = "lag";
  const [copy, writer] =
    to === "standby" ? [sides.standby, sides.home] : [sides.home, sides.standby];
  const cluster = await ask(async () => clusterOf(clouds[to], copy));
  if (!isRefused(cluster) && cluster.value?.writable === true)
    return { name, verdict: "ok", text: `${copy.region} is the writer already` };
  const answer = await ask(async () => lagSeconds(clouds[to], { copy, writer, now }));
  if (isRefused(answer)) return refused(name, answer);
  const seconds = answer.value;
  if (seconds === undefined)
    return {
      name,
      verdict: "blocks",
      text: "nobody measured in the last minutes: what is lost cannot be told",
    };
  const text = `${seconds.toFixed(1)} s behind, ${sides.rpoSeconds} s may be lost`;
  return { name, verdict: seconds > sides.rpoSeconds ? "blocks" : "ok", text };
}

async function backups({ sides, clouds, now }: CheckRequest): Promise<Finding> {
  const name = "backups";
  const vault = `${sides.home.prefix}-backup-copies`;
  const answer = await ask(async () =>
    clouds.standby.backup.send(
      new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: vault, MaxResults: 1000 }),
    ),
  );
  if (isRefused(answer)) return refused(name, answer);
  const times = (answer.value.RecoveryPoints ?? []).flatMap(({ CreationDate, Status }) =>
    CreationDate !== undefined && Status === "COMPLETED" ? CreationDate.getTime() : [],
  );
  if (times.length === 0) return { name, verdict: "lacks", text: `none in ${vault}` };
  const hours = (now.getTime() - Math.max(...times)) / 3_600_000;
  return {
    ...{ name, verdict: hours > sides.backupHours ? "lacks" : "ok" },
    text: `the newest copy in ${vault} is ${hours.toFixed(1)} h old, at most ${sides.backupHours}`,
  };
}

async function secrets({ sides, clouds }: CheckRequest): Promise<Finding> {
  const name = "secrets";
  const missing: string[] = [];
  for (const path of sides.secretPaths) {
    const answer = await ask(async () =>
      clouds.standby.secrets.send(new DescribeSecretCommand({ SecretId: path })),
    );
    if (!isRefused(answer)) continue;
    if (!answer.refusal.name.includes("NotFound")) return refused(name, answer);
    missing.push(path);
  }
  const text = `${sides.secretPaths.length - missing.length} of ${sides.secretPaths.length} are in ${sides.standby.region}`;
  return missing.length === 0
    ? { name, verdict: "ok", text }
    : { name, verdict: "lacks", text: `${text}; missing: ${missing.join(", ")}` };
}

async function images({ sides, clouds }: CheckRequest): Promise<Finding> {
  const name = "images";
  const missing: string[] = [];
  for (const { repository, digest } of sides.images) {
    if (digest === undefined) {
      missing.push(`${repository} (not released)`);
      continue;
    }
    const answer = await ask(async () =>
      clouds.standby.images.send(
        new DescribeImagesCommand({
          repositoryName: repository,
          imageIds: [{ imageDigest: digest }],
        }),
      ),
    );
    if (!isRefused(answer)) continue;
    if (!answer.refusal.name.includes("NotFound")) return refused(name, answer);
    missing.push(repository);
  }
  const text = `${sides.images.length - missing.length} of ${sides.images.length} are in ${sides.standby.region}`;
  return missing.length === 0
    ? { name, verdict: "ok", text }
    : { name, verdict: "lacks", text: `${text}; missing: ${missing.join(", ")}` };
}

async function certificate({ sides, clouds }: CheckRequest): Promise<Finding> {
  const name = "certificate";
  const { domain } = sides;
  if (domain === undefined)
    return { name, verdict: "lacks", text: "auterity:ingress.domain is unassigned" };
  const answer = await ask(async () =>
    clouds.standby.certificates.send(
      new ListCertificatesCommand({ CertificateStatuses: ["ISSUED"] }),
    ),
  );
  if (isRefused(answer)) return refused(name, answer);
  const found = (answer.value.CertificateSummaryList ?? []).some(
    ({ DomainName }) => DomainName === domain,
  );
  return found
    ? { name, verdict: "ok", text: `issued for ${domain} in ${sides.standby.region}` }
    : { name, verdict: "lacks", text: `none is issued for ${domain} in ${sides.standby.region}` };
}

/** "Running On-Demand Standard instances", in processors. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html */
const standardInstances = { ServiceCode: "ec2", QuotaCode: "L-1216C47A" };

async function quota({ sides, clouds }: CheckRequest): Promise<Finding> {
  const name = "quotas";
  const answer = await ask(async () =>
    clouds.standby.quotas.send(new GetServiceQuotaCommand(standardInstances)),
  );
  if (isRefused(answer)) return refused(name, answer);
  const processors = answer.value.Quota?.Value ?? 0;
  return {
    ...{ name, verdict: processors < sides.processors ? "lacks" : "ok" },
    text: `${processors} processors may run in ${sides.standby.region}, ${sides.processors} are needed at most`,
  };
}

function mode({ sides }: CheckRequest): Promise<Finding> {
  const text = `auterity:recovery.mode is ${sides.mode}`;
  return Promise.resolve({ name: "mode", verdict: "ok", text });
}
