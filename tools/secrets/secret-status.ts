import type { DescribeSecretCommandOutput } from "@aws-sdk/client-secrets-manager";
import { rotationDays } from "../../components/shared/rotation-times";
import { isLasting } from "./aws-failure";
import { type DeclaredSecret, declaredProperties } from "./declared-secrets";
import type { SecretStore, StoredSecret } from "./secret-store";
import { replicaProblems } from "./replica-problems";
import type { SyncTime } from "./sync-times";
import type { TargetEnvironment } from "./target-environment";
import { describeStoreFailure } from "./write-secret";

type Filled =
  "filled" | "partly filled" | "not filled" | "missing" | "being deleted" | "unreadable";

export interface SecretStatus {
  readonly path: string;
  readonly origin: string;
  readonly filled: Filled;
  /** Declared variables that the secret does not hold. */
  readonly lacks: readonly string[];
  /** Age of the current version in days. */
  readonly ageDays: number | undefined;
  /** "elsewhere": what lies here is a replica. */
  readonly rotation: "on" | "off" | "by people" | "elsewhere";
  readonly lastRotated: string | undefined;
  readonly overdue: boolean;
  /** Per region, as AWS calls it: InSync, InProgress, Failed. */
  readonly replicas: readonly { readonly region: string; readonly status: string }[];
  readonly lastSync: string | undefined;
  readonly syncReady: boolean | undefined;
  /** What somebody has to do about it. */
  readonly problems: readonly string[];
}

const dayMilliseconds = 86_400_000;

export interface StatusRequest {
  readonly target: Pick<TargetEnvironment, "region" | "source" | "replicaRegion">;
  readonly store: SecretStore;
  /** By "namespace/name"; undefined where no cluster was named. */
  readonly syncTimes: ReadonlyMap<string, SyncTime> | undefined;
  readonly now: Date;
}

/** @throws what every further call would meet too: no access, no network. */
export async function readStatus(
  secret: DeclaredSecret,
  request: StatusRequest,
): Promise<SecretStatus> {
  let described: DescribeSecretCommandOutput;
  try {
    described = await request.store.describe(secret.path);
  } catch (error) {
    if (isLasting(error)) throw error;
    const isMissing = error instanceof Error && error.name === "ResourceNotFoundException";
    const missing =
      request.target.source === "replicated"
        ? "missing: it is not replicated to this region"
        : "missing: deploy the environment";
    const problem = isMissing ? missing : describeStoreFailure(error);
    return absent(secret, isMissing ? "missing" : "unreadable", problem);
  }
  if (described.DeletedDate !== undefined)
    return absent(secret, "being deleted", "is being deleted: restore it (docs/secrets.md)");
  const content = await readContent(secret, request.store);
  return judge(secret, { ...request, described, content });
}

type Content = { readonly stored: StoredSecret } | { readonly unreadable: string };

async function readContent({ path }: DeclaredSecret, store: SecretStore): Promise<Content> {
  try {
    return { stored: await store.read(path) };
  } catch (error) {
    if (isLasting(error)) throw error;
    return { unreadable: describeStoreFailure(error) };
  }
}

function absent(
  { path, declaration }: DeclaredSecret,
  filled: Filled,
  problem: string,
): SecretStatus {
  return {
    ...{
      path,
      origin: declaration.origin,
      filled,
      lacks: declaredProperties(declaration),
      ageDays: undefined,
    },
    ...{
      rotation: declaration.origin === "issued-outside" ? "by people" : "off",
      lastRotated: undefined,
    },
    ...{
      overdue: false,
      replicas: [],
      lastSync: undefined,
      syncReady: undefined,
      problems: [problem],
    },
  };
}

interface Found extends StatusRequest {
  readonly described: DescribeSecretCommandOutput;
  readonly content: Content;
}

function judge(secret: DeclaredSecret, found: Found): SecretStatus {
  const { described, content, now } = found;
  const { declaration, path } = secret;
  const stored = "stored" in content ? content.stored : undefined;
  const properties = declaredProperties(declaration);
  const lacks = stored === undefined ? [] : properties.filter((each) => !stored.values.has(each));
  const filled = fillingOf(stored, lacks, properties.length);
  const changedAt = stored?.createdAt ?? described.LastChangedDate ?? described.CreatedDate;
  const ageDays = changedAt && Math.floor((now.getTime() - changedAt.getTime()) / dayMilliseconds);
  const rotation = rotationOf(secret, found);
  // Nobody has to replace what nobody has filled.
  const overdue = filled !== "not filled" && isOverdue(secret, { described, ageDays, now });
  const replicas = (described.ReplicationStatus ?? []).map((replica) => ({
    ...{ region: replica.Region ?? "-", status: replica.Status ?? "-" },
  }));
  const sync = found.syncTimes?.get(`${secret.namespace}/${secret.kubernetesName}`);
  const problems = [
    ...("unreadable" in content ? [`its value cannot be read: ${content.unreadable}`] : []),
    ...(lacks.length > 0 ? [lacksProblem(declaration, lacks)] : []),
    ...(overdue ? [overdueProblem(rotation, rotationDays(declaration.rotation))] : []),
    ...replicaProblems(found),
    ...(found.syncTimes !== undefined && sync?.ready !== true
      ? ["is not synced into the cluster"]
      : []),
  ];
  return {
    ...{
      path,
      origin: declaration.origin,
      filled,
      lacks,
      ageDays,
      rotation,
      overdue,
      replicas,
      problems,
    },
    lastRotated: described.LastRotatedDate?.toISOString(),
    lastSync: sync?.at?.toISOString(),
    syncReady: sync?.ready,
  };
}

/** What nobody fills by hand. */
function lacksProblem(
  { origin, filledBy }: DeclaredSecret["declaration"],
  lacks: readonly string[],
): string {
  const what = `lacks ${lacks.join(", ")}`;
  if (filledBy === "deployment") return `${what}: deploy the environment`;
  if (origin === "issued-outside") return `${what}: fill it with replace`;
  return `${what}: a function of the platform fills it, look at its log (docs/secrets.md)`;
}

function fillingOf(
  stored: StoredSecret | undefined,
  lacks: readonly string[],
  declared: number,
): Filled {
  if (stored === undefined) return "unreadable";
  if (lacks.length === 0) return "filled";
  return lacks.length === declared ? "not filled" : "partly filled";
}

function rotationOf(
  { declaration }: DeclaredSecret,
  { described, target }: Pick<Found, "described" | "target">,
): SecretStatus["rotation"] {
  if (declaration.origin === "issued-outside") return "by people";
  if (target.source === "replicated") return "elsewhere";
  return described.RotationEnabled === true ? "on" : "off";
}

function isOverdue(
  { declaration }: DeclaredSecret,
  found: {
    readonly described: DescribeSecretCommandOutput;
    readonly ageDays: number | undefined;
    readonly now: Date;
  },
): boolean {
  const { described, ageDays, now } = found;
  const next = described.NextRotationDate;
  if (described.RotationEnabled === true && next !== undefined)
    return next.getTime() + dayMilliseconds < now.getTime();
  return ageDays !== undefined && ageDays > rotationDays(declaration.rotation);
}

function overdueProblem(rotation: SecretStatus["rotation"], days: number): string {
  if (rotation === "by people") return `older than ${days} days: replace it`;
  if (rotation === "elsewhere") return `older than ${days} days: look at it where it comes from`;
  if (rotation === "off") return `older than ${days} days, and its rotation is off`;
  return "its rotation is overdue";
}
