import type { ServiceRecord } from "../../../components/shared/service-record";
import { compareText } from "../../plan/graph";
import type { EnvironmentPlan } from "../../plan/environment-plan";
import { shortType } from "../../plan/tree";
import {
  at,
  listAt,
  numberAt,
  ofType,
  type Resource,
  textAt,
  textsAt,
  toResources,
} from "./inputs";
import type {
  Architecture,
  Cluster,
  Entrance,
  Namespace,
  OtherRegion,
  StoreInUse,
  Workload,
} from "./model";
import { readNetwork } from "./network";

/** What the program registers, as far as the picture shows it; parts that are not there are left out. */
export function readArchitecture({ known, services }: EnvironmentPlan): Architecture {
  const resources = toResources(known.registrations);
  const region = textAt(ofType(resources, "pulumi:providers:aws")[0]?.inputs, "region");
  return {
    region,
    network: readNetwork(resources),
    cluster: readCluster(resources),
    namespaces: readNamespaces(resources, services),
    entrance: readEntrance(resources),
    stores: readStores(services),
    outsideHosts: new Set(services.flatMap(({ talksTo }) => talksTo.hosts)).size,
    otherRegions: readOtherRegions(
      resources,
      region,
      known.stack.settings[`${known.stack.project}:recovery.region`],
    ),
  };
}

function readCluster(resources: readonly Resource[]): Cluster | undefined {
  const [cluster] = ofType(resources, "eks:index:Cluster", "aws:eks/cluster:Cluster");
  if (cluster === undefined) return undefined;
  const { inputs, name } = cluster;
  return {
    name: textAt(inputs, "name") || name,
    version: textAt(inputs, "version"),
    access: describeAccess(inputs),
    addons: ofType(resources, "aws:eks/addon:Addon")
      .map((addon) => textAt(addon.inputs, "addonName"))
      .sort(compareText),
    controllers: ofType(resources, "kubernetes:helm.sh/v3:Release")
      .map((release) => textAt(release.inputs, "chart"))
      .sort(compareText),
  };
}

/** AWS's own defaults where nothing is said: public for every address. */
function describeAccess(inputs: unknown): string {
  if (at(inputs, "endpointPublicAccess") === false) return "private API endpoint";
  const ranges = textsAt(inputs, "publicAccessCidrs");
  return `public API endpoint for ${ranges.length === 0 ? "every address" : ranges.join(", ")}`;
}

function readNamespaces(
  resources: readonly Resource[],
  services: readonly ServiceRecord[],
): Namespace[] {
  const hosts = hostsByService(resources);
  const byNamespace = new Map<string, Workload[]>();
  for (const { inputs, name } of ofType(
    resources,
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:argoproj.io/v1alpha1:Rollout",
  )) {
    const namespace = textAt(inputs, "metadata.namespace") || "default";
    const workload = textAt(inputs, "metadata.name") || name;
    const record = services.find((service) => service.name === workload);
    const replicas = numberAt(inputs, "spec.replicas") ?? 1;
    const workloads = byNamespace.get(namespace) ?? [];
    byNamespace.set(namespace, workloads);
    workloads.push({
      name: workload,
      replicas,
      maxReplicas: Math.max(replicas, record?.scaling.max ?? replicas),
      tier: record?.tier ?? "",
      nodeClass: record?.nodeClass ?? "",
      hosts: hosts.get(`${namespace}/${workload}`) ?? [],
    });
  }
  return [...byNamespace]
    .map(([name, workloads]) => ({
      name,
      workloads: workloads.sort((a, b) => compareText(a.name, b.name)),
    }))
    .sort((a, b) => compareText(a.name, b.name));
}

function ingresses(resources: readonly Resource[]): Resource[] {
  return ofType(resources, "kubernetes:networking.k8s.io/v1:Ingress");
}

function hostsByService(resources: readonly Resource[]): Map<string, string[]> {
  const hosts = new Map<string, string[]>();
  for (const { inputs } of ingresses(resources)) {
    const namespace = textAt(inputs, "metadata.namespace") || "default";
    for (const rule of listAt(inputs, "spec.rules")) {
      for (const path of listAt(rule, "http.paths")) {
        const service = `${namespace}/${textAt(path, "backend.service.name")}`;
        hosts.set(service, [...(hosts.get(service) ?? []), textAt(rule, "host")]);
      }
    }
  }
  return hosts;
}

function readEntrance(resources: readonly Resource[]): Entrance | undefined {
  const [parameters] = resources.filter(({ type }) => type.endsWith(":IngressClassParams"));
  const hosts = ingresses(resources).flatMap(({ inputs }) =>
    listAt(inputs, "spec.rules").map((rule) => textAt(rule, "host")),
  );
  if (parameters === undefined && hosts.length === 0) return undefined;
  return {
    name: textAt(parameters?.inputs, "spec.loadBalancerName") || "load balancer",
    scheme: textAt(parameters?.inputs, "spec.scheme"),
    hosts: [...new Set(hosts)].sort(compareText),
  };
}

function readStores(services: readonly ServiceRecord[]): StoreInUse[] {
  const callers = new Map<string, string[]>();
  for (const { name, talksTo } of services) {
    for (const store of talksTo.stores) callers.set(store, [...(callers.get(store) ?? []), name]);
  }
  return [...callers]
    .map(([name, names]) => ({ name, callers: names.sort(compareText) }))
    .sort((a, b) => compareText(a.name, b.name));
}

function readOtherRegions(
  resources: readonly Resource[],
  home: string,
  recoveryRegion: string | undefined,
): OtherRegion[] {
  const byRegion = new Map<string, Map<string, number>>();
  for (const { type, inputs } of resources) {
    const region = textAt(inputs, "region");
    if (region === "" || region === home || !type.startsWith("aws:")) continue;
    const counts = byRegion.get(region) ?? new Map<string, number>();
    byRegion.set(region, counts);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...byRegion].map(([region, counts]) => ({
    region,
    recovery: region === recoveryRegion,
    contents: [...counts]
      .map(([type, count]) => `${count} ${shortType(type).replace(/^aws /, "")}`)
      .sort((a, b) => compareText(a.replace(/^\d+ /, ""), b.replace(/^\d+ /, ""))),
  }));
}
