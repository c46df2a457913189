import { instanceTypes } from "../../components/shared/instance-types";
import { readCpu } from "../../components/shared/quantities";
import type { ServiceRecord } from "../../components/shared/service-record";
import type { Registration } from "../offline/registration";
import { presentable } from "../plan/values";
import { listOf, numberOf, textOf, within } from "./count/read-inputs";

interface TeamShare {
  readonly team: string;
  /** Of 1. */
  readonly share: number;
}

/** Whose a cost is. */
export interface Teams {
  /** By the tags of a resource; the platform's where no service is named. */
  ownerOf(inputs: Readonly<Record<string, unknown>>): string;
  /** Of the nodes of a class, by the CPU that services ask for at their floor; the rest is the platform's. */
  sharesOf(nodeClass: string): readonly TeamShare[];
}

const platform = "platform";

export function createTeams(
  resources: readonly Registration[],
  services: readonly ServiceRecord[],
): Teams {
  const teamOf = new Map(services.map(({ name, team }) => [name, team]));
  const cores = coresByClass(resources);
  const floors = floorsByService(resources);
  const asked = new Map<string, Map<string, number>>();
  for (const { name, team, nodeClass, requests } of services) {
    const replicas = floors.get(name);
    if (replicas === undefined) continue;
    const ofClass = asked.get(nodeClass) ?? new Map<string, number>();
    const cpu = ((readCpu(requests.cpu) ?? 0) / 1000) * replicas;
    asked.set(nodeClass, ofClass.set(team, (ofClass.get(team) ?? 0) + cpu));
  }
  return {
    ownerOf: (inputs) => {
      const { team, service } = within(inputs, "tags");
      return typeof team === "string" ? team : (teamOf.get(textOf(service)) ?? platform);
    },
    sharesOf: (nodeClass) =>
      shares(cores.get(nodeClass) ?? 0, asked.get(nodeClass), soleTeam(services, nodeClass)),
  };
}

/** Nodes that start at none are there for whoever may use them. */
function soleTeam(services: readonly ServiceRecord[], nodeClass: string): string {
  const teams = new Set(
    services.filter((record) => record.nodeClass === nodeClass).map(({ team }) => team),
  );
  return teams.size === 1 ? ([...teams][0] ?? platform) : platform;
}

function shares(
  cores: number,
  asked: ReadonlyMap<string, number> | undefined,
  sole: string,
): TeamShare[] {
  if (cores === 0) return [{ team: sole, share: 1 }];
  const wanted = [...(asked ?? [])].filter(([, cpu]) => cpu > 0);
  const total = wanted.reduce((sum, [, cpu]) => sum + cpu, 0);
  const whole = Math.max(cores, total);
  const taken = wanted.map(([team, cpu]) => ({ team, share: cpu / whole }));
  return total >= whole ? taken : [...taken, { team: platform, share: 1 - total / whole }];
}

/** Processors of the least nodes of each class. */
function coresByClass(resources: readonly Registration[]): Map<string, number> {
  const cores = new Map<string, number>();
  for (const { type, inputs } of resources) {
    if (type !== "eks:index:ManagedNodeGroup" && type !== "aws:eks/nodeGroup:NodeGroup") continue;
    const given = presentable(inputs) as Record<string, unknown>;
    const nodeClass = textOf(within(given, "labels")["workload"]);
    const first = instanceTypes[textOf(listOf(given["instanceTypes"])[0])];
    const least = numberOf(within(given, "scalingConfig")["minSize"]);
    cores.set(nodeClass, (cores.get(nodeClass) ?? 0) + least * (first?.vcpus ?? 0));
  }
  return cores;
}

const workloads = ["kubernetes:apps/v1:Deployment", "kubernetes:argoproj.io/v1alpha1:Rollout"];

/** Replicas that a service has at least, by its name. */
function floorsByService(resources: readonly Registration[]): Map<string, number> {
  return new Map(
    resources
      .filter(({ type }) => workloads.includes(type))
      .map(({ inputs }) => {
        const given = presentable(inputs) as Record<string, unknown>;
        const { name } = within(given, "metadata");
        return [textOf(name), numberOf(within(given, "spec")["replicas"])];
      }),
  );
}
