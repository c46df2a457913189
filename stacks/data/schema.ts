import { z } from "zod";
import { text } from "../schema-text";

/** Sizes and safety of what keeps data: `auterity:data`. */
export const dataSchema = z.strictObject({
  database: z.strictObject({
    /** "multi-zone": an instance in each of network.availabilityZones; "single-instance": one in the first. */
    availability: z.enum(["multi-zone", "single-instance"]),
    instanceClass: text(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "need a class such as db.r6g.large"),
    /** Days of which any second can be restored. */
    backupRetentionDays: z.int().min(1).max(35),
    logRetentionDays: z.int().min(1),
    insights: z.enum(["standard", "advanced"]),
    /** Of a database in two regions: "primary" makes it, "secondary" follows that of secrets.environment. */
    global: z.enum(["none", "primary", "secondary"]),
  }),
  cache: z.strictObject({
    nodeType: text(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, "need a node type such as cache.m7g.large"),
    /** One alone has no failover. */
    nodes: z.int().min(1).max(6),
    snapshotRetentionDays: z.int().min(0).max(35),
  }),
  broker: z.strictObject({
    /** "cluster": three nodes in three zones; an existing broker cannot change. */
    deployment: z.enum(["cluster", "single"]),
    instanceType: text(/^mq\.[a-z0-9]+\.[a-z0-9]+$/, "need a type such as mq.m7g.large"),
  }),
  eventStream: z.strictObject({
    enabled: z.boolean(),
    instanceType: text(/^kafka\.[a-z0-9]+\.[a-z0-9]+$/, "need a type such as kafka.m7g.large"),
    brokersPerZone: z.int().min(1).max(10),
    storageGiB: z.strictObject({ first: z.int().min(1), most: z.int().min(1) }),
  }),
  buckets: z.strictObject({
    accessLogRetentionDays: z.int().min(1),
    /** To recovery.region; "two-way" where both sides are written. */
    replicate: z.enum(["none", "one-way", "two-way"]),
    /** "replica": services use the copies that secrets.environment has made in this region, and there are none of their own. */
    source: z.enum(["own", "replica"]),
  }),
});
