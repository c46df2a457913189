import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deliver } from "../plan/deliver";
import { describeFailure } from "../plan/failure";
import { planEnvironments } from "../plan/planner";
import { loadProgram } from "../plan/program";
import { listEnvironments, readStackFile } from "../plan/stack-files";
import { startPolicyServer } from "../policies/server-process";
import { multiplyCatalogue } from "./multiply-catalogue";

/** What one measured process reports on its last line. */
export interface Measured {
  readonly resources: number;
  /** Peak of this process and of the policy server together. */
  readonly megabytes: number;
}

/** Plans one environment as `plan` does, with a catalogue of the given size. */
async function main([project = "", environment = "", services = "", out = ""]: string[]) {
  const directory = resolve(project);
  const stack = readStackFile(directory, environment);
  const others = listEnvironments(directory)
    .filter((name) => name !== environment)
    .map((name) => readStackFile(directory, name));
  const policyServer = startPolicyServer({
    packDirectory: join(directory, "policy"),
    project: stack.project,
  });
  const plans = await planEnvironments({
    ...{ directory, stacks: [stack], others, policyServer },
    services: multiplyCatalogue(loadProgram(directory).services, Number(services)),
    progress: () => undefined,
  });
  const serverKiB = peakKiB(policyServer.pid);
  policyServer.stop();
  const ownOutput = process.stdout.write.bind(process.stdout);
  process.stdout.write = () => true;
  deliver(plans, { out, project: directory }, () => undefined);
  process.stdout.write = ownOutput;
  const measured: Measured = {
    resources: plans[0]?.tree.resources ?? 0,
    megabytes: Math.round((process.resourceUsage().maxRSS + serverKiB) / 1024),
  };
  ownOutput(`${JSON.stringify(measured)}\n`);
}

/** Linux keeps the peak of a process's resident memory; elsewhere the server is not counted. */
function peakKiB(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`error: ${describeFailure(error, false).text}\n`);
  process.exitCode = 1;
});
