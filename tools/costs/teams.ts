import { readCpu } from "../../components/shared/quantities";
import type { ServiceRecord } from "../../components/shared/service-record";
import type { Registration } from "../offline/registration";
import { textOf, within } from "./count/read-inputs";
import { floorsByService, type NodeClassGroups } from "./day-nodes";

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
  classes: ReadonlyMap<string, NodeClassGroups>,
): Teams {
  const teamOf = new Map(services.map(({ name, team }) => [name, team]));
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
      shares(coresOf(classes.get(nodeClass)), asked.get(nodeClass), soleTeam(services, nodeClass)),
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

/** Processors of the least nodes of a class, or of those that are there by day. */
function coresOf(nodes: NodeClassGroups | undefined): number {
  return nodes === undefined ? 0 : Math.max(nodes.least, nodes.byDay) * nodes.vcpus;
}
