import { longestStopSeconds, spotNoticeSeconds, terminationGraceSeconds } from "./graceful-stop";
import { readBytes, readCpu } from "./quantities";
import type { Probe, ServiceRecord } from "./service-record";

const longestStartupSeconds = 1800;

export function workloadProblems(record: ServiceRecord): string[] {
  return [
    ...portProblems(record),
    ...probeProblems(record),
    ...resourceProblems(record),
    ...shutdownProblems(record),
    ...pathProblems(record),
  ];
}

function portProblems({ port, metricsPath }: ServiceRecord): string[] {
  const problems: string[] = [];
  if (port !== undefined && !(Number.isInteger(port) && port >= 1024 && port <= 65535)) {
    problems.push(`port: got ${port}, need 1024 to 65535; the container runs as non-root`);
  }
  if (metricsPath !== undefined && port === undefined) {
    problems.push(`metricsPath: got "${metricsPath}" without a port, need a port`);
  }
  if (metricsPath !== undefined && !isUrlPath(metricsPath)) {
    problems.push(`metricsPath: got "${metricsPath}", need a path that starts with /`);
  }
  return problems;
}

function probeProblems(record: ServiceRecord): string[] {
  const { readiness, liveness, startupSeconds } = record.probes;
  const problems: string[] = [];
  if (record.port !== undefined && readiness === undefined) {
    problems.push(
      "probes.readiness: got none on a service with a port, need a check; without one every pod gets traffic",
    );
  }
  for (const [role, probe] of [
    ["readiness", readiness],
    ["liveness", liveness],
  ] as const) {
    if (probe !== undefined) problems.push(...checkProbe(`probes.${role}`, probe, record.port));
  }
  if (liveness !== undefined && checksDependencies(liveness)) {
    problems.push(
      "probes.liveness: got a check of dependencies, need one of the process alone; an outage elsewhere would restart every pod",
    );
  } else if (
    readiness !== undefined &&
    liveness !== undefined &&
    isSameCheck(readiness, liveness)
  ) {
    problems.push(
      "probes.liveness: got the readiness check, which checks dependencies, need one of the process alone",
    );
  }
  if (!isBetween(startupSeconds, 1, longestStartupSeconds)) {
    problems.push(
      `probes.startupSeconds: got ${startupSeconds}, need 1 to ${longestStartupSeconds}`,
    );
  }
  return problems;
}

function checkProbe(path: string, probe: Probe, port: number | undefined): string[] {
  if (probe.kind !== "exec" && port === undefined) {
    return [`${path}: got a check of kind ${probe.kind} without a port, need a port or kind exec`];
  }
  if (probe.kind === "http" && !isUrlPath(probe.path)) {
    return [`${path}.path: got "${probe.path}", need a path that starts with /`];
  }
  if (probe.kind !== "exec") return [];
  const problems: string[] = [];
  if (probe.command.length === 0) problems.push(`${path}.command: got nothing, need a command`);
  if (!isBetween(probe.timeoutSeconds, 1, 60)) {
    problems.push(`${path}.timeoutSeconds: got ${probe.timeoutSeconds}, need 1 to 60`);
  }
  return problems;
}

function checksDependencies(probe: Probe): boolean {
  return probe.kind !== "tcp" && probe.checksDependencies === true;
}

/** True if a liveness check is the very check that its record calls a check of dependencies as readiness. */
function isSameCheck(readiness: Probe, liveness: Probe): boolean {
  if (!checksDependencies(readiness)) return false;
  if (readiness.kind === "http")
    return liveness.kind === "http" && liveness.path === readiness.path;
  return (
    readiness.kind === "exec" &&
    liveness.kind === "exec" &&
    liveness.command.join("\0") === readiness.command.join("\0")
  );
}

function resourceProblems({ requests, limits, writableSize }: ServiceRecord): string[] {
  const problems = [
    ...amountProblems("cpu", [requests.cpu, limits.cpu], readCpu),
    ...amountProblems("memory", [requests.memory, limits.memory], readBytes),
  ];
  if (writableSize !== undefined && (readBytes(writableSize) ?? 0) === 0) {
    problems.push(
      `writableSize: got "${writableSize}", need a quantity above zero such as "256Mi"`,
    );
  }
  return problems;
}

function amountProblems(
  kind: "cpu" | "memory",
  [request, limit]: readonly [string, string],
  read: (quantity: string) => number | undefined,
): string[] {
  const example = kind === "cpu" ? "500m" : "512Mi";
  const malformed = (["requests", "limits"] as const).flatMap((side) => {
    const given = side === "requests" ? request : limit;
    if ((read(given) ?? 0) > 0) return [];
    return [`${side}.${kind}: got "${given}", need a quantity above zero such as "${example}"`];
  });
  if (malformed.length > 0 || (read(request) ?? 0) <= (read(limit) ?? 0)) return malformed;
  return [`requests.${kind}: got "${request}", need at most limits.${kind} ("${limit}")`];
}

function shutdownProblems(record: ServiceRecord): string[] {
  const overhead = terminationGraceSeconds({ ...record, shutdownSeconds: 0 });
  // Batch work is on Spot wherever its class is.
  const onSpot = record.nodeClass === "spot" || record.tier === "batch";
  const longest = (onSpot ? spotNoticeSeconds : longestStopSeconds) - overhead;
  if (isBetween(record.shutdownSeconds, 1, longest)) return [];
  const why = onSpot
    ? `a Spot node is gone ${spotNoticeSeconds} s after its notice`
    : `Cluster Autoscaler waits ${longestStopSeconds} s`;
  return [`shutdownSeconds: got ${record.shutdownSeconds}, need 1 to ${longest}; ${why}`];
}

function pathProblems({ writablePaths }: ServiceRecord): string[] {
  const malformed = writablePaths
    .filter((path) => !/^(\/[A-Za-z0-9._-]+)+$/.test(path) || /\/\.\.?(\/|$)/.test(path))
    .map((path) => `writablePaths: got "${path}", need an absolute path below /`);
  return [
    ...malformed,
    ...repeated(writablePaths.map(volumeName)).map(
      (name) =>
        `writablePaths: got two paths for the volume "${name}", need paths that differ in more than punctuation`,
    ),
  ];
}

/** Name of the volume behind a writable directory: /var/cache/nginx → "writable-var-cache-nginx". */
export function volumeName(path: string): string {
  return `writable${path.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
}

/** The values that occur more than once, each once. */
export function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

export function isUrlPath(path: string): boolean {
  return /^\/\S*$/.test(path);
}

/** A whole number from `low` to `high`. */
export function isBetween(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
