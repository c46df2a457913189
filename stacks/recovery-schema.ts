import { z } from "zod";
import { region } from "./aws-schema";

/** What a pilot light can keep running although it serves nobody, because making it takes too long in a disaster. */
export const warmable = ["broker", "cache", "database", "event-stream"] as const;

/** The other region, and how this environment stands in for it or is stood in for: `auterity:recovery`. */
export const recoverySchema = z.strictObject({
  /** Where the data is replicated to; for the recovery environment, where it came from. */
  region,
  /**
   * "full": everything. "pilot-light", of the recovery environment alone: network, control plane with its system nodes,
   * certificate, users and the copy of the database; the rest is made when it is needed.
   */
  mode: z.enum(["full", "pilot-light"]),
  keepsWarm: z.array(z.enum(warmable)),
  objectives: z.strictObject({
    /** What a critical service may lose with its region. */
    rpoSeconds: z.int().min(1),
    /** Until critical services answer in the other region, from the decision on. */
    rtoMinutes: z.int().min(1),
  }),
  dns: z.strictObject({
    /** Which of two records each public host has here, once ingress.hostedZoneId names a zone; "none": a person makes them. */
    record: z.enum(["none", "primary", "secondary"]),
    /** Seconds that resolvers keep an answer, and so send people to what is gone. */
    ttlSeconds: z.int().min(1).max(86_400),
    /** Of the secondary: false refuses all traffic, whatever is healthy; a person says when its database takes writes. */
    admitsTraffic: z.boolean(),
  }),
});
