import type { ServiceRecord } from "../../components/shared/service-record";
import { readStackFile, type StackFile } from "../plan/stack-files";
import { declaredSecrets } from "../secrets/declared-secrets";
import { RecoveryError } from "./recovery-error";

/** One of the two environments. */
export interface Place {
  readonly name: string;
  readonly region: string;
  /** Of its cluster, its functions and its health check: "auterity-NAME". */
  readonly prefix: string;
}

/** What a change of regions has to know, from the stack files of both. */
export interface Sides {
  /** Name of the Pulumi project, of which both are stacks. */
  readonly project: string;
  readonly home: Place;
  readonly standby: Place;
  /** Undefined while there is none: nothing can be asked or done then. */
  readonly accountId: string | undefined;
  readonly mode: string;
  readonly rpoSeconds: number;
  readonly backupHours: number;
  readonly domain: string | undefined;
  /** Whether Route 53 sends people by records of ours. */
  readonly hasDns: boolean;
  /** Public names of critical services in the standby, with the path that answers while they work. */
  readonly answers: readonly string[];
  readonly secretPaths: readonly string[];
  /** Secrets of users that a store there does not have yet, with the function that gives them their password. */
  readonly storeUsers: readonly { readonly path: string; readonly functionName: string }[];
  /** Repository and digest of each service; undefined for one that is not released. */
  readonly images: readonly { readonly repository: string; readonly digest: string | undefined }[];
  /** Processors that nodes of the standby need at once, On-Demand. */
  readonly processors: number;
}

const functionOf = { "cache-user": "cache-users", "broker-user": "broker-users" } as const;

export interface SidesRequest {
  readonly directory: string;
  readonly standby: string;
  readonly services: readonly ServiceRecord[];
  readonly processorsOf: (instanceType: string) => number;
}

/** @throws RecoveryError where the files do not describe a pair. */
export function readSides({ directory, standby, services, processorsOf }: SidesRequest): Sides {
  const own = readStackFile(directory, standby);
  const setting = settingsOf(own);
  const homeName = setting("secrets.environment");
  const problems: string[] = [];
  if (setting("data.database.global") !== "secondary")
    problems.push(
      `Pulumi.${standby}.yaml: auterity:data.database.global: got "${setting("data.database.global")}", need secondary: it stands in for nobody`,
    );
  if (homeName === standby || homeName === "")
    problems.push(
      `Pulumi.${standby}.yaml: auterity:secrets.environment: got "${homeName}", need the environment it stands in for`,
    );
  if (problems.length > 0) throw new RecoveryError("nothing to recover", problems);
  const homeFile = readStackFile(directory, homeName);
  const home = placeOf(homeFile);
  const here = placeOf(own);
  if (home.region === here.region)
    throw new RecoveryError("nothing to recover", [
      `aws:region: got "${home.region}" in Pulumi.${home.name}.yaml and in Pulumi.${here.name}.yaml, need two regions`,
    ]);
  const domain = setting("ingress.domain");
  const hasDns = setting("ingress.hostedZoneId") !== "none" && domain !== "unassigned";
  return {
    ...{ project: own.project, home, standby: here },
    accountId: /\b\d{12}\b/.exec(own.config["aws:allowedAccountIds"] ?? "")?.[0],
    mode: setting("recovery.mode"),
    rpoSeconds: Number(setting("recovery.objectives.rpoSeconds")),
    backupHours: Number(settingsOf(homeFile)("backup.restoreTest.rpoHours")),
    domain: domain === "unassigned" ? undefined : domain,
    hasDns,
    answers: hasDns ? answersOf(services, here.name, domain) : [],
    ...secretsOf(homeName, services, here),
    images: services.map(({ name, image }) => ({
      repository: `auterity/${image}`,
      digest: own.settings[`${own.project}:services.versions.${name}.digest`],
    })),
    processors: processorsNeeded(own, processorsOf),
  };
}

function settingsOf({ project, settings }: StackFile): (path: string) => string {
  return (path) => settings[`${project}:${path}`] ?? "";
}

function placeOf({ environment, settings }: StackFile): Place {
  return {
    name: environment,
    region: settings["aws:region"] ?? "",
    prefix: `auterity-${environment}`,
  };
}

function answersOf(services: readonly ServiceRecord[], label: string, domain: string): string[] {
  return services.flatMap(({ tier, exposure }) =>
    tier !== "critical" || exposure === undefined
      ? []
      : [`https://${exposure.subdomain}-${label}.${domain}${exposure.healthCheckPath}`],
  );
}

function secretsOf(owner: string, services: readonly ServiceRecord[], { prefix }: Place) {
  const declared = declaredSecrets(owner, services);
  return {
    secretPaths: declared.map(({ path }) => path),
    storeUsers: declared.flatMap(({ path, declaration: { origin } }) =>
      origin === "cache-user" || origin === "broker-user"
        ? [{ path, functionName: `${prefix}-${functionOf[origin]}` }]
        : [],
    ),
  };
}

/** Spot has a quota of its own, and is not what critical services run on. */
function processorsNeeded(
  { project, config }: StackFile,
  processorsOf: (instanceType: string) => number,
): number {
  const read = (key: string) => JSON.parse(config[`${project}:${key}`] ?? "{}") as unknown;
  const { availabilityZones = [] } = read("network") as { availabilityZones?: string[] };
  const { nodeClasses = {} } = read("cluster") as {
    nodeClasses?: Record<string, { instanceTypes: string[]; maxPerZone: number }>;
  };
  return Object.entries(nodeClasses)
    .filter(([name]) => name !== "spot")
    .reduce((sum, [, { instanceTypes, maxPerZone }]) => {
      const largest = Math.max(0, ...instanceTypes.map(processorsOf));
      return sum + largest * maxPerZone * availabilityZones.length;
    }, 0);
}
