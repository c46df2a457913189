import { architectureOf } from "../shared/architecture";
import { ArgsError } from "../shared/args-error";
import { controllerVersionProblems } from "../shared/controller-chart";
import { clusterNetworkProblems } from "../shared/controller-network-policies";
import {
  type KarpenterArgs,
  karpenterDefaults,
  type KarpenterSpec,
  type NodePoolArgs,
} from "./args";

/** Spot capacity of one type goes all at once. @see https://karpenter.sh/docs/concepts/disruption/ */
const fewestSpotTypes = 3;
/** What the node image itself needs. */
const smallestDiskGiB = 20;

/** Fills in the defaults and refuses what AWS or Kubernetes would refuse later, all of it at once. */
export function resolveKarpenterArgs(name: string, args: KarpenterArgs): KarpenterSpec {
  const spec = { ...karpenterDefaults, ...args };
  const problems = [
    ...placeProblems(spec),
    ...clusterNetworkProblems(spec.network),
    ...versionProblems(spec),
    ...Object.entries(spec.nodePools).flatMap(([nodeClass, pool]) =>
      poolProblems(`nodePools.${nodeClass}`, pool),
    ),
    ...tagProblems(spec),
  ];
  if (Object.keys(spec.nodePools).length === 0)
    problems.push("nodePools: got none, need at least one");
  if (problems.length > 0) throw new ArgsError("Karpenter", name, problems);
  return spec;
}

function placeProblems(spec: KarpenterSpec): string[] {
  const { region, accountId, clusterName, nodeSubnetIdByZone } = spec;
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(clusterName))
    problems.push(
      `clusterName: got "${clusterName}", need 1 to 100 letters, digits, "-" or "_", the first a letter or digit`,
    );
  const zones = Object.keys(nodeSubnetIdByZone);
  if (zones.length === 0) problems.push("nodeSubnetIdByZone: got none, need at least one zone");
  for (const zone of zones)
    if (!new RegExp(`^${region}[a-z]$`).test(zone))
      problems.push(`nodeSubnetIdByZone: got "${zone}", need a zone of ${region}`);
  return problems;
}

/** The image's tags have no "v" before them. */
function versionProblems({ version, amiRelease }: KarpenterSpec): string[] {
  const { image } = version;
  const problems = controllerVersionProblems("version", {
    ...version,
    image: { ...image, tag: `v${image.tag}` },
  }).filter((problem) => !problem.startsWith("version.image.tag"));
  if (!/^\d+\.\d+\.\d+$/.test(image.tag))
    problems.push(`version.image.tag: got "${image.tag}", need an exact version, such as 1.2.3`);
  if (!/^1\.\d{2}\.\d+-\d{8}$/.test(amiRelease))
    problems.push(`amiRelease: got "${amiRelease}", need a release, such as 1.35.8-20260923`);
  return problems;
}

function poolProblems(path: string, pool: NodePoolArgs): string[] {
  const { instanceTypes, capacityType, maxNodes, diskGiB } = pool;
  const fewest = capacityType === "spot" ? fewestSpotTypes : 1;
  const problems = instanceTypes
    .filter((type) => !/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type))
    .map(
      (type) => `${path}.instanceTypes: got "${type}", need an instance type, such as m7i.large`,
    );
  if (new Set(instanceTypes).size < fewest)
    problems.push(
      `${path}.instanceTypes: got ${instanceTypes.join(", ") || "none"}, need at least ${fewest} different type(s)`,
    );
  const processors = new Set(instanceTypes.map(architectureOf));
  if (processors.size > 1)
    problems.push(
      `${path}.instanceTypes: got ${instanceTypes.join(", ")}, need types of one architecture`,
    );
  if (path.endsWith("-arm64") && processors.has("amd64"))
    problems.push(`${path}.instanceTypes: got ${instanceTypes.join(", ")}, need Arm types`);
  if (!Number.isInteger(maxNodes) || maxNodes < 1)
    problems.push(`${path}.maxNodes: got ${maxNodes}, need 1 or more`);
  if (!Number.isInteger(diskGiB) || diskGiB < smallestDiskGiB)
    problems.push(`${path}.diskGiB: got ${diskGiB}, need ${smallestDiskGiB} or more`);
  return problems;
}

/** Tags by which Karpenter knows what is its own. @see https://karpenter.sh/docs/concepts/nodeclasses/#spectags */
function tagProblems({ tags }: KarpenterSpec): string[] {
  return Object.keys(tags)
    .filter((key) => /^(aws:|karpenter\.|kubernetes\.io\/cluster\/|eks:|$)/i.test(key))
    .map((key) => `tags: got the key "${key}", need one that neither AWS nor Karpenter sets`);
}
