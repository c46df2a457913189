import type { BucketCheck, DatabaseCheck } from "./checks";

/** What the function is to check; a variable of its environment. */
export interface Order {
  readonly environment: string;
  /** Only restores of this plan are its own. */
  readonly planArn: string;
  readonly database?: {
    readonly clusterArn: string;
    readonly host: string;
    readonly port: number;
    /** User name and password of the administrator of the source. */
    readonly secretId: string;
    /** Of the instance that a restored cluster gets. */
    readonly instanceClass: string;
    readonly checks: readonly DatabaseCheck[];
  };
  /** By the ARN of the source. */
  readonly buckets: Readonly<Record<string, readonly BucketCheck[]>>;
}

/** @throws Error that names the variable and what is wrong with it. */
export function readOrder(name: string, text: string | undefined): Order {
  if (text === undefined || text === "") throw new Error(`${name} is not set`);
  const order: unknown = JSON.parse(text);
  const given = typeof order === "object" && order !== null ? order : {};
  for (const field of ["environment", "planArn"] as const)
    if (typeof (given as Record<string, unknown>)[field] !== "string")
      throw new Error(`${name}.${field}: need a text`);
  if (!("buckets" in given)) throw new Error(`${name}.buckets: need an object`);
  return order as Order;
}

/** What starts the function: the schedule of the heartbeat, or the end of a restore. */
type Start =
  { readonly kind: "heartbeat" } | { readonly kind: "restore"; readonly restoreJobId: string };

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export function readStart(event: unknown): Start {
  const given = fields(event);
  if (given["heartbeat"] === "true") return { kind: "heartbeat" };
  const { restoreJobId } = fields(given["detail"]);
  if (typeof restoreJobId !== "string" || restoreJobId === "")
    throw new Error("the event names no restore job");
  return { kind: "restore", restoreJobId };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
