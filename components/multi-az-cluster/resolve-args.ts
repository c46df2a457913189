import { ArgsError } from "../shared/args-error";
import { multiAzClusterDefaults, type ClusterSpec, type MultiAzClusterArgs } from "./args";
import { accessProblems } from "./problems-access";
import { nameProblems } from "./problems-names";
import { networkProblems } from "./problems-network";
import { nodeClassProblems } from "./problems-node-classes";
import { versionProblems } from "./problems-versions";

/** Fills in the defaults and refuses what AWS or Kubernetes would refuse later, all of it at once. */
export function resolveMultiAzClusterArgs(name: string, args: MultiAzClusterArgs): ClusterSpec {
  const spec: ClusterSpec = { ...multiAzClusterDefaults, ...args };
  const problems = [
    ...nameProblems(name, spec),
    ...networkProblems(spec),
    ...versionProblems(spec),
    ...accessProblems(spec),
    ...nodeClassProblems(spec),
    ...retentionProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("MultiAzCluster", name, problems);
  return spec;
}

/** Without 0, which keeps logs for ever. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionPeriods: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

function retentionProblems({ logRetentionDays }: ClusterSpec): string[] {
  if (retentionPeriods.includes(logRetentionDays)) return [];
  return [`logRetentionDays: got ${logRetentionDays}, need one of ${retentionPeriods.join(", ")}`];
}
