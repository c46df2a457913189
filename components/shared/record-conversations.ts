import { isDnsLabel, isHostName } from "./kubernetes-names";
import { isBetween, isUrlPath, repeated } from "./record-workload";
import { stores, type Exposure, type ServiceRecord } from "./service-record";

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html */
const longestIdleSeconds = 4000;

export function conversationProblems(record: ServiceRecord): string[] {
  return [
    ...talksToProblems(record),
    ...(record.exposure === undefined ? [] : exposureProblems(record, record.exposure)),
    ...criticalPathProblems(record),
  ];
}

function talksToProblems({ name, talksTo }: ServiceRecord): string[] {
  const problems: string[] = [];
  if (talksTo.services.includes(name))
    problems.push("talksTo.services: got itself, need other services");
  for (const kind of ["services", "stores", "hosts"] as const) {
    for (const twice of repeated<string>(talksTo[kind])) {
      problems.push(`talksTo.${kind}: got "${twice}" twice, need each once`);
    }
  }
  for (const store of talksTo.stores) {
    if (!stores.includes(store))
      problems.push(`talksTo.stores: got "${store}", need one of ${stores.join(", ")}`);
  }
  for (const host of talksTo.hosts) {
    if (!isEndpoint(host))
      problems.push(
        `talksTo.hosts: got "${host}", need host:port with a full DNS name, such as "api.example.com:443"`,
      );
  }
  return problems;
}

function isEndpoint(endpoint: string): boolean {
  const [host = "", port = "", ...more] = endpoint.split(":");
  return (
    more.length === 0 &&
    isHostName(host) &&
    /[a-z]/.test(host) &&
    /^\d{1,5}$/.test(port) &&
    isBetween(Number(port), 1, 65535)
  );
}

function exposureProblems({ port }: ServiceRecord, exposure: Exposure): string[] {
  const { subdomain, healthCheckPath, idleTimeoutSeconds } = exposure;
  const problems: string[] = [];
  if (port === undefined) problems.push("exposure: got a service without a port, need a port");
  if (!isDnsLabel(subdomain))
    problems.push(`exposure.subdomain: got "${subdomain}", need a DNS label`);
  if (!isUrlPath(healthCheckPath)) {
    problems.push(
      `exposure.healthCheckPath: got "${healthCheckPath}", need a path that starts with /`,
    );
  }
  if (idleTimeoutSeconds !== undefined && !isBetween(idleTimeoutSeconds, 1, longestIdleSeconds)) {
    problems.push(
      `exposure.idleTimeoutSeconds: got ${idleTimeoutSeconds}, need 1 to ${longestIdleSeconds}`,
    );
  }
  return problems;
}

function criticalPathProblems({ criticalPaths, exposure }: ServiceRecord): string[] {
  const problems: string[] = [];
  if (criticalPaths.length > 0 && exposure === undefined) {
    problems.push(
      "criticalPaths: got paths of a service without exposure, need exposure; they are checked from outside",
    );
  }
  for (const twice of repeated(criticalPaths.map((path) => path.name))) {
    problems.push(`criticalPaths: got "${twice}" twice, need each name once`);
  }
  for (const { name, path, expectedStatus } of criticalPaths) {
    if (!isDnsLabel(name)) problems.push(`criticalPaths: got the name "${name}", need a DNS label`);
    if (!isUrlPath(path))
      problems.push(`criticalPaths.${name}.path: got "${path}", need a path that starts with /`);
    if (!isBetween(expectedStatus, 100, 599)) {
      problems.push(`criticalPaths.${name}.expectedStatus: got ${expectedStatus}, need 100 to 599`);
    }
  }
  return problems;
}
