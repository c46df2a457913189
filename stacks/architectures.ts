import {
  type Architecture,
  architectureOf,
  architecturesOf,
} from "../components/shared/architecture";
import { recordProblems } from "../components/shared/catalogue";
import { nodeClassOf } from "../components/shared/node-classes";
import type { ServiceRecord } from "../components/shared/service-record";
import type { Environment } from "./environment";
import type { WellFormed } from "./environment-rules";
import { chartImages } from "./locked-images";
import { fallbackPools, fallsBack, poolsFor, type SettledPool, usablePools } from "./node-pools";
import { releaseKey } from "./registry-namespace";

type Candidate = WellFormed<Environment>;

const path = "auterity:cluster.nodeClasses";

/** Containers that would find no processor to start on, and nodes on which none would start. */
export function architectureProblems(
  candidate: Candidate,
  records: readonly ServiceRecord[],
): string[] {
  const mixed = typeProblems(candidate);
  if (mixed.length > 0) return mixed;
  const pools = poolsFor(candidate.cluster?.nodeClasses);
  // What is wrong with a record in itself is told with the catalogue.
  const sound = records.filter((record) => recordProblems(record).length === 0);
  return [
    ...sound.flatMap((record) => placeProblems(record, pools)),
    ...pools.flatMap((pool) => emptyProblems(pool, sound)),
    ...controllerProblems(candidate),
    ...sound.flatMap((record) => releaseProblems(record, pools, candidate)),
  ];
}

/** The types of a pool are of one architecture, and the second pool of a class is the one for Arm. */
function typeProblems({ cluster }: Candidate): string[] {
  const classes = Object.entries(cluster?.nodeClasses ?? {});
  return classes.flatMap(([name, settings]) => {
    const types = settings?.instanceTypes ?? [];
    const found = new Set(types.map(architectureOf));
    const at = `${path}.${name}.instanceTypes: got ${types.join(", ")}`;
    if (found.size > 1) return [`${at}, need types of one architecture`];
    if (!name.endsWith("-arm64") || found.size === 0) return [];
    if (found.has("amd64")) return [`${at}, need Arm types, such as m7g.large`];
    const [, other] = classes.find(([key]) => `${key}-arm64` === name) ?? [];
    if (!(other?.instanceTypes ?? []).some((type) => architectureOf(type) === "arm64")) return [];
    return [
      `${path}.${name}: got it beside Arm nodes of the class, need x86 types in ${path}.${name.replace(/-arm64$/, "")}, or leave it out`,
    ];
  });
}

function placeProblems(record: ServiceRecord, pools: readonly SettledPool[]): string[] {
  const builtFor = architecturesOf(record).join(", ");
  const unfit = (nodeClass: string, why: string) => {
    const nodes = pools.filter(({ name }) => nodeClassOf(name) === nodeClass);
    if (nodes.length === 0) return [];
    const there = nodes.map(({ architecture }) => architecture).join(", ");
    return [
      `${record.name}.architectures: got ${builtFor}, and ${why} ${there} (${path}.${nodeClass}); need an image for ` +
        `${there} too (architectures in the catalogue), or instanceTypes for ${builtFor}`,
    ];
  };
  if (usablePools(record, pools).length === 0)
    return unfit(record.nodeClass, `the nodes of ${record.nodeClass} are`);
  if (!fallsBack(record) || fallbackPools(record, pools).length > 0) return [];
  return unfit("general", "while there is no Spot capacity it goes to general, whose nodes are");
}

/** Of a class as a whole, its services tell; a pool for Arm is there for nothing but services that are built for it. */
function emptyProblems({ name }: SettledPool, records: readonly ServiceRecord[]): string[] {
  const nodeClass = nodeClassOf(name);
  const runs = records.some(
    (record) => record.nodeClass === nodeClass && architecturesOf(record).includes("arm64"),
  );
  if (nodeClass === name || runs) return [];
  return [
    `${path}.${name}: got nodes that nothing runs on, since no service of ${nodeClass} is built for arm64; need ` +
      `architectures: ["amd64", "arm64"] of one in the catalogue, or leave it out`,
  ];
}

/** Controllers go wherever there is room, and what belongs to a node to every one. */
function controllerProblems({ cluster, lockedArchitectures = {} }: Candidate): string[] {
  const classOf = new Map<Architecture, string>();
  for (const [name, settings] of Object.entries(cluster?.nodeClasses ?? {}))
    for (const type of settings?.instanceTypes ?? [])
      if (!classOf.has(architectureOf(type))) classOf.set(architectureOf(type), name);
  return chartImages.flatMap((image) => {
    const builtFor = lockedArchitectures[image];
    if (builtFor === undefined) return [];
    return [...classOf]
      .filter(([architecture]) => !builtFor.includes(architecture))
      .map(
        ([architecture, name]) =>
          `${path}.${name}.instanceTypes: got types for ${architecture}, and ${image} is built for ${builtFor.join(", ")} ` +
          "alone (images.lock.json); need types for that, or an image for both",
      );
  });
}

/** Architectures of the nodes that pods of the record may come to. */
function reachable(record: ServiceRecord, pools: readonly SettledPool[]): Architecture[] {
  const found = [
    ...usablePools(record, pools),
    ...(fallsBack(record) ? fallbackPools(record, pools) : []),
  ].map(({ architecture }) => architecture);
  return [...new Set(found)];
}

/** A release that was built before the record said so. */
function releaseProblems(
  record: ServiceRecord,
  pools: readonly SettledPool[],
  { services, lockedArchitectures = {} }: Candidate,
): string[] {
  const version = services?.versions?.[record.name];
  if (version === undefined || typeof version === "string") return [];
  const { tag, digest } = version;
  if (tag === undefined || digest === undefined) return [];
  const builtFor = lockedArchitectures[releaseKey(record, { digest })];
  if (builtFor === undefined) return [];
  const missing = reachable(record, pools).filter((one) => !builtFor.includes(one));
  if (missing.length === 0) return [];
  return [
    `${record.name}.architectures: got ${architecturesOf(record).join(", ")}, and release ${tag} is built for ` +
      `${builtFor.join(", ")} alone (images.lock.json); need a release for ${missing.join(", ")}, or no such nodes yet`,
  ];
}

/** Releases that Arm nodes will start without anybody having looked at what they are built for. */
export function architectureNotices(
  { cluster, services, lockedArchitectures, name }: Environment,
  records: readonly ServiceRecord[],
): string[] {
  const pools = poolsFor(cluster.nodeClasses);
  const unseen = records.filter((record) => {
    const version = services.versions[record.name];
    return (
      typeof version === "object" &&
      reachable(record, pools).includes("arm64") &&
      lockedArchitectures[releaseKey(record, version)] === undefined
    );
  });
  if (unseen.length === 0) return [];
  const names = unseen.map((record) => record.name).join(", ");
  return [
    `nobody has asked the registry whether the releases of ${names} are built for arm64, on which they may run: ` +
      `npm run images -- lock --releases ${name}`,
  ];
}
