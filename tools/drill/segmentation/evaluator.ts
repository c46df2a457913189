import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Conversation, Peer } from "./peers";

/** A NetworkPolicy as the plan writes it. */
export interface PolicyFile {
  /** `NAMESPACE/NAME` */
  readonly id: string;
  readonly namespace: string;
  readonly content: string;
}

/** The verdict of cyclonus on each conversation, in their order. */
export async function evaluate(
  program: string,
  policies: readonly PolicyFile[],
  conversations: readonly Conversation[],
): Promise<boolean[]> {
  const folder = mkdtempSync(join(tmpdir(), "auterity-segmentation-"));
  try {
    const policyFolder = join(folder, "policies");
    mkdirSync(policyFolder);
    // It reads no more than one document of a file.
    policies.forEach(({ content }, index) => {
      writeFileSync(join(policyFolder, `${index}.yaml`), content);
    });
    const slices = slicesOf(conversations, availableParallelism());
    const judged = await Promise.all(
      slices.map((slice, index) => {
        const trafficFile = join(folder, `traffic-${index}.json`);
        writeFileSync(trafficFile, JSON.stringify(slice.map(trafficOf)));
        return readVerdicts(program, [
          ...["analyze", "--mode", "query-traffic", "--verbosity", "error"],
          ...["--policy-path", policyFolder, "--traffic-path", trafficFile],
        ]);
      }),
    );
    const verdicts = judged.flat();
    if (verdicts.length !== conversations.length)
      throw new Error(
        `cyclonus: got ${verdicts.length} verdicts, need one for each of ${conversations.length}`,
      );
    return verdicts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many parts as there are processors, so that each has a process of the evaluator. */
function slicesOf<T>(items: readonly T[], count: number): T[][] {
  const size = Math.max(1, Math.ceil(items.length / count));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** @see https://github.com/mattfenwick/cyclonus/blob/v0.5.6/pkg/matcher/traffic.go */
function trafficOf({ from, to, protocol, port }: Conversation) {
  return {
    Source: trafficPeer(from),
    Destination: trafficPeer(to),
    ResolvedPort: port,
    // Policies of ours name ports by number: a name that matches nothing keeps it so.
    ResolvedPortName: "",
    Protocol: protocol,
  };
}

function trafficPeer({ address, pod }: Peer) {
  return {
    IP: address,
    Internal: pod && {
      Namespace: pod.namespace,
      NamespaceLabels: pod.namespaceLabels,
      PodLabels: pod.labels,
    },
  };
}

/** The last line of each table that it draws. */
const verdictLines = /^\|\s*IS ALLOWED\?\s*\|\s*(TRUE|FALSE)\s*\|/gm;

async function readVerdicts(program: string, args: readonly string[]): Promise<boolean[]> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  let complaint = "";
  child.stderr.on("data", (text: string) => (complaint += text));
  const verdicts: boolean[] = [];
  let unfinished = "";
  // Two tables a conversation, of which one word counts: reading line by line would take longer than judging.
  child.stdout.on("data", (text: string) => {
    const known = unfinished + text;
    const end = known.lastIndexOf("\n") + 1;
    unfinished = known.slice(end);
    for (const [, verdict] of known.slice(0, end).matchAll(verdictLines))
      verdicts.push(verdict === "TRUE");
  });
  const code = await ended;
  if (code !== 0)
    throw new Error(`cyclonus ended with code ${code ?? "none"}: ${complaint.trim()}`);
  return verdicts;
}
