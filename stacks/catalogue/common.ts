import { withNeighbours } from "../../components/shared/secret-names";
import type {
  ExposedMetric,
  FurtherObjective,
  ScalingSchedule,
  SecretDeclaration,
} from "../../components/shared/service-record";

/** Objectives of the availability and latency that the improvement plan asks of every critical service. */
export const uptime = { availabilityPercent: 99.95, windowDays: 30 } as const;
export const p95Below500ms = { thresholdSeconds: 0.5, targetPercent: 95 } as const;

export const office = {
  timeZone: "America/Los_Angeles",
  start: "0 7 * * 1-5",
  end: "0 19 * * 1-5",
} as const;

/** Bounds of a histogram that was made without any, in seconds. @see https://prometheus.github.io/client_python/instrumenting/histogram/ */
export const pythonBuckets = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const;
/** The same of prom-client. @see https://github.com/siimon/prom-client#histogram */
export const nodeBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** What both services count that ask companies for answers of language models. */
export function aiMetrics(buckets: readonly number[]): readonly ExposedMetric[] {
  const labels = ["provider", "model"];
  return [
    { name: "ai_requests_total", kind: "counter", labels: [...labels, "status"] },
    { name: "ai_request_cost_total", kind: "counter", labels },
    { name: "ai_response_tokens", kind: "histogram", labels, buckets },
  ];
}

/** Answers of language models, after the other companies were tried. */
export const aiAnswers: FurtherObjective = {
  name: "ai-answers",
  title: "questions to language models that are answered",
  targetPercent: 99,
  pages: true,
  indicator: { kind: "counted", metric: "ai_requests_total", label: "status", bad: "failed" },
};

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
