import { readBytes } from "../../../components/shared/quantities";
import { isRecord } from "../../plan/values";
import { type Counter, hourly, hoursPerMonth, type Item } from "./item";
import { listOf, numberOf, textOf, within } from "./read-inputs";

/** Label of a node group that says of which class it is. */
const classLabel = "workload";

const controlPlane: Counter = () => [hourly("eks/control-plane", 1)];

/** Of several types the first is priced: the group may take any, and asks for the first first. */
const nodeGroup: Counter = ({ inputs }, context) => {
  const { usage, diskGiB, jobGroups, classes, dayShare } = context;
  const { minSize, maxSize } = within(inputs, "scalingConfig");
  const [least, most] = [numberOf(minSize), numberOf(maxSize)];
  const nodeClass = textOf(within(inputs, "labels")[classLabel]);
  const groups = listOf(inputs["subnetIds"]).length || 1;
  const spot = inputs["capacityType"] === "SPOT" ? 1 - usage.spotDiscountPercent / 100 : 1;
  const price = `ec2/${textOf(listOf(inputs["instanceTypes"])[0])}`;
  const { byDay = 0, groups: ofClass = 1 } = classes.get(nodeClass) ?? {};
  const usual = least === 0 ? byDay / ofClass : least;
  const extra = (Math.max(0, most - usual) * usage.extraNodesPercent) / 100;
  const shared = nodeClass === "" ? {} : { sharedBy: nodeClass };
  const nodes = (count: number, assumption: Pick<Item, "assumed">): Item[] =>
    count === 0
      ? []
      : [
          { price, quantity: count * hoursPerMonth * spot, ...shared, ...assumption },
          { price: "ebs/gp3", quantity: count * diskGiB(nodeClass), ...shared, ...assumption },
        ];
  // A class that starts at none is paid for the hours of its jobs, or those in which its services have pods.
  const jobs = usage.jobNodeHours / hoursPerMonth / jobGroups;
  const fromNone = byDay === 0 ? jobs : (usual + extra) * groups * dayShare;
  return [
    ...nodes(least * groups, {}),
    ...nodes(least === 0 ? fromNone : extra * groups, { assumed: true }),
  ];
};

/** Disks that a chart asks for, each replica its own. */
const release: Counter = ({ inputs }) => {
  const gib = claimedGiB(inputs["values"], 1);
  return gib === 0 ? [] : [{ price: "ebs/gp3", quantity: gib }];
};

/** Walks a chart's values: the nearest `replicas` above a claim says how many disks there are. */
function claimedGiB(value: unknown, replicas: number): number {
  if (Array.isArray(value))
    return value.reduce((sum: number, inner) => sum + claimedGiB(inner, replicas), 0);
  if (!isRecord(value)) return 0;
  const here = typeof value["replicas"] === "number" ? value["replicas"] : replicas;
  const requests = within(within(within(value, "spec"), "resources"), "requests");
  if (Array.isArray(within(value, "spec")["accessModes"]) && "storage" in requests)
    return gibOf(requests["storage"]) * here;
  const persistence = within(value, "persistence");
  const own = persistence["enabled"] === true ? gibOf(persistence["size"]) * here : 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => (key === "persistence" ? sum : sum + claimedGiB(inner, here)),
    own,
  );
}

function gibOf(quantity: unknown): number {
  return (readBytes(textOf(quantity)) ?? 0) / 2 ** 30;
}

const claim: Counter = ({ inputs }) => {
  const requests = within(within(within(inputs, "spec"), "resources"), "requests");
  return [{ price: "ebs/gp3", quantity: gibOf(requests["storage"]) }];
};

export const clusterCounters: Readonly<Record<string, Counter>> = {
  "eks:index:Cluster": controlPlane,
  "aws:eks/cluster:Cluster": controlPlane,
  "eks:index:ManagedNodeGroup": nodeGroup,
  "aws:eks/nodeGroup:NodeGroup": nodeGroup,
  "kubernetes:helm.sh/v3:Release": release,
  "kubernetes:core/v1:PersistentVolumeClaim": claim,
};
