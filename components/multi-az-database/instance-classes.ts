/**
 * What Aurora PostgreSQL 17 lets instances of a family do.
 * Aurora: @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 * Global databases, of classes for memory-intensive work alone:
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 * Specifications: @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
 */
interface InstanceFamily {
  /** False: made to be tried, its processor is throttled after bursts. */
  readonly forProduction: boolean;
  readonly globalDatabase: boolean;
  readonly memoryGiB: Readonly<Record<string, number>>;
}

const memoryOptimised = {
  large: 16,
  xlarge: 32,
  "2xlarge": 64,
  "4xlarge": 128,
  "8xlarge": 256,
} as const;

const families: Readonly<Record<string, InstanceFamily>> = {
  t3: { forProduction: false, globalDatabase: false, memoryGiB: { medium: 4, large: 8 } },
  t4g: { forProduction: false, globalDatabase: false, memoryGiB: { medium: 4, large: 8 } },
  r6g: memoryFamily(),
  r6i: memoryFamily(),
  r7g: memoryFamily(),
  r7i: memoryFamily(),
  r8g: memoryFamily(),
};

function memoryFamily(): InstanceFamily {
  return { forProduction: true, globalDatabase: true, memoryGiB: memoryOptimised };
}

/** Classes that hold what is asked for, as an error names them. */
export function acceptedClasses(holds: (family: InstanceFamily) => boolean): string {
  return Object.entries(families)
    .filter(([, family]) => holds(family))
    .map(([name, { memoryGiB }]) => `db.${name} (${Object.keys(memoryGiB).join(", ")})`)
    .join(", ");
}

/** What is known of a class such as db.r6g.large; undefined for one that Aurora PostgreSQL does not have, or that is not listed here. */
export function instanceClass(
  name: string,
): { readonly family: InstanceFamily; readonly memoryGiB: number } | undefined {
  const [, familyName = "", size = ""] = /^db\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(name) ?? [];
  const family = Object.hasOwn(families, familyName) ? families[familyName] : undefined;
  const memoryGiB =
    family !== undefined && Object.hasOwn(family.memoryGiB, size)
      ? family.memoryGiB[size]
      : undefined;
  return family === undefined || memoryGiB === undefined ? undefined : { family, memoryGiB };
}

const bytesPerConnection = 9_531_392;
const mostConnections = 5000;

/** Aurora's default for `max_connections`. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html */
export function defaultConnections(memoryGiB: number): number {
  return Math.min(Math.floor((memoryGiB * 1024 ** 3) / bytesPerConnection), mostConnections);
}
