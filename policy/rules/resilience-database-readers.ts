import { awsFoundational } from "../shared/frameworks";
import { snapshot } from "../shared/known";
import { stackRule } from "../shared/rule";

interface Settings {
  /** Fewest instances of a cluster, the writer among them. */
  fewestInstances: number;
}

const clusterType = "aws:rds/cluster:Cluster";
const instanceType = "aws:rds/clusterInstance:ClusterInstance";

export const resilienceDatabaseReaders = stackRule<Settings>({
  name: "resilience-database-readers",
  description:
    "A database cluster has instances that take over when the writer is lost; a copy in another region may wait without.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "RDS.15",
    "RDS DB clusters should be configured for multiple Availability Zones",
  ),
  tags: ["fsbp:RDS.15", "ckv:CKV_AWS_324"],
  remediationSteps: "Add an aws.rds.ClusterInstance for each further zone.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-15",
  settings: { fewestInstances: { type: "number", default: 2 } },
  types: [clusterType],
  check: ({ graph, settings: { fewestInstances }, report }) => {
    const instances = graph
      .ofType(instanceType)
      .map((instance) => graph.referents(instance, "clusterIdentifier", clusterType));
    if (instances.includes(undefined)) return;
    for (const cluster of graph.ofType(clusterType)) {
      const count = instances.filter((clusters) => clusters?.includes(cluster)).length;
      const isCopy =
        snapshot((): unknown => cluster.props["globalClusterIdentifier"]) !== undefined &&
        snapshot((): unknown => cluster.props["sourceRegion"]) !== undefined;
      if (count < fewestInstances && !(isCopy && count === 0))
        report(`has ${count} instance(s), need ${fewestInstances} or more`, cluster.urn);
    }
  },
});
