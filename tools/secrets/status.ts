import { drawTable } from "../terminal/table";
import { declaredSecrets, type SecretOwner } from "./declared-secrets";
import type { SecretStore } from "./secret-store";
import { SecretsError } from "./secrets-error";
import { readStatus, type SecretStatus } from "./secret-status";
import { readSyncTimes, type ClusterAccess } from "./sync-times";
import { unassignedNotice, type TargetEnvironment } from "./target-environment";
import { describeStoreFailure } from "./write-secret";

interface ShowStatusRequest {
  readonly target: TargetEnvironment;
  readonly records: readonly SecretOwner[];
  readonly cluster: ClusterAccess | undefined;
  readonly store: SecretStore;
  readonly now: Date;
  readonly json: boolean;
  readonly say: (line: string) => void;
}

/** Shows every declared secret; exit code 1 when one is missing, not filled, overdue, not replicated or not synced. */
export async function showStatus(request: ShowStatusRequest): Promise<0 | 1> {
  const { target, records, cluster, store, now, say } = request;
  const syncTimes = cluster && (await readSyncTimes(cluster));
  const statuses: SecretStatus[] = [];
  for (const secret of declaredSecrets(target.secretsEnvironment, records)) {
    try {
      statuses.push(await readStatus(secret, { target, store, syncTimes, now }));
    } catch (error) {
      throw new SecretsError("the secrets cannot be read", [
        `${secret.path}: ${describeStoreFailure(error)}`,
      ]);
    }
  }
  const open = statuses.filter(({ problems }) => problems.length > 0);
  if (request.json) {
    const document = {
      format: 1,
      environment: target.name,
      passed: open.length === 0,
      secrets: statuses,
    };
    say(JSON.stringify(document, undefined, 2));
    return open.length === 0 ? 0 : 1;
  }
  for (const line of drawTable([header, ...statuses.map(rowOf)])) say(line);
  if (target.accountId === undefined) say(`note: ${unassignedNotice(target)}`);
  for (const { path, problems } of open) say(`${path}: ${problems.join("; ")}`);
  say(`${statuses.length} secrets, ${open.length} of them need somebody`);
  return open.length === 0 ? 0 : 1;
}

const header = ["secret", "state", "age", "rotation", "last rotated", "replicas", "last sync"];

function rowOf(status: SecretStatus): string[] {
  const rotation = status.overdue ? `${status.rotation}, overdue` : status.rotation;
  return [
    status.path,
    status.filled,
    status.ageDays === undefined ? "-" : `${status.ageDays} d`,
    rotation,
    asMinute(status.lastRotated),
    status.replicas.map(({ region, status: state }) => `${region} ${state}`).join(", ") || "-",
    asMinute(status.lastSync),
  ];
}

function asMinute(time: string | undefined): string {
  return time === undefined ? "-" : `${time.slice(0, 16)}Z`;
}
