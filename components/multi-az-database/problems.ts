import { isBetween } from "../shared/record-workload";
import { auroraPostgresql } from "../shared/versions";
import type { GlobalSecondary, MultiAzDatabaseSpec } from "./args";
import { acceptedClasses, instanceClass } from "./instance-classes";
import { readBackupWindow, readMaintenanceWindow, windowsOverlap } from "./windows";

const clusterName = /^[a-z]([a-z0-9]|-(?!-))*[a-z0-9]$/;
const regionShape = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** Of the cluster; instances append a zone, the last snapshot a word. */
const longestName = 40;
const fewestZones = 2;
/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

export function databaseProblems(name: string, spec: MultiAzDatabaseSpec): string[] {
  return [
    ...placeProblems(name, spec),
    ...networkProblems(spec),
    ...classProblems(spec),
    ...versionProblems(spec),
    ...windowProblems(spec),
    ...globalProblems(spec),
  ];
}

function placeProblems(name: string, { region, accountId }: MultiAzDatabaseSpec): string[] {
  const problems: string[] = [];
  if (!clusterName.test(name) || name.length > longestName)
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and single hyphens: it is the cluster's`,
    );
  if (!regionShape.test(region))
    problems.push(`region: got "${region}", need a region such as us-west-2`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  return problems;
}

function networkProblems({
  region,
  subnetIdByZone,
  clientSecurityGroupIds,
}: MultiAzDatabaseSpec): string[] {
  const zones = Object.keys(subnetIdByZone);
  const problems = zones
    .filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone))
    .map((zone) => `subnetIdByZone: got "${zone}", need zones of ${region}`);
  if (zones.length < fewestZones)
    problems.push(
      `subnetIdByZone: got ${zones.length} zone(s), need ${fewestZones} or more: else nothing is left when one is lost`,
    );
  const clients = Object.keys(clientSecurityGroupIds);
  if (clients.length === 0)
    problems.push(`clientSecurityGroupIds: got none, need whoever connects`);
  for (const client of clients)
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(client))
      problems.push(`clientSecurityGroupIds: got "${client}", need names such as nodes`);
  return problems;
}

function classProblems(spec: MultiAzDatabaseSpec): string[] {
  const { instanceClass: given, availability, globalDatabase } = spec;
  const known = instanceClass(given);
  if (known === undefined)
    return [`instanceClass: got "${given}", need one of ${acceptedClasses(() => true)}`];
  const problems: string[] = [];
  if (availability === "multi-zone" && !known.family.forProduction)
    problems.push(
      `instanceClass: got "${given}" with multi-zone, whose processor is throttled after bursts, need one of ` +
        acceptedClasses(({ forProduction }) => forProduction),
    );
  if (globalDatabase !== undefined && !known.family.globalDatabase)
    problems.push(
      `instanceClass: got "${given}" in a global database, need one of ` +
        acceptedClasses(({ globalDatabase: supported }) => supported),
    );
  return problems;
}

function versionProblems({ engineVersion }: MultiAzDatabaseSpec): string[] {
  const { major } = auroraPostgresql;
  return new RegExp(`^${major}\\.\\d+$`).test(engineVersion)
    ? []
    : [
        `engineVersion: got "${engineVersion}", need an exact version such as ${auroraPostgresql.version}: parameters are those of ${major}`,
      ];
}

function windowProblems(spec: MultiAzDatabaseSpec): string[] {
  const { backupRetentionDays, logRetentionDays, backupWindow, maintenanceWindow } = spec;
  const problems: string[] = [];
  if (!isBetween(backupRetentionDays, 1, 35))
    problems.push(`backupRetentionDays: got ${backupRetentionDays}, need 1 to 35`);
  if (!retentions.includes(logRetentionDays))
    problems.push(
      `logRetentionDays: got ${logRetentionDays}, need one of ${retentions.join(", ")}`,
    );
  const backup = readBackupWindow(backupWindow);
  const maintenance = readMaintenanceWindow(maintenanceWindow);
  if (backup === undefined)
    problems.push(
      `backupWindow: got "${backupWindow}", need HH:MM-HH:MM of 30 minutes or more, such as 08:00-09:00`,
    );
  if (maintenance === undefined)
    problems.push(
      `maintenanceWindow: got "${maintenanceWindow}", need ddd:HH:MM-ddd:HH:MM of 30 minutes or more, such as sun:09:30-sun:10:30`,
    );
  if (backup !== undefined && maintenance !== undefined && windowsOverlap(backup, maintenance))
    problems.push(
      `maintenanceWindow: got "${maintenanceWindow}", which overlaps backupWindow "${backupWindow}", need one apart from it`,
    );
  return problems;
}

const shortestRpoSeconds = 1;

function globalProblems({ region, globalDatabase, availability }: MultiAzDatabaseSpec): string[] {
  if (globalDatabase === undefined) return [];
  const path = "globalDatabase";
  const problems: string[] = [];
  const [field, other] =
    globalDatabase.role === "primary"
      ? (["copyRegion", globalDatabase.copyRegion] as const)
      : (["primaryRegion", globalDatabase.primaryRegion] as const);
  if (!regionShape.test(other))
    problems.push(`${path}.${field}: got "${other}", need a region such as us-east-1`);
  if (other === region)
    problems.push(
      `${path}.${field}: got "${region}", which is the region of this cluster itself, need another one`,
    );
  if (availability === "single-instance")
    problems.push(
      `${path}.role: got "${globalDatabase.role}" with single-instance, need multi-zone: a zone is lost more often than a region`,
    );
  if (globalDatabase.role === "secondary") problems.push(...secondaryProblems(globalDatabase));
  return problems;
}

function secondaryProblems({ identifier, instances, rpoSeconds }: GlobalSecondary): string[] {
  const path = "globalDatabase";
  const problems: string[] = [];
  if (!clusterName.test(identifier) || identifier.length > longestName)
    problems.push(`${path}.identifier: got "${identifier}", need the name of the primary`);
  // Callers in JavaScript.
  if (!["headless", "readers"].includes(instances))
    problems.push(`${path}.instances: got "${instances}", need headless or readers`);
  if (rpoSeconds !== undefined && !isBetween(rpoSeconds, shortestRpoSeconds, Infinity))
    problems.push(`${path}.rpoSeconds: got ${rpoSeconds}, need ${shortestRpoSeconds} or more`);
  return problems;
}
