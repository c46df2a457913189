import type { ServiceRecord } from "../../../components/shared/service-record";
import { multiplyCatalogue } from "../../bench/multiply-catalogue";
import { listEnvironments, readStackFile } from "../../plan/stack-files";
import { drawTable } from "../../terminal/table";
import { controllers } from "./controllers";
import { evaluate } from "./evaluator";
import { isExpected } from "./expectation";
import { mutationsOf, tryMutations } from "./mutations";
import { describeConversation, type Conversation, type Peer } from "./peers";
import { planCluster, readCatalogue, type PlannedCluster } from "./planned";
import { conversationsOf, networkOf, pairsOf, peersOf, portsOf } from "./world";

export interface SegmentationArgs {
  readonly projectDirectory: string;
  readonly environment: string;
  /** Size of the catalogue for the last part. */
  readonly manyServices: number;
  /** Path of cyclonus. */
  readonly program: string;
  readonly held: (statement: string) => void;
  /** Prints the table. */
  readonly say: (line: string) => void;
}

/** The policies of a plan against the catalogue, then with one thing wrong with them at a time, then for many services. */
export async function runSegmentation(args: SegmentationArgs): Promise<void> {
  const { program, held, say } = args;
  const records = readCatalogue(args.projectDirectory);
  const cluster = await planCluster({ ...args, services: records });
  const peers = declaredPeers(args, records, cluster);
  const conversations = conversationsOf(peers, portsOf(records, controllers));
  const allowed = await judge(program, cluster, conversations);
  for (const line of drawTable(tableOf(allowed))) say(line);
  held(
    `${conversations.length} conversations between ${pairsOf(peers).length} ordered pairs of ${peers.length} pods and ` +
      `addresses: ${allowed.length} allowed, the others refused, each as the catalogue says`,
  );

  const mutations = mutationsOf(cluster.policies);
  const outcomes = await tryMutations(program, mutations, conversations);
  const rows = outcomes.map(({ title, noticed, example }) => [title, String(noticed), example]);
  for (const line of drawTable([["mutation", "noticed", "for example"], ...rows])) say(line);
  const unnoticed = outcomes.filter(({ noticed }) => noticed === 0).map(({ title }) => title);
  if (unnoticed.length > 0) throw new Error(`nothing changed: ${unnoticed.join(", ")}`);
  held(
    `each of ${cluster.policies.length} policies is missed when it is removed, and each of ` +
      `${mutations.length - cluster.policies.length} ways to open too much is noticed`,
  );

  await tryMany(args, records);
}

function declaredPeers(
  { projectDirectory, environment }: SegmentationArgs,
  records: readonly ServiceRecord[],
  { workloads }: PlannedCluster,
): Peer[] {
  const networks = listEnvironments(projectDirectory).map((name) =>
    networkOf(readStackFile(projectDirectory, name)),
  );
  const network = networks.find((candidate) => candidate.environment === environment);
  if (network === undefined) throw new Error(`environment: got "${environment}", need a known one`);
  const others = networks.filter((other) => other !== network);
  return peersOf({ records, workloads, controllers, network, others });
}

/** The conversations that are allowed, if the evaluator and the catalogue agree on every single one. */
async function judge(
  program: string,
  { policies }: PlannedCluster,
  conversations: readonly Conversation[],
): Promise<Conversation[]> {
  const verdicts = await evaluate(program, policies, conversations);
  const wrong = conversations.flatMap((entry, index) => {
    const verdict = verdicts[index] ?? false;
    if (verdict === isExpected(entry)) return [];
    return [`${describeConversation(entry)}: ${verdict ? "allowed" : "refused"}`];
  });
  if (wrong.length > 0)
    throw new Error(
      [
        `${wrong.length} of ${conversations.length} conversations are not as the catalogue says:`,
        ...wrong.slice(0, mostShown),
      ].join("\n    "),
    );
  return conversations.filter((_, index) => verdicts[index]);
}

const mostShown = 20;

/** Who reaches whom, on which ports; zones of one kind, and pods that are not ours, are one here. */
function tableOf(allowed: readonly Conversation[]): string[][] {
  const ports = new Map<string, { from: string; to: string; ports: Set<number> }>();
  for (const { from, to, port } of allowed) {
    const ends = { from: titleOf(from), to: titleOf(to) };
    const key = `${ends.from} ${ends.to}`;
    const row = ports.get(key) ?? { ...ends, ports: new Set() };
    row.ports.add(port);
    ports.set(key, row);
  }
  const rows = [...ports.values()].map((row) => [row.from, row.to, [...row.ports].join(", ")]);
  return [["from", "to", "ports"], ...rows];
}

function titleOf({ name, role }: Peer): string {
  if (role.kind === "undeclared") return "undeclared pods";
  return role.kind === "foreign-pod" ? "pods of others" : name.replace(zoneAtEnd, "");
}

const zoneAtEnd = / in [a-z]+-[a-z]+-\d[a-z]$/;

/** Every ordered pair of services, on the port of the one that is called and on another service's. */
async function tryMany(args: SegmentationArgs, catalogue: readonly ServiceRecord[]): Promise<void> {
  const start = performance.now();
  const records = multiplyCatalogue(catalogue, args.manyServices);
  const cluster = await planCluster({ ...args, services: records });
  const services = declaredPeers(args, records, cluster).filter(
    ({ role }) => role.kind === "service",
  );
  const conversations = pairsOf(services).flatMap(([from, to]) =>
    [portOf(to), portOf(from)].map((port) => ({ from, to, port, protocol: "TCP" as const })),
  );
  const planned = performance.now();
  const allowed = await judge(args.program, cluster, conversations);
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  args.held(
    `${records.length} services, ${cluster.policies.length} policies: ${conversations.length} conversations of all ` +
      `ordered pairs, ${allowed.length} allowed, each as the catalogue says; planned in ${seconds(start, planned)} s, ` +
      `judged in ${seconds(planned, performance.now())} s`,
  );
}

/** Workers listen nowhere: any port does to see them refuse. */
function portOf({ role }: Peer): number {
  return (role.kind === "service" ? role.record.port : undefined) ?? 8000;
}
