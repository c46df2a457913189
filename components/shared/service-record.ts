import type { Architecture } from "./architecture";

/** How much the platform loses when the service is away: decides replicas, priority and node classes. */
export type Tier = "critical" | "standard" | "batch";

/** Class of nodes a service runs on; `spot` may be taken away with two minutes' notice. */
export type NodeClass = "general" | "spot" | "ai-processing";

/** Loss of what the service stores: nothing of its own, can be made again, or must never be lost. */
export type DataClass = "none" | "reproducible" | "vital";

/** A check by the kubelet. `exec` runs inside the container and costs a process each time. */
export type Probe =
  | { readonly kind: "http"; readonly path: string; readonly checksDependencies?: boolean }
  | { readonly kind: "tcp" }
  | {
      readonly kind: "exec";
      readonly command: readonly string[];
      readonly timeoutSeconds: number;
      readonly checksDependencies?: boolean;
    };

export interface Probes {
  /** Takes the pod out of the load balancing while it fails. */
  readonly readiness?: Probe;
  /** Restarts the container when it fails: never a check of dependencies. */
  readonly liveness?: Probe;
  /** Longest time that a start may take before the liveness check begins. */
  readonly startupSeconds: number;
}

/** Kubernetes quantities, as in a manifest: "500m", "1Gi". */
export interface ComputeResources {
  readonly cpu: string;
  readonly memory: string;
}

/** Whom a service may open connections to; everything else is refused. */
export interface Conversations {
  /** Names of other records. */
  readonly services: readonly string[];
  readonly stores: readonly Store[];
  /** Hosts outside the platform, "host:port". */
  readonly hosts: readonly string[];
}

/** The stateful parts of the platform that services may name in `talksTo`. */
export const stores = [
  "postgresql",
  "redis",
  "rabbitmq",
  "kafka",
  "model-bucket",
  "mlflow",
] as const;
export type Store = (typeof stores)[number];

/** Where a credential comes from, which decides how it is replaced. */
export type SecretOrigin =
  "generated" | "database-user" | "broker-user" | "cache-user" | "issued-outside";

export interface SecretDeclaration {
  /** Last part of the path `ENVIRONMENT/SERVICE/NAME`. */
  readonly name: string;
  /** Environment variables that carry it into the container. */
  readonly variables: readonly string[];
  readonly origin: SecretOrigin;
  /**
   * Who fills one that is issued outside: people, or whoever deploys, because the program gets it from its issuer and hands it
   * on. Default: "people".
   */
  readonly filledBy?: "people" | "deployment";
  /** When it rotates; for `issued-outside`, the age at which people are reminded. */
  readonly rotation: RotationTimes;
}

/** Times are in UTC. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
export type RotationTimes = (
  | {
      /** After the last rotation, 1 to 1000; the window opens at midnight. */
      readonly days: number;
    }
  | {
      /** As Secrets Manager takes it, at most every four hours: "rate(10 days)", "cron(0 9 ? * SUN#1 *)". */
      readonly schedule: string;
    }
) & {
  /**
   * From when it opens, "1h" to "24h"; it may not run past midnight or into the next. Secrets Manager chooses the moment.
   * Default: "2h", or less where that would be too long.
   */
  readonly window?: string;
};

export type ScalingSignal =
  | { readonly kind: "cpu"; readonly targetPercent: number }
  | { readonly kind: "request-rate"; readonly perReplicaPerSecond: number }
  | { readonly kind: "queue-length"; readonly queue: string; readonly perReplica: number }
  | { readonly kind: "running-jobs"; readonly metric: string };

/** A floor for part of the day, in the office's own time. */
export interface ScalingSchedule {
  readonly timeZone: string;
  /** Five cron fields. */
  readonly start: string;
  readonly end: string;
  readonly replicas: number;
}

export interface Scaling {
  readonly min: number;
  readonly max: number;
  readonly signals: readonly ScalingSignal[];
  readonly schedule?: ScalingSchedule;
}

/** A metric as the service's own `/metrics` gives it; a histogram without the suffixes of its series. */
export interface ExposedMetric {
  readonly name: string;
  readonly kind: "counter" | "gauge" | "histogram";
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets, rising, without the infinite one. */
  readonly buckets?: readonly number[];
}

export interface ServiceLevelObjective {
  /** Good requests of all requests, in percent, over the window. */
  readonly availabilityPercent: number;
  readonly windowDays: number;
  /** The threshold is a bound of the buckets of `metrics.duration`: a histogram knows no other. */
  readonly latency?: { readonly thresholdSeconds: number; readonly targetPercent: number };
  /** Names and labels as the service really exposes them: they differ from service to service. */
  readonly metrics: {
    readonly requests: string;
    readonly statusLabel: string;
    readonly duration: string;
  };
  /** Requests that nobody waits for, such as probes: they count neither as good nor as bad. */
  readonly uncounted?: { readonly label: string; readonly values: readonly string[] };
  /** Promises on what else the service counts. */
  readonly further?: readonly FurtherObjective[];
}

/** A share of what a counter counts, or of what a histogram measures. */
export interface FurtherObjective {
  /** A DNS label; "availability" and "latency" are taken. */
  readonly name: string;
  /** What is promised, as people would say it: "workflows that end well". */
  readonly title: string;
  readonly targetPercent: number;
  /** Whether its loss wakes somebody; else it becomes a ticket. */
  readonly pages: boolean;
  readonly indicator:
    | {
        readonly kind: "counted";
        readonly metric: string;
        /** Events are bad whose value of this label matches the pattern, a regular expression. */
        readonly label: string;
        readonly bad: string;
      }
    | { readonly kind: "measured"; readonly metric: string; readonly thresholdSeconds: number };
}

/** A request that users cannot do without: checked from outside all day. */
export interface CriticalPath {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly expectedStatus: number;
  /** Part of the answer's body, where the status alone says too little. Default: none, any body will do. */
  readonly expectedText?: string;
}

/** Reached from the internet under `SUBDOMAIN.DOMAIN` through the load balancer. */
export interface Exposure {
  readonly subdomain: string;
  readonly healthCheckPath: string;
  /** Longest silence on a connection before the load balancer closes it. Default: 60. */
  readonly idleTimeoutSeconds?: number;
}

/**
 * How a new version takes the place of the old one. `rolling` replaces pods by and by. `blue-green` starts as many new
 * pods beside the old ones, measures them, then moves all traffic at once, and back if the objective breaks.
 */
export const rolloutStrategies = ["rolling", "blue-green"] as const;
export type RolloutStrategy = (typeof rolloutStrategies)[number];

/** One service, declared once: everything that guards, scales, watches and pays for it is derived from this. */
export interface ServiceRecord {
  readonly name: string;
  readonly description: string;
  /** Part of the product; its namespace in the cluster. */
  readonly product: string;
  /** Owner: cost allocation and paging. */
  readonly team: string;
  readonly tier: Tier;
  /** Repository below the platform's registry namespace. */
  readonly image: string;
  /** Processors that the image is built for; its pods run on no other. Default: ["amd64"]. */
  readonly architectures?: readonly Architecture[];
  readonly nodeClass: NodeClass;
  /** Container port; absent for workers that nobody connects to. Above 1023: the container runs as non-root. */
  readonly port?: number;
  /** Path of the Prometheus metrics on `port`; absent where the service has none. */
  readonly metricsPath?: string;
  /** What it gives there; needed with an objective, which must rest on it. */
  readonly exposes?: readonly ExposedMetric[];
  readonly probes: Probes;
  readonly requests: ComputeResources;
  readonly limits: ComputeResources;
  /** Time to finish what is running before the container is killed. */
  readonly shutdownSeconds: number;
  /** Directories the process writes to; the root file system is read-only. Emptied at every start. */
  readonly writablePaths: readonly string[];
  /** Limit of each of them, a Kubernetes quantity. Default: "256Mi". */
  readonly writableSize?: string;
  readonly talksTo: Conversations;
  /** The database that it uses, and its user alone gets into; needed with `postgresql` in `talksTo.stores`. */
  readonly database?: string;
  readonly secrets: readonly SecretDeclaration[];
  /** Environment variables that are no secret. */
  readonly settings: Readonly<Record<string, string>>;
  readonly scaling: Scaling;
  /** "blue-green" needs an objective to measure, and takes twice the pods during a release. Default: "rolling". */
  readonly rollout?: RolloutStrategy;
  readonly slo?: ServiceLevelObjective;
  readonly criticalPaths: readonly CriticalPath[];
  readonly dataClass: DataClass;
  readonly exposure?: Exposure;
}
