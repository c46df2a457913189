import { parseIpv4Cidr } from "../shared/cidr";
import { controllerVersionProblems } from "../shared/controller-chart";
import { isDnsLabel, isHostName } from "../shared/kubernetes-names";
import { readBytes, readCpu } from "../shared/quantities";
import type { ComputeResources } from "../shared/service-record";
import { storePlaceProblems } from "../shared/store-place";
import type { ObservabilityStackSpec } from "./args";

export function resolveProblems(spec: ObservabilityStackSpec): string[] {
  return [
    ...storePlaceProblems(spec),
    ...networkProblems(spec),
    ...targetProblems(spec),
    ...metricsProblems(spec),
    ...logProblems(spec),
    ...traceProblems(spec),
    ...grafanaProblems(spec),
    ...versionProblems(spec),
  ];
}

function networkProblems({ network }: ObservabilityStackSpec): string[] {
  const problems: string[] = [];
  for (const key of ["clusterSubnetCidrs", "endpointSubnetCidrs"] as const) {
    const why = key === "clusterSubnetCidrs" ? "the API server answers from" : "nodes are in";
    if (network[key].length === 0)
      problems.push(`network.${key}: got none, need those that ${why}`);
    for (const range of network[key]) {
      const { problem } = parseIpv4Cidr(range);
      if (problem !== undefined) problems.push(`network.${key}: ${problem}`);
    }
  }
  return problems;
}

/** Labels that belong to Prometheus, or to the job. */
const takenLabels = ["job", "service", "namespace", "pod", "container", "instance", "cluster"];

function targetProblems({
  targets,
  applications,
  askers,
  pages,
}: ObservabilityStackSpec): string[] {
  const problems: string[] = [];
  for (const [
    job,
    { namespace, podLabels, port, path = "/metrics", labels = {} },
  ] of Object.entries(targets)) {
    if (!isDnsLabel(job)) problems.push(`targets: got the job "${job}", need a DNS label`);
    if (!isDnsLabel(namespace))
      problems.push(`targets.${job}.namespace: got "${namespace}", need the name of a namespace`);
    if (Object.keys(podLabels).length === 0)
      problems.push(
        `targets.${job}.podLabels: got none, which is every pod, need those of its own`,
      );
    if (!isCount(port, 1, 65_535))
      problems.push(`targets.${job}.port: got ${port}, need 1 to 65535`);
    if (!path.startsWith("/"))
      problems.push(`targets.${job}.path: got "${path}", need a path that begins with /`);
    for (const label of Object.keys(labels))
      if (!/^[a-z_][a-z0-9_]*$/.test(label) || takenLabels.includes(label))
        problems.push(
          `targets.${job}.labels: got "${label}", need a label of Prometheus other than ${takenLabels.join(", ")}`,
        );
  }
  const peers = [
    ...Object.entries(applications).map(([key, peer]) => [`applications.${key}`, peer] as const),
    ...askers.map((peer, index) => [`askers[${index}]`, peer] as const),
  ];
  for (const [path, { podLabels }] of peers)
    if (Object.keys(podLabels).length === 0)
      problems.push(`${path}.podLabels: got none, which is every pod, need those of its own`);
  for (const { url, expectedStatus } of pages) {
    if (!URL.canParse(url) || new URL(url).protocol !== "https:")
      problems.push(`pages: got "${url}", need an https address`);
    if (!isCount(expectedStatus, 100, 599))
      problems.push(`pages: got the status ${expectedStatus} of ${url}, need 100 to 599`);
  }
  return problems;
}

function metricsProblems({ metrics, alerting }: ObservabilityStackSpec): string[] {
  const problems = countProblems("metrics", metrics, {
    replicas: [1, 2],
    retentionDays: [1, 90],
    storageGiB: [10, 16_384],
  });
  problems.push(...sizeProblems("metrics.requests", metrics.requests));
  if (alerting.replicas !== 1 && alerting.replicas !== 3)
    problems.push(
      `alerting.replicas: got ${alerting.replicas}, need 1 or 3; of two apart nobody knows which has told`,
    );
  for (const secret of alerting.secretNames ?? [])
    if (!isDnsLabel(secret))
      problems.push(`alerting.secretNames: got "${secret}", need the name of a Secret`);
  return problems;
}

function logProblems({ logs }: ObservabilityStackSpec): string[] {
  const problems = countProblems("logs", logs, {
    retentionDays: [1, 400],
    storageGiB: [5, 16_384],
  });
  if (logs.replicas !== 1 && logs.replicas !== 3)
    problems.push(`logs.replicas: got ${logs.replicas}, need 1 or 3; two of them agree on a line`);
  return [...problems, ...sizeProblems("logs.requests", logs.requests)];
}

function traceProblems({ traces }: ObservabilityStackSpec): string[] {
  const { storage, sampledPercentByService = {} } = traces;
  const problems = [
    ...countProblems("traces", traces, {
      gateways: [1, 9],
      replicas: [1, 9],
      retentionDays: [1, 90],
    }),
    ...sizeProblems("traces.gatewayRequests", traces.gatewayRequests),
    ...sizeProblems("traces.requests", traces.requests),
  ];
  const percents = { sampledPercent: traces.sampledPercent, ...sampledPercentByService };
  for (const [key, percent] of Object.entries(percents))
    if (!(percent >= 0 && percent <= 100))
      problems.push(`traces.${key}: got ${percent}, need 0 to 100 percent`);
  if (storage.kind === "badger") {
    if (traces.replicas !== 1)
      problems.push(
        `traces.replicas: got ${traces.replicas}, need 1 with badger; a disk is one pod's`,
      );
    problems.push(...countProblems("traces.storage", storage, { sizeGiB: [1, 1000] }));
  } else if (storage.subnetCidrs.length === 0)
    problems.push("traces.storage.subnetCidrs: got none, need those that the domain answers from");
  return problems;
}

function grafanaProblems({ grafana }: ObservabilityStackSpec): string[] {
  const problems: string[] = [];
  const { rootUrl, signInHost, groups } = grafana;
  if (!/^(https:\/\/[^/]+|http:\/\/localhost:\d+)$/.test(rootUrl))
    problems.push(
      `grafana.rootUrl: got "${rootUrl}", need https://HOST or http://localhost:PORT, without a / at the end`,
    );
  if (!isHostName(signInHost))
    problems.push(`grafana.signInHost: got "${signInHost}", need a DNS name`);
  for (const [key, group] of Object.entries(groups))
    if (!/^[\w-]{1,128}$/.test(group))
      problems.push(`grafana.groups.${key}: got "${group}", need letters, digits, _ and -`);
  return problems;
}

function versionProblems({ charts, images }: ObservabilityStackSpec): string[] {
  // Tags of charts' images come with and without a v: what counts is that they are exact.
  const image = { repository: "", tag: "v1.1.1" };
  return [
    ...Object.entries(charts).flatMap(([key, chart]) =>
      controllerVersionProblems(key, { chart, image }).map((problem) =>
        problem.replace(`${key}.chart`, `charts.${key}`),
      ),
    ),
    ...Object.entries(images).flatMap(([key, { repository, tag, digest }]) => [
      ...(/^[\w.-]+\.[\w.-]+(:\d+)?\/[\w./-]+$/.test(repository)
        ? []
        : [`images.${key}.repository: got "${repository}", need host and path`]),
      ...(/^v?\d+\.\d+\.\d+$/.test(tag)
        ? []
        : [`images.${key}.tag: got "${tag}", need an exact version, such as 1.2.3`]),
      ...(digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest)
        ? []
        : [`images.${key}.digest: got "${digest}", need sha256: and 64 hexadecimal digits`]),
    ]),
  ];
}

function isCount(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function countProblems<T extends object>(
  path: string,
  values: T,
  bounds: Readonly<Partial<Record<keyof T & string, readonly [number, number]>>>,
): string[] {
  return Object.entries<readonly [number, number] | undefined>(bounds).flatMap(([key, bound]) => {
    const value = values[key as keyof T] as number;
    if (bound === undefined || isCount(value, ...bound)) return [];
    return [`${path}.${key}: got ${value}, need ${bound[0]} to ${bound[1]}`];
  });
}

function sizeProblems(path: string, { cpu, memory }: ComputeResources): string[] {
  return [
    ...(readCpu(cpu) === undefined
      ? [`${path}.cpu: got "${cpu}", need a CPU quantity such as 500m`]
      : []),
    ...(readBytes(memory) === undefined
      ? [`${path}.memory: got "${memory}", need a memory quantity such as 2Gi`]
      : []),
  ];
}
