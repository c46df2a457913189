import { previousVariable } from "../../components/shared/secret-names";
import type { SecretDeclaration } from "../../components/shared/service-record";

/** Objectives of the availability and latency that the improvement plan asks of every critical service. */
export const uptime = { availabilityPercent: 99.95, windowDays: 30 } as const;
export const p95Below500ms = { thresholdSeconds: 0.5, targetPercent: 95 } as const;

export const database: SecretDeclaration = {
  name: "database",
  variables: ["DATABASE_URL", "POSTGRES_PASSWORD"],
  origin: "database-user",
  rotationDays: 30,
};
export const signingKey: SecretDeclaration = {
  name: "signing-key",
  // Tokens signed before a rotation stay valid until the next one.
  variables: ["SECRET_KEY", previousVariable("SECRET_KEY")],
  origin: "generated",
  rotationDays: 30,
};
export const openAi = issuedOutside("openai", "OPENAI_API_KEY");

/** A key that another company issues: nobody but people can replace it, so they are reminded of its age. */
export function issuedOutside(name: string, ...variables: string[]): SecretDeclaration {
  return { name, variables, origin: "issued-outside", rotationDays: 90 };
}
