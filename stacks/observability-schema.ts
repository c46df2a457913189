import { z } from "zod";
import { text } from "./schema-text";

const requests = z.strictObject({
  cpu: text(/^\d+(\.\d+)?m?$/, "need a CPU quantity such as 500m"),
  memory: text(/^\d+(\.\d+)?[KMG]i$/, "need a memory quantity such as 2Gi"),
});

/** Sizes of what the platform is watched with, and how long it remembers: `auterity:observability`. */
export const observabilitySchema = z.strictObject({
  /** Prometheus. Each server has all series, and a disk of its own. */
  metrics: z.strictObject({
    replicas: z.int().min(1).max(2),
    retentionDays: z.int().min(1).max(90),
    storageGiB: z.int().min(10),
    requests,
  }),
  alertmanagers: z.union([z.literal(1), z.literal(3)], "need 1 or 3"),
  /** Loki, which keeps logs in a bucket. */
  logs: z.strictObject({
    replicas: z.union([z.literal(1), z.literal(3)], "need 1 or 3"),
    retentionDays: z.int().min(1).max(400),
    storageGiB: z.int().min(5),
    requests,
  }),
  /** Collectors and Jaeger. */
  traces: z.strictObject({
    /** "opensearch": a domain over three zones; "badger": the disk of one pod. */
    store: z.enum(["opensearch", "badger"]),
    /** Of the domain's three nodes; with badger none is made. */
    instanceType: text(/^[a-z0-9]+\.[a-z0-9]+\.search$/, "need a type such as r7g.large.search"),
    /** Of each node's disk, or of the pod's. */
    storageGiB: z.int().min(10),
    retentionDays: z.int().min(1).max(90),
    gateways: z.int().min(1).max(9),
    gatewayRequests: requests,
    replicas: z.int().min(1).max(9),
    requests,
    /** Of the traces without an error that are not slow. */
    sampledPercent: z.number().min(0).max(100),
  }),
});
