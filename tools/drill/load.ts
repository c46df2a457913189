import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { services } from "../../stacks/services";
import { loadGenerator, sendLoad } from "../load/generator";
import { type LoadPlan, loadPlan } from "../load/load-plan";
import { loadVerdict } from "../load/run";
import type { ScenarioName } from "../load/scenarios";
import type { Drill, DrillContext } from "./registry";

export const loadDrill: Drill = {
  name: "load",
  summary: "the load scenarios, sent by vegeta, against a server that is well, slow, or failing",
  run: async (context) => {
    const trial = { held: context.held, program: await loadGenerator(context) };
    await tryHealthy(trial);
    await tryFaults(trial);
  },
};

interface Trial {
  readonly held: DrillContext["held"];
  readonly program: string;
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
const notHeld = 99;
/** What is slow here: a machine with other work answers late by itself. */
const slowMilliseconds = 2000;
/** Longer than what is slow, and short enough to be waited for. */
const timeoutSeconds = 5;

async function tryHealthy({ held, program }: Trial): Promise<void> {
  for (const scenario of ["smoke", "load", "spike"] as const) {
    const { verdict, counted, asked, planned } = await send(program, { scenario, serve: healthy });
    if (verdict.exitCode !== 0)
      throw new Error(`${scenario} against a healthy server: ${verdict.lines.join("; ")}`);
    if (counted !== asked || counted !== planned || counted === 0)
      throw new Error(
        `${scenario}: planned ${planned} requests, counted ${counted}, the server ${asked}`,
      );
    held(`${scenario}: every objective held over ${counted} requests, as many as planned`);
  }
}

const faults = {
  slow: (request, answer) => {
    answer(200, request % 4 === 1 ? slowMilliseconds + 500 : 5);
  },
  failing: (request, answer) => {
    answer(request % 4 === 1 ? 503 : 200, 5);
  },
  redirecting: (_, answer) => {
    answer(302, 5);
  },
  silent: () => undefined,
} satisfies Record<string, Behaviour>;

async function tryFaults({ held, program }: Trial): Promise<void> {
  const [slow, failing, redirecting, silent, behind] = await Promise.all([
    send(program, { scenario: "load", serve: faults.slow }),
    send(program, { scenario: "load", serve: faults.failing }),
    send(program, { scenario: "smoke", serve: faults.redirecting }),
    send(program, { scenario: "smoke", serve: faults.silent }),
    // Behind from the first request on, as if this machine were too slow.
    send(program, { scenario: "smoke", serve: healthy, change: { behindSeconds: -60 } }),
  ]);
  refused(slow, /^NOT HELD: automatrix-api: \d+ % answered within/);
  if (slow.counted !== slow.planned)
    throw new Error(`slow answers lowered the load: ${slow.counted} of ${slow.planned} requests`);
  held("one answer in four slower than the objective: not held, and as many requests as planned");

  refused(failing, /^ENDED EARLY: /);
  if (failing.counted >= failing.planned) throw new Error("a failing server was asked to the end");
  held(
    `one answer in four failing: ended after ${failing.counted} of ${failing.planned} requests, not held`,
  );

  refused(redirecting, allFailed);
  if (redirecting.counted !== redirecting.asked) throw new Error("a redirect was followed");
  held("a redirect to a sign-in page: not followed, not held");

  refused(silent, allFailed);
  held("no answer within the time: not held");

  refused(behind, /^NOT HELD: \d+ requests could not be sent in time/);
  held("a machine that cannot send what is planned: not held");
}

const allFailed = /^NOT HELD: automatrix-api: 100 % failed/;

type Sent = Awaited<ReturnType<typeof send>>;

/** @throws Error unless the run was judged so, for the reason that is expected. */
function refused({ verdict: { exitCode, lines } }: Sent, reason: RegExp): void {
  if (exitCode !== notHeld || !lines.some((line) => reason.test(line)))
    throw new Error(`expected ${reason}, got exit code ${exitCode}: ${lines.join("; ")}`);
}

interface Sending {
  readonly scenario: ScenarioName;
  readonly serve: Behaviour;
  /** What is otherwise than the command would plan it. */
  readonly change?: Partial<LoadPlan>;
}

async function send(program: string, { scenario, serve, change }: Sending) {
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
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const planned = loadPlan({
    records: services,
    ...{ scenario, domain: "example.com", requestsPerSecond, origin, timeScale },
  });
  const objectives = planned.objectives.map(({ latency, ...objective }) => ({
    ...objective,
    ...(latency && { latency: { ...latency, milliseconds: slowMilliseconds } }),
  }));
  const plan = { ...planned, objectives, timeoutSeconds, ...change };
  const sent = await sendLoad(program, plan);
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  const counted = sent.figures.services.reduce((all, { requests }) => all + requests, 0);
  const asked = [...askedOf.values()].reduce((all, requests) => all + requests, 0);
  return { verdict: loadVerdict(plan, sent), planned: requestsOf(plan), counted, asked };
}

/** Every target gets whole requests alone. */
function requestsOf({ targets }: LoadPlan): number {
  return targets.reduce((all, { stages }) => {
    const own = stages.map(
      ({ seconds, fromPerSecond, toPerSecond }) => (seconds * (fromPerSecond + toPerSecond)) / 2,
    );
    return all + Math.floor(own.reduce((sum, requests) => sum + requests, 1e-6));
  }, 0);
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
