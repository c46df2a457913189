import { withNeighbours } from "../../components/shared/secret-names";
import type { ScalingSchedule, SecretDeclaration } from "../../components/shared/service-record";

/** Objectives of the availability and latency that the improvement plan asks of every critical service. */
export const uptime = { availabilityPercent: 99.95, windowDays: 30 } as const;
export const p95Below500ms = { thresholdSeconds: 0.5, targetPercent: 95 } as const;

export const office = {
  timeZone: "America/Los_Angeles",
  start: "0 7 * * 1-5",
  end: "0 19 * * 1-5",
} as const;

/**
 * More replicas while people work, from an hour before the first come: a node that is new takes minutes, and the first
 * minutes are when everybody signs in. The hours are those of the region's coast; nobody has named others.
 */
export function officeHours(replicas: number): ScalingSchedule {
  return { ...office, replicas };
}

export const database: SecretDeclaration = {
  name: "database",
  variables: ["DATABASE_URL", "POSTGRES_PASSWORD"],
  origin: "database-user",
  rotation: { days: 30 },
};
export const cache: SecretDeclaration = {
  name: "cache",
  variables: ["REDIS_URL"],
  origin: "cache-user",
  rotation: { days: 30 },
};
export const signingKey: SecretDeclaration = {
  name: "signing-key",
  // Services sign with the first and accept all three: docs/secrets.md.
  variables: withNeighbours("SECRET_KEY"),
  origin: "generated",
  rotation: { days: 30 },
};
export const openAi = issuedOutside("openai", "OPENAI_API_KEY");

/** A key that another company issues: nobody but people can replace it, so they are reminded of its age. */
export function issuedOutside(name: string, ...variables: string[]): SecretDeclaration {
  return { name, variables, origin: "issued-outside", rotation: { days: 90 } };
}
