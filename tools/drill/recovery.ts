import { describePath, inMinutes } from "../recovery/critical-path";
import { inMode, type ModeSummary, readModes } from "../recovery/modes";
import { loadProgram, type Program, runProgram } from "../plan/program";
import { readStackFile, type StackFile } from "../plan/stack-files";
import { drawTable } from "../terminal/table";
import { holes, missing } from "./recovery/holes";
import { type Disaster, needsOf, type Side } from "./recovery/needs";
import { referencesTo } from "./recovery/references";
import type { Drill, DrillContext } from "./registry";

/** The environment that stands by; whose place it takes, its secrets say. */
const standbyName = "recovery";

export const recoveryDrill: Drill = {
  name: "recovery",
  summary:
    "the home region is gone: what critical services need is in the other, and how long they are away",
  run: async (context) => {
    const { projectDirectory } = context;
    const program = loadProgram(projectDirectory);
    const disaster = await readDisaster(program, projectDirectory);
    lookAround(context, disaster);
    tryHoles(context, disaster);
    await measure(context, program, projectDirectory);
  },
};

async function readDisaster(program: Program, directory: string): Promise<Disaster> {
  const stack = inMode(readStackFile(directory, standbyName), "full");
  const home = stack.settings[`${stack.project}:secrets.environment`] ?? "";
  return {
    home: await readSide(program, readStackFile(directory, home)),
    standby: await readSide(program, stack),
    services: program.services,
  };
}

async function readSide(program: Program, stack: StackFile): Promise<Side> {
  const { registrations } = await runProgram({ program, stack, mode: "known" });
  return {
    name: stack.environment,
    region: stack.settings["aws:region"] ?? "",
    accountId: stack.settings["aws:allowedAccountIds"] ?? "",
    registrations,
  };
}

function lookAround(context: DrillContext, disaster: Disaster): void {
  const { home, standby } = disaster;
  context.say(`${home.region} is gone, with everything that ${home.name} has there`);
  const needs = needsOf(disaster);
  const rows = needs.map(({ what, from }) => [what, from ?? "MISSING"]);
  for (const line of drawTable([["needed by critical services", "there by"], ...rows]))
    context.say(line);
  const found = missing(disaster);
  if (found.length > 0) throw new Error(`${standby.region} is not enough:\n${found.join("\n")}`);
  const critical = disaster.services.filter(({ tier }) => tier === "critical");
  context.held(
    `${critical.length} critical services and the ${needs.length} things that they need are in ${standby.region}`,
  );
  const mentions = referencesTo(home.region, standby);
  for (const why of new Set(mentions.map(({ harmless }) => harmless ?? "")))
    context.say(
      `${mentions.filter((one) => one.harmless === why).length} × ${home.region} is mentioned: ${why}`,
    );
  context.held(
    `nothing that is made in ${standby.region} asks ${home.region} for anything to start`,
  );
}

function tryHoles(context: DrillContext, disaster: Disaster): void {
  for (const { what, dig, expected } of holes) {
    const found = missing(dig(disaster)).join("\n");
    if (!expected.test(found))
      throw new Error(`${what} was not noticed; found: ${found || "nothing"}`);
  }
  context.held(
    `${holes.length} holes made on purpose are found: ${holes.map(({ what }) => what).join("; ")}`,
  );
}

async function measure(context: DrillContext, program: Program, directory: string): Promise<void> {
  const stack = readStackFile(directory, standbyName);
  const modes = await readModes({ program, stack, services: program.services });
  const { rpoSeconds, rtoMinutes } = modes.objectives;
  context.say(`durations as of ${modes.dated}; what nobody has measured is marked as assumed`);
  for (const summary of modes.summaries) show(context, summary);
  if (rpoSeconds > 60) throw new Error(`RPO: ${rpoSeconds} s are allowed, at most 60`);
  context.held(
    `RPO: told above ${rpoSeconds} s (asked: 60); what is lost is the lag of that moment, which only an account can show`,
  );
  for (const { mode, serve } of modes.summaries) {
    const asked = inMinutes(rtoMinutes * 60);
    if (serve.seconds > rtoMinutes * 60)
      throw new Error(`RTO: ${inMinutes(serve.seconds)} from ${mode}, at most ${asked}`);
    context.held(
      `RTO: ${inMinutes(serve.seconds)} from ${mode} (asked: ${asked}), ${inMinutes(serve.assumedSeconds)} of it assumed`,
    );
  }
  context.say(
    "not counted: until somebody decides; what throttles or lacks capacity when everybody moves; resolvers that keep answers",
  );
}

function show(
  context: DrillContext,
  { mode, resources, components, build, serve }: ModeSummary,
): void {
  const parts = [...components].map(([name, count]) => `${name} ${count}`);
  context.say(`${mode}: ${resources} resources: ${parts.join(", ")}`);
  context.say(`${mode}, made out of nothing:`);
  for (const line of describePath(build)) context.say(`  ${line}`);
  context.say(`${mode}, until people are served:`);
  for (const line of describePath(serve)) context.say(`  ${line}`);
}
