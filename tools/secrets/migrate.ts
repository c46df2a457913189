import { join } from "node:path";
import type { ServiceRecord } from "../../components/shared/service-record";
import { isLasting } from "./aws-failure";
import { cleanComposeFiles, type CleanedFile } from "./clean-compose";
import { openMigrationState, type MigrationState } from "./migration-state";
import { planMigration, type MigrationPlan, type PlannedSecret } from "./migration-plan";
import {
  reportAsJson,
  writeReports,
  type MigrationReport,
  type SecretOutcome,
} from "./migration-report";
import { showFindings } from "./show-findings";
import type { SecretStore } from "./secret-store";
import type { SecretText } from "./secret-text";
import { SecretsError } from "./secrets-error";
import { refuseReplicas, unassignedNotice, type TargetEnvironment } from "./target-environment";
import { loadWorkspace } from "./workspace";
import { describeStoreFailure, refuseChange, writeSecret, type Change } from "./write-secret";

export interface MigrateRequest {
  readonly paths: readonly string[];
  readonly target: TargetEnvironment;
  readonly records: readonly ServiceRecord[];
  readonly overrides: ReadonlyMap<string, readonly string[]>;
  readonly forcePlaceholders: boolean;
  readonly dryRun: boolean;
  readonly outDirectory: string;
  /** Opened at the first use: a file without credentials needs no access. */
  readonly openStore: () => SecretStore;
  readonly say: (line: string) => void;
}

export interface MigrateResult {
  /** The report as data. */
  readonly report: object;
  readonly exitCode: 0 | 1;
}

/** A secret with what it is to get, and what holds there already. */
interface Prepared {
  readonly secret: PlannedSecret;
  readonly change: Change;
  /** Variables that were migrated before and replaced in the store since, with the day of the migration. */
  readonly leftAlone: ReadonlyMap<string, string>;
}

/** Moves the credentials of Compose and env files into the secrets of an environment. @throws SecretsError before anything is written. */
export async function migrate(request: MigrateRequest): Promise<MigrateResult> {
  const { target, say } = request;
  refuseReplicas(target);
  const workspace = loadWorkspace(request.paths);
  const plan = planMigration(workspace, { ...request, environment: target.secretsEnvironment });
  for (const notice of workspace.notices) say(`note: ${notice}`);
  showFindings(plan, request.forcePlaceholders, say);
  const cleaned = cleanComposeFiles(workspace, plan);
  if (plan.secrets.length === 0) return finish(request, { plan, cleaned, outcomes: [] });
  if (target.accountId === undefined) say(`note: ${unassignedNotice(target)}`);
  const state = openMigrationState(request.outDirectory, target.name);
  const store = request.openStore();
  try {
    const prepared = await prepare(request, { plan, state, store });
    if (request.dryRun)
      return finish(request, { plan, cleaned, outcomes: announce(prepared, say) });
    state.begin();
    const outcomes = await writeAll(request, { prepared, state, store });
    return finish(request, { plan, cleaned, outcomes });
  } finally {
    store.close();
  }
}

interface Access {
  readonly plan: MigrationPlan;
  readonly state: MigrationState;
  readonly store: SecretStore;
}

/** Reads every secret before the first is written, so that what cannot work is known as a whole. */
async function prepare(
  request: MigrateRequest,
  { plan, state, store }: Access,
): Promise<Prepared[]> {
  const problems: string[] = [];
  const prepared: Prepared[] = [];
  for (const [index, secret] of plan.secrets.entries()) {
    request.say(`reading ${index + 1}/${plan.secrets.length} ${secret.path}`);
    try {
      const stored = await store.read(secret.path);
      const leftAlone = new Map<string, string>();
      const values = new Map<string, SecretText>();
      for (const [variable, { value }] of secret.values) {
        const since = state.writtenAt(secret.path, variable, value);
        const there = stored.values.get(variable);
        if (since !== undefined && there !== undefined && !there.equals(value))
          leftAlone.set(variable, since);
        else values.set(variable, value);
      }
      const change = { path: secret.path, stored, values, salt: state.salt };
      const refusal = refuseChange(change, request.target.accountId);
      if (refusal !== undefined) problems.push(refusal);
      prepared.push({ secret, change, leftAlone });
    } catch (error) {
      problems.push(`${secret.path}: ${describeStoreFailure(error)}`);
      if (!isLasting(error)) continue;
      const rest = plan.secrets.slice(index + 1).map(({ path }) => path);
      if (rest.length > 0) problems.push(`not asked for any more: ${rest.join(", ")}`);
      break;
    }
  }
  if (problems.length > 0)
    throw new SecretsError("the secrets cannot be written; nothing was changed", problems);
  return prepared;
}

function announce(prepared: readonly Prepared[], say: (line: string) => void): SecretOutcome[] {
  return prepared.map(({ secret, change: { stored, values }, leftAlone }) => {
    const added = [...values.keys()].filter((variable) => !stored.values.has(variable));
    const replaced = [...values].filter(
      ([variable, value]) => stored.values.get(variable)?.equals(value) === false,
    );
    const parts = [
      ...(added.length > 0 ? [`add ${added.join(", ")}`] : []),
      ...(replaced.length > 0
        ? [`replace ${replaced.map(([variable]) => variable).join(", ")}`]
        : []),
      ...(leftAlone.size > 0 ? [`leave ${[...leftAlone.keys()].join(", ")} alone`] : []),
    ];
    const what = parts.length === 0 ? "holds everything already" : `would ${parts.join(", ")}`;
    say(`${secret.path}: ${what}`);
    return { path: secret.path, outcome: "planned", detail: what };
  });
}

async function writeAll(
  request: MigrateRequest,
  { prepared, state, store }: Omit<Access, "plan"> & { readonly prepared: readonly Prepared[] },
): Promise<SecretOutcome[]> {
  const outcomes: SecretOutcome[] = [];
  let stopped = false;
  for (const [index, { change, leftAlone, secret }] of prepared.entries()) {
    const { path } = secret;
    const step = `writing ${index + 1}/${prepared.length} ${path}`;
    if (stopped) {
      outcomes.push({ path, outcome: "not done", detail: "not reached" });
      continue;
    }
    try {
      const result = await writeSecret(store, change);
      request.say(`${step}: ${result.kind}`);
      if (result.kind === "contradicted")
        outcomes.push({ path, outcome: "not done", detail: result.why });
      else {
        state.record(path, result.versionId, change.values);
        outcomes.push({ path, outcome: "in the store", detail: describeLeft(leftAlone) });
      }
    } catch (error) {
      const why = describeStoreFailure(error);
      request.say(`${step}: failed: ${why}`);
      outcomes.push({ path, outcome: "not done", detail: why });
      stopped = isLasting(error);
    }
  }
  return outcomes;
}

function describeLeft(leftAlone: ReadonlyMap<string, string>): string {
  if (leftAlone.size === 0) return "read back and compared by hash";
  const names = [...leftAlone].map(([variable, since]) => `${variable} (migrated ${since})`);
  return `replaced in the store since, left alone: ${names.join(", ")}`;
}

interface Ending {
  readonly plan: MigrationPlan;
  readonly cleaned: readonly CleanedFile[];
  readonly outcomes: readonly SecretOutcome[];
}

function finish(request: MigrateRequest, ending: Ending): MigrateResult {
  const { say, dryRun } = request;
  const open = ending.outcomes.filter(({ outcome }) => outcome === "not done");
  const complete = open.length === 0;
  const report: MigrationReport = {
    ...{ format: 1, environment: request.target.name, dryRun, complete },
    ...{
      findings: ending.plan.findings,
      secrets: ending.outcomes,
      cleaned: complete ? ending.cleaned : [],
    },
    forcePlaceholders: request.forcePlaceholders,
  };
  const empty = ending.plan.findings.length === 0;
  if (empty) say(`no credential found in ${request.paths.join(", ")}`);
  if (dryRun && !empty) {
    for (const { path } of ending.cleaned) say(`would write ${path}`);
    say("dry run: nothing was written");
  }
  if (!dryRun && !empty)
    for (const path of writeReports(join(request.outDirectory), report)) say(`wrote ${path}`);
  if (!complete) {
    say(
      `done: ${ending.outcomes.length - open.length} of ${ending.outcomes.length} secrets; run again for the rest`,
    );
    for (const { path, detail } of open) say(`not done: ${path}: ${detail}`);
  }
  return { report: reportAsJson(report), exitCode: complete ? 0 : 1 };
}
