import { resolve } from "node:path";
import { findInSecrets, findInService, type Search } from "./compose-findings";
import { createDetector } from "./detector";
import {
  declaringRecords,
  destinationsOf,
  knownVariables,
  recordsOf,
  type Destination,
  type Mapping,
} from "./destination";
import type { Finding } from "./finding";
import { referencesIn } from "./interpolation";
import { judgeVariable } from "./judge-variable";
import { findInRest } from "./remaining-findings";
import type { SecretText } from "./secret-text";
import { SecretsError } from "./secrets-error";
import { describePlace, type Place } from "./source-file";
import type { Workspace } from "./workspace";

export interface PlannedFinding {
  readonly finding: Finding;
  readonly destinations: readonly Destination[];
}

/** What a secret is to hold. */
export interface PlannedSecret {
  readonly path: string;
  readonly values: ReadonlyMap<
    string,
    { readonly value: SecretText; readonly places: readonly Place[] }
  >;
}

export interface MigrationPlan {
  readonly findings: readonly PlannedFinding[];
  readonly secrets: readonly PlannedSecret[];
}

export interface PlanRequest extends Mapping {
  readonly forcePlaceholders: boolean;
}

/** Finds every credential and gives each its place in the catalogue. @throws SecretsError where two claim one secret. */
export function planMigration(workspace: Workspace, request: PlanRequest): MigrationPlan {
  assertOverrides(workspace, request);
  const search: Search = {
    workspace,
    detector: createDetector(knownVariables(request.records)),
    seen: new Set(),
  };
  const findings = workspace.composes.flatMap((loaded) => {
    const records = new Map(loaded.services.map((each) => [each.name, recordsOf(each, request)]));
    const found = [
      ...loaded.services.flatMap((service) => findInService(search, loaded, service)),
      ...findInSecrets(search, loaded),
      ...findInRest(search, loaded.compose),
    ];
    return found.map((finding) =>
      planFinding(finding, records.get(finding.service ?? "") ?? [], request),
    );
  });
  const all = [...findings, ...planEnvFiles(search, request)];
  return { findings: all, secrets: collect(all, request.forcePlaceholders) };
}

function planFinding(
  finding: Finding,
  records: readonly string[],
  request: PlanRequest,
): PlannedFinding {
  if (finding.source === "comment")
    return { finding, destinations: [{ kind: "covered", why: "stands in a comment: removed" }] };
  const destinations = destinationsOf(finding, records, request);
  if (finding.effective || destinations[0]?.kind !== "secret") return { finding, destinations };
  return {
    finding,
    destinations: [{ kind: "covered", why: "another assignment of the service counts" }],
  };
}

/** Files whose variables fill references: what a service takes from them is written for that service. */
function planEnvFiles(search: Search, request: PlanRequest): PlannedFinding[] {
  const { workspace, detector } = search;
  const used = usedNames(workspace);
  return [...workspace.envFiles.values()]
    .filter((file) => file.interpolates)
    .flatMap((file) =>
      file.entries.flatMap((entry): PlannedFinding[] => {
        const text = workspace.resolved.get(entry);
        if (text === undefined) return [];
        const variable = { name: entry.name, text, interpolated: false };
        const verdict = judgeVariable(variable, workspace.lookup, detector);
        if (verdict === undefined) return [];
        const place = { file: file.path, line: entry.line, column: entry.column };
        const finding: Finding = {
          ...{ ...verdict, place, service: undefined, variable: entry.name, source: "env file" },
          ...{
            effective: file.entries.findLast((one) => one.name === entry.name) === entry,
            edits: [],
          },
        };
        return [{ finding, destinations: envDestinations(finding, used, request) }];
      }),
    );
}

function envDestinations(
  finding: Finding,
  used: ReadonlySet<string>,
  request: PlanRequest,
): readonly Destination[] {
  const { variable, place } = finding;
  if (!finding.effective)
    return [{ kind: "covered", why: "another assignment of the file counts" }];
  const named = [...request.overrides].find(([key]) => resolve(key) === resolve(place.file))?.[1];
  if (named !== undefined) return destinationsOf(finding, named, request);
  if (used.has(variable))
    return [{ kind: "covered", why: "written for the services that refer to it" }];
  const declaring = declaringRecords(variable, request.records);
  if (declaring.length < 2) return destinationsOf(finding, declaring, request);
  const why = `${declaring.join(", ")} declare it: say whose it is with --map ${place.file}=RECORD,RECORD`;
  return [{ kind: "undeclared", why }];
}

function usedNames(workspace: Workspace): Set<string> {
  return new Set(
    workspace.composes.flatMap(({ services }) =>
      services.flatMap(({ variables }) =>
        variables.flatMap(({ text }) => referencesIn(text).map(({ name }) => name)),
      ),
    ),
  );
}

function assertOverrides(workspace: Workspace, { overrides, records }: Mapping): void {
  const names = workspace.composes.flatMap(({ services }) => services.map(({ name }) => name));
  const isKnown = (from: string): boolean =>
    names.includes(from) || workspace.envFiles.has(resolve(from));
  const unknown = [...overrides.keys()]
    .filter((from) => !isKnown(from))
    .map((from) => `--map ${from}: is no service and no env file of this migration`);
  const known = records.map((record) => record.name);
  const unmapped = [...overrides].flatMap(([from, names]) =>
    names
      .filter((name) => !known.includes(name))
      .map((name) => `--map ${from}: got "${name}", need one of ${known.join(", ")}`),
  );
  const problems = [...unknown, ...unmapped];
  if (problems.length > 0) throw new SecretsError("the mapping was refused", problems);
}

type Values = Map<string, { value: SecretText; places: Place[] }>;

/** What each secret is to hold; placeholders stay out unless forced. */
function collect(findings: readonly PlannedFinding[], forcePlaceholders: boolean): PlannedSecret[] {
  const secrets = new Map<string, Values>();
  const conflicts = new Map<string, Place[]>();
  for (const { finding, destinations } of findings) {
    const { value, variable, place } = finding;
    if (value === undefined || (finding.placeholder && !forcePlaceholders)) continue;
    for (const destination of destinations) {
      if (destination.kind !== "secret") continue;
      const values = secrets.get(destination.path) ?? (new Map() as Values);
      secrets.set(destination.path, values);
      const there = values.get(variable);
      if (there === undefined) values.set(variable, { value, places: [place] });
      else {
        there.places.push(place);
        if (!there.value.equals(value))
          conflicts.set(`${destination.path} ${variable}`, there.places);
      }
    }
  }
  const problems = [...conflicts].map(
    ([what, places]) =>
      `${what}: claimed with different values at ${[...new Set(places.map(describePlace))].join(" and ")}`,
  );
  if (problems.length > 0)
    throw new SecretsError("two claim one secret; nothing was written", problems);
  return [...secrets]
    .map(([path, values]) => ({ path, values }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
