import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { services } from "../../stacks/services";
import { loadPlan } from "../load/load-plan";
import type { ScenarioName } from "../load/scenarios";
import { goTool } from "./go-tools";
import { onStage, type Stage, waitFor } from "./processes";
import type { Drill, DrillContext } from "./registry";

export const loadDrill: Drill = {
  name: "load",
  summary: "the load scenarios in a real k6, against a server that is well, slow, or failing",
  run: async (context) => {
    const program = await goTool("k6", context);
    await onStage("load", async (stage) => {
      const trial = { context, program, stage };
      await tryHealthy(trial);
      await tryFaults(trial);
    });
  },
};

interface Trial {
  readonly context: DrillContext;
  readonly program: string;
  readonly stage: Stage;
}

/** How the server answers the nth request of one address: every service gets its share of what is wrong. */
type Behaviour = (
  request: number,
  answer: (status: number, afterMilliseconds: number) => void,
) => void;

const healthy: Behaviour = (_, answer) => {
  answer(200, 5);
};

/** Ten times the base load is sixty requests a second to this machine alone, for a few seconds. */
const requestsPerSecond = 6;
/** Fourteen minutes of `spike` in eight seconds. */
const timeScale = 0.01;
const thresholdsExitCode = "exit code 99";

async function tryHealthy(trial: Trial): Promise<void> {
  const { held } = trial.context;
  for (const scenario of ["smoke", "load", "spike"] as const) {
    const { ending, summary, asked } = await send(trial, {
      scenario,
      name: scenario,
      serve: healthy,
    });
    if (ending !== "exit code 0")
      throw new Error(`${scenario} against a healthy server: ${ending}`);
    const { count } = summary.metrics.http_reqs.values;
    if (count !== asked || count === 0)
      throw new Error(`${scenario}: k6 counts ${count} requests, the server ${asked}`);
    held(`${scenario}: every objective held over ${count} requests`);
  }
}

async function tryFaults(trial: Trial): Promise<void> {
  const { held } = trial.context;
  const slow = await send(trial, {
    scenario: "load",
    name: "slow",
    serve: (request, answer) => {
      answer(200, request % 4 === 1 ? 900 : 5);
    },
  });
  if (slow.ending !== thresholdsExitCode) throw new Error(`a slow server passed: ${slow.ending}`);
  held("one answer in four slower than the objective: not held");

  const failing = await send(trial, {
    scenario: "load",
    name: "failing",
    serve: (request, answer) => {
      answer(request % 20 === 1 ? 503 : 200, 5);
    },
  });
  if (failing.ending !== thresholdsExitCode)
    throw new Error(`a failing server passed: ${failing.ending}`);
  held("one answer in twenty failing: not held");

  const redirecting = await send(trial, {
    scenario: "smoke",
    name: "redirecting",
    serve: (_, answer) => {
      answer(302, 5);
    },
  });
  if (redirecting.ending !== thresholdsExitCode)
    throw new Error(`a sign-in page passed for an answer: ${redirecting.ending}`);
  held("a redirect to a sign-in page: not held");
}

const summarySchema = z.object({
  metrics: z.object({ http_reqs: z.object({ values: z.object({ count: z.number() }) }) }),
});

interface Sending {
  readonly scenario: ScenarioName;
  readonly name: string;
  readonly serve: Behaviour;
}

async function send({ context, program, stage }: Trial, { scenario, name, serve }: Sending) {
  const askedOf = new Map<string, number>();
  const server = await listen(({ headers, url = "" }, response) => {
    // Services have paths in common, and hosts of their own.
    const address = `${headers.host ?? ""}${url}`;
    const nth = (askedOf.get(address) ?? 0) + 1;
    askedOf.set(address, nth);
    serve(nth, (status, afterMilliseconds) => {
      setTimeout(() => response.writeHead(status, { location: "/" }).end(), afterMilliseconds);
    });
  });
  const summaryFile = join(stage.folder, `${name}-summary.json`);
  const planFile = join(stage.folder, `${name}-plan.json`);
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const domain = "example.com";
  writeFileSync(
    planFile,
    JSON.stringify(
      loadPlan({
        records: services,
        ...{ scenario, domain, requestsPerSecond, origin, summaryFile, timeScale },
      }),
    ),
  );
  const script = join(context.projectDirectory, "load/main.js");
  const args = [
    "run",
    "--quiet",
    "--no-usage-report",
    "--address=",
    "--env",
    `PLAN=${planFile}`,
    script,
  ];
  const k6 = stage.start({ name, program, args });
  // It ends by itself: the stages of a scenario last seconds here.
  const ended = await waitFor({ what: `k6 to end ${name}`, seconds: 120, needs: [] }, () =>
    k6.ending(),
  );
  await new Promise((closed) => server.close(closed));
  const summary = summarySchema.parse(JSON.parse(readFileSync(summaryFile, "utf8")));
  const asked = [...askedOf.values()].reduce((sum, count) => sum + count, 0);
  return { ending: ended.value, summary, asked };
}

function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(answer);
  return new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => {
      ready(server);
    });
  });
}
