import {
  kubernetesVersionProblem,
  supportedKubernetes,
  supportEndsWithin,
} from "../components/shared/versions";
import { architectureNotices } from "./architectures";
import { backupProblems, lockNotices } from "./backup-rules";
import { chaosProblems } from "./chaos-rules";
import type { ServiceRecord } from "../components/shared/service-record";
import type { Environment } from "./environment";
import { alertingProblems } from "./observability/alerting-rules";
import { nightsProblems } from "./nights";
import { observabilityProblems } from "./observability/size-rules";
import { recoveryProblems } from "./recovery-rules";
import { services } from "./services";

/** "auterity-NAME" names a load balancer, whose names end at 32 characters. */
const longestName = 32 - "auterity-".length;

/** An environment of which any value may be missing or malformed. */
export type WellFormed<T> = {
  readonly [K in keyof T]?:
    | (T[K] extends readonly unknown[] | string | number | boolean ? T[K] : WellFormed<T[K]>)
    | undefined;
};
type Candidate = WellFormed<Environment>;

/** What is wrong between well-formed values, with a hint; a rule whose values are malformed is silent. */
export function environmentProblems(
  candidate: Candidate,
  catalogue: readonly Pick<ServiceRecord, "name" | "team">[],
): string[] {
  const serviceNames = catalogue.map(({ name }) => name);
  const teams = [...new Set(["platform", ...catalogue.map(({ team }) => team)])];
  return [
    ...nameProblems(candidate),
    ...zoneProblems(candidate),
    ...availabilityProblems(candidate),
    ...controlPlaneProblems(candidate),
    ...databaseProblems(candidate),
    ...clusterProblems(candidate),
    ...versionProblems(candidate, serviceNames),
    ...storeProblems(candidate),
    ...backupProblems(candidate),
    ...recoveryProblems(candidate),
    ...chaosProblems(candidate),
    ...nightsProblems(candidate),
    ...observabilityProblems(candidate),
    ...alertingProblems(candidate, teams),
  ];
}

function nameProblems({ name }: Candidate): string[] {
  if (name === undefined) return [];
  if (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= longestName) return [];
  return [
    `stack name: got "${name}", need ${longestName} lower-case letters, digits and hyphens at most, ` +
      `beginning with a letter; "auterity-${name}" has to fit the names of load balancers (32)`,
  ];
}

export function fewestZones(stage: Environment["stage"] | undefined): number {
  return stage === undefined || stage === "development" ? 2 : 3;
}

function zoneProblems({ network, region, stage }: Candidate): string[] {
  const zones = network?.availabilityZones;
  if (zones === undefined) return [];
  const problems: string[] = [];
  const least = fewestZones(stage);
  if (zones.length < least)
    problems.push(
      `auterity:network.availabilityZones: got ${zones.length} zone(s), need ${least} or more` +
        (least === 3 ? `; in ${String(stage)} two must be left when one is lost` : ""),
    );
  for (const zone of zones) {
    if (region === undefined || new RegExp(`^${region}[a-z]$`).test(zone)) continue;
    problems.push(
      `auterity:network.availabilityZones: got "${zone}", need a zone of ${region} (aws:region)`,
    );
  }
  if (new Set(zones).size < zones.length)
    problems.push("auterity:network.availabilityZones: a zone is named twice, need each once");
  return problems;
}

function availabilityProblems(candidate: Candidate): string[] {
  const { stage, network, region, recovery, services, deletionProtection } = candidate;
  const problems: string[] = [];
  if (region !== undefined && recovery?.region === region)
    problems.push(
      `auterity:recovery.region: got "${region}", which is the environment's own region, need another one`,
    );
  if (stage === undefined || stage === "development") return problems;
  if (network?.natGateways === "single")
    problems.push(
      `auterity:network.natGateways: got "single", need per-zone or regional in ${stage}; ` +
        "the loss of one zone would cut every zone off",
    );
  if (services?.minimumReplicas === "one")
    problems.push(
      `auterity:services.minimumReplicas: got "one", need declared in ${stage}; ` +
        "a single pod is away whenever its node is",
    );
  if (deletionProtection === false)
    problems.push(`auterity:deletionProtection: got false, need true in ${stage}`);
  return problems;
}

function databaseProblems({ stage, data }: Candidate): string[] {
  const availability = data?.database?.availability;
  if (stage === undefined || stage === "development" || availability !== "single-instance")
    return [];
  return [
    `auterity:data.database.availability: got "single-instance", need multi-zone in ${stage}; ` +
      "the loss of one zone would take the database away",
  ];
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const fewestControlPlaneZones = 2;

function controlPlaneProblems({ cluster, network }: Candidate): string[] {
  const path = "auterity:cluster.controlPlaneZones";
  const zones = cluster?.controlPlaneZones;
  if (zones === undefined) return [];
  const strangers = zones.filter((zone) => network?.availabilityZones?.includes(zone) === false);
  return [
    ...strangers.map(
      (zone) => `${path}: got "${zone}", need one of auterity:network.availabilityZones`,
    ),
    ...(new Set(zones).size < fewestControlPlaneZones
      ? [`${path}: got ${new Set(zones).size} zone(s), need ${fewestControlPlaneZones} or more`]
      : []),
  ];
}

function clusterProblems({ cluster, stage }: Candidate): string[] {
  const problems: string[] = [];
  const minor = cluster?.kubernetesVersion;
  const version = minor === undefined ? undefined : kubernetesVersionProblem(minor);
  if (version !== undefined)
    problems.push(
      `auterity:cluster.kubernetesVersion: ${version}; add-ons are known for these only ` +
        "(components/shared/versions.ts)",
    );
  const everyAddress = cluster?.publicEndpointCidrs?.some((range) => range.endsWith("/0"));
  if (stage !== "development" && everyAddress === true)
    problems.push(
      "auterity:cluster.publicEndpointCidrs: got a range of every address, need the ranges of your " +
        "offices and runners, or [] for a private endpoint",
    );
  if (cluster?.zonalAutoshift?.enabled === true && cluster.zonalShift === false)
    problems.push(
      "auterity:cluster.zonalAutoshift.enabled: got true, need auterity:cluster.zonalShift to be true too",
    );
  const { headroomPerZone: always, dayHeadroomPerZone: byDay } = cluster ?? {};
  for (const name of ["general", "spot"] as const) {
    const [least = 0, day = Infinity] = [always?.[name], byDay?.[name]];
    if (day < least)
      problems.push(
        `auterity:cluster.dayHeadroomPerZone.${name}: got ${day}, need at least headroomPerZone.${name}, ${least}`,
      );
  }
  for (const [name, bounds] of Object.entries(cluster?.nodeClasses ?? {})) {
    const { minPerZone = 0, maxPerZone = Infinity } = bounds ?? {};
    if (minPerZone <= maxPerZone) continue;
    problems.push(
      `auterity:cluster.nodeClasses.${name}: got minPerZone ${minPerZone} above maxPerZone ` +
        `${maxPerZone}, need a minimum up to the maximum`,
    );
  }
  return problems;
}

/** What one zone's loss would take away; the components refuse what does not fit together. */
function storeProblems({ stage, data }: Candidate): string[] {
  if (stage === undefined || stage === "development") return [];
  const problems: string[] = [];
  const nodes = data?.cache?.nodes;
  if (nodes !== undefined && nodes < 2)
    problems.push(
      `auterity:data.cache.nodes: got ${nodes}, need 2 or more in ${stage}; one alone has no failover`,
    );
  if (data?.broker?.deployment === "single")
    problems.push(
      `auterity:data.broker.deployment: got "single", need cluster in ${stage}; one node is in one zone`,
    );
  return problems;
}

/** What production may not do without: a copy elsewhere, a lock, and the proof that both can be restored. */
function versionProblems({ services }: Candidate, names: readonly string[]): string[] {
  if (services?.versions === undefined) return [];
  const given = Object.keys(services.versions);
  return [
    ...names
      .filter((name) => !given.includes(name))
      .map(
        (name) =>
          `auterity:services.versions.${name}: missing, need unreleased, or a tag and a digest`,
      ),
    ...given
      .filter((name) => !names.includes(name))
      .map(
        (name) =>
          `auterity:services.versions.${name}: no such service in the catalogue, need one of ${names.join(", ")}`,
      ),
  ];
}

/** Days before the end of standard support at which an environment is told to upgrade. */
const upgradeNoticeDays = 120;

/** What its operators should know although nothing is wrong yet. */
export function notices(environment: Environment, today: Date): string[] {
  return [
    kubernetesNotice(environment, today),
    ...lockNotices(environment),
    ...architectureNotices(environment, services),
  ];
}

function kubernetesNotice(environment: Environment, today: Date): string {
  const { kubernetesVersion, supportType } = environment.cluster;
  const { standardSupportEnds } = supportedKubernetes(kubernetesVersion);
  const end = `Kubernetes ${kubernetesVersion}: standard support ends on ${standardSupportEnds}`;
  if (!supportEndsWithin(kubernetesVersion, today, upgradeNoticeDays)) return end;
  const consequence =
    supportType === "EXTENDED"
      ? "extended support is billed from then on"
      : "EKS upgrades the cluster by itself then";
  return `${end}, upgrade before: ${consequence}`;
}
