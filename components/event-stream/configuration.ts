import { type EventStreamSpec, zones } from "./args";

/** A record counts as taken when so many zones have it. */
const zonesPerWrite = zones - 1;

/**
 * Topics are made on purpose, with a copy in each zone; a copy that missed records never leads, even if nobody else is left.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 */
export function serverProperties({
  recordRetentionHours,
}: Pick<EventStreamSpec, "recordRetentionHours">): string {
  const properties = {
    "auto.create.topics.enable": false,
    "default.replication.factor": zones,
    "min.insync.replicas": zonesPerWrite,
    "num.partitions": zones,
    "unclean.leader.election.enable": false,
    "log.retention.hours": recordRetentionHours,
    "offsets.topic.replication.factor": zones,
    "transaction.state.log.replication.factor": zones,
    "transaction.state.log.min.isr": zonesPerWrite,
  };
  return Object.entries(properties)
    .map(([property, value]) => `${property}=${value}`)
    .join("\n");
}
