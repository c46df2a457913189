import type { DescribeSecretCommandOutput } from "@aws-sdk/client-secrets-manager";
import type { TargetEnvironment } from "./target-environment";

/** Copying takes seconds; what still runs after so long is stuck. */
const longestReplicationMilliseconds = 3_600_000;

interface Replicated {
  readonly target: Pick<TargetEnvironment, "region" | "source" | "replicaRegion">;
  readonly described: DescribeSecretCommandOutput;
  readonly now: Date;
}

/** What is wrong with the copies of a secret: those that it has, those that it lacks, and itself where it is to be one. */
export function replicaProblems({ target, described, now }: Replicated): string[] {
  if (target.source === "replicated") return promotedProblems(target, described);
  const { replicaRegion } = target;
  const replicas = described.ReplicationStatus ?? [];
  const problems = replicas.flatMap(({ Region: region = "-", Status: status }) => {
    if (status === "InSync") return [];
    if (status === "InProgress")
      return isStuck(described, now) ? [`its replica in ${region} is in progress for an hour`] : [];
    return [`its replica in ${region} failed`];
  });
  if (replicaRegion !== undefined && !replicas.some(({ Region }) => Region === replicaRegion))
    problems.push(`has no replica in ${replicaRegion}: deploy the environment`);
  return problems;
}

/** AWS tells no beginning of a copy; none began before the last change of what is copied. */
function isStuck(
  { LastChangedDate, CreatedDate }: DescribeSecretCommandOutput,
  now: Date,
): boolean {
  const changed = LastChangedDate ?? CreatedDate;
  return (
    changed === undefined || now.getTime() - changed.getTime() > longestReplicationMilliseconds
  );
}

/** A promoted replica has no primary any more, and nobody tells it of changes. */
function promotedProblems(
  { region }: Replicated["target"],
  { PrimaryRegion }: DescribeSecretCommandOutput,
): string[] {
  return PrimaryRegion !== undefined && PrimaryRegion !== region
    ? []
    : ["is no replica any more, changes do not reach it: it was promoted"];
}
