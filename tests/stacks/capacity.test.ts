import { expect } from "chai";
import { parseCpu, parseBytes } from "../../components/shared/quantities";
import type { NodeClass, ServiceRecord } from "../../components/shared/service-record";
import { type Environment, parseEnvironment } from "../../stacks/environment";
import { services } from "../../stacks/services";
import { environmentNames } from "../support/planned";
import { rawOf } from "../support/stack-file";

interface Room {
  cpu: number;
  memory: number;
}
const gib = 2 ** 30;
const mib = 2 ** 20;

/** vCPUs, memory and pods of an instance type. @see https://aws.amazon.com/ec2/instance-types/m6i/ */
const instances: Record<string, { vcpus: number; memoryGiB: number; pods: number } | undefined> = {
  "m5.large": { vcpus: 2, memoryGiB: 8, pods: 29 },
  "m5a.large": { vcpus: 2, memoryGiB: 8, pods: 29 },
  "m6a.large": { vcpus: 2, memoryGiB: 8, pods: 29 },
  "m6i.large": { vcpus: 2, memoryGiB: 8, pods: 29 },
  "m6i.xlarge": { vcpus: 4, memoryGiB: 16, pods: 58 },
  "m6i.4xlarge": { vcpus: 16, memoryGiB: 64, pods: 234 },
};

/** For the DaemonSets: network plugin, proxy, volume driver, node monitoring, and the log agent to come. */
const daemons: Room = { cpu: 0.3, memory: 0.5 * gib };

/**
 * What a node leaves to pods: less the system's reserve, the eviction threshold, and its DaemonSets.
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
function roomOn(type: string): Room {
  const instance = instances[type];
  if (instance === undefined) throw new Error(`${type}: add it to the table of this test`);
  const { vcpus, memoryGiB, pods } = instance;
  const reservedCpu =
    0.06 + 0.01 + 0.005 * Math.min(2, vcpus - 2) + 0.0025 * Math.max(0, vcpus - 4);
  // Hypervisor and kernel keep some of the memory too.
  const usable = memoryGiB * gib * 0.95 - (255 + 11 * pods + 100) * mib;
  return { cpu: vcpus - reservedCpu - daemons.cpu, memory: usable - daemons.memory };
}

/** Pods that find no node when the largest are placed first. */
function homeless(pods: Room[], nodes: Room[]): number {
  const rest = nodes.map((node) => ({ ...node }));
  return [...pods]
    .sort((a, b) => b.cpu - a.cpu)
    .filter((pod) => {
      const node = rest.find(({ cpu, memory }) => cpu >= pod.cpu && memory >= pod.memory);
      if (node === undefined) return true;
      node.cpu -= pod.cpu;
      node.memory -= pod.memory;
      return false;
    }).length;
}

function podsOf(nodeClass: NodeClass, replicas: (record: ServiceRecord) => number): Room[] {
  return services
    .filter((record) => record.nodeClass === nodeClass)
    .flatMap((record) =>
      Array.from({ length: replicas(record) }, () => ({
        cpu: parseCpu(record.requests.cpu) / 1000,
        memory: parseBytes(record.requests.memory),
      })),
    );
}

function nodesOf(environment: Environment, nodeClass: NodeClass, size: "min" | "max"): Room[] {
  const { instanceTypes, minPerZone, maxPerZone } = environment.cluster.nodeClasses[nodeClass];
  const perZone = size === "min" ? minPerZone : maxPerZone;
  const count = perZone * environment.network.availabilityZones.length;
  const smallest = instanceTypes.map(roomOn).sort((a, b) => a.memory - b.memory)[0]!;
  return Array.from({ length: count }, () => smallest);
}

describe("the nodes of each environment", () => {
  for (const name of environmentNames) {
    const environment = parseEnvironment(name, rawOf(name));
    const floor = ({ scaling }: ServiceRecord) =>
      environment.services.minimumReplicas === "one" ? Math.min(1, scaling.min) : scaling.min;
    for (const nodeClass of ["general", "spot", "ai-processing"] as const) {
      it(`of ${name} carry the floors of the services on ${nodeClass} when there are fewest`, () => {
        const pods = podsOf(nodeClass, floor);
        expect(homeless(pods, nodesOf(environment, nodeClass, "min"))).to.equal(0);
      });
      if (environment.stage !== "development")
        it(`of ${name} carry the peak of the services on ${nodeClass} when there are most`, () => {
          const pods = podsOf(nodeClass, ({ scaling }) => scaling.max);
          expect(homeless(pods, nodesOf(environment, nodeClass, "max"))).to.equal(0);
        });
    }
  }

  it("would not do at half the size", () => {
    const prod = parseEnvironment("prod", rawOf("prod"));
    prod.cluster.nodeClasses.general.instanceTypes = ["m6i.large"];
    const floors = podsOf("general", ({ scaling }) => scaling.min);
    expect(homeless(floors, nodesOf(prod, "general", "min"))).to.be.greaterThan(0);
  });
});
