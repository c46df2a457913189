import { join } from "node:path";
import { noise } from "./alerts/noise";
import { begin, incidents, type Scene, zoneLoss } from "./alerts/scenes";
import { type Outcome, perform } from "./alerts/theatre";
import type { World } from "./alerts/world";
import { debianFiles } from "./debian-tools";
import { goTool } from "./go-tools";
import { onStage } from "./processes";
import type { Drill, DrillContext } from "./registry";
import { environmentRules } from "./rules/environments";

export const alertsDrill: Drill = {
  name: "alerts",
  summary: "incidents and noise before a real Prometheus and Alertmanager: who is paged, and when",
  run: async (context) => {
    const programs = {
      prometheus: join(await debianFiles("prometheus", context), "usr/bin/prometheus"),
      alertmanager: await goTool("alertmanager", context),
    };
    await onStage("alerts", async (stage) => {
      const rules = environmentRules(context.projectDirectory, "prod");
      const play = (name: string, world: World, minutes: number): Promise<Outcome> =>
        perform(stage, { name, rules, programs, world, minutes });
      const [hurt, zone, quiet] = await Promise.all([
        play("incidents", worldOf(incidents), 130),
        play("zone", zoneLoss.world, 60),
        play("noise", worldOf(noise), 75),
      ]);
      judge(context, { hurt, zone, quiet });
    });
  },
};

function worldOf(scenes: readonly Scene[]): World {
  return Object.assign({}, ...scenes.map(({ world }) => world)) as World;
}

interface Outcomes {
  readonly hurt: Outcome;
  readonly zone: Outcome;
  readonly quiet: Outcome;
}

function judge({ held, say }: DrillContext, { hurt, zone, quiet }: Outcomes): void {
  const told = [
    ...incidents.map((scene) => ({ scene, page: pageOf(scene, hurt) })),
    { scene: zoneLoss, page: pageOf(zoneLoss, zone) },
  ];
  for (const { scene, page } of told)
    say(
      `${page === undefined ? "no page" : `${(page.minute - begin).toFixed(1)} min`}  ${scene.what}`,
    );
  const found = told.flatMap(({ page }) => page ?? []);
  const pages = [hurt, zone, quiet].flatMap(distinct);
  const useful = new Set(found.map(({ alert, service }) => `${alert} ${service}`));
  const wrong = pages.filter(({ alert, service }) => !useful.has(`${alert} ${service}`));
  const recall = found.length / told.length;
  const precision = (pages.length - wrong.length) / pages.length;
  const minutes = found.map(({ minute }) => minute - begin).sort((one, other) => one - other);
  const figures =
    `recall ${percent(recall)} of ${told.length} incidents, precision ${percent(precision)} of ${pages.length} pages, ` +
    `time to page ${(minutes[Math.floor(minutes.length / 2)] ?? 0).toFixed(1)} min in the middle, ${(minutes.at(-1) ?? 0).toFixed(1)} at most`;
  if (recall < 1 || precision < 0.99)
    throw new Error(
      `${figures}; pages for nothing: ${wrong.map(({ alert, service }) => `${alert} ${service}`).join(", ") || "none"}`,
    );
  held(figures);
  // Three days of history are not there: a play of an hour is all that the long windows of a slow burn see.
  const tickets = quiet.tickets.filter((name) => name !== "SloBurnSlow");
  if (quiet.pages.length + tickets.length > 0)
    throw new Error(
      `noise was told: ${[...quiet.pages.map(({ alert }) => alert), ...tickets].join(", ")}`,
    );
  held(`${noise.length} patterns of noise: no page and no ticket`);
  const [only, ...more] = distinct(zone);
  if (only?.alert !== "ZoneLost" || more.length > 0 || zone.tickets.length > 0)
    throw new Error(
      `a lost zone: got ${[...zone.pages.map(({ alert }) => alert), ...zone.tickets].join(", ")}, need one page`,
    );
  held("a lost zone is one page, and silences its nodes, pods and what counts over all zones");
  if (
    hurt.pages.some(
      ({ key, service }) => service === "relaycore" && key !== "key-of-pagerduty-relaycore",
    )
  )
    throw new Error("a page of RelayCore went to another team");
  held("each team is paged with its own key");
  if (quiet.watchdogs < 10) throw new Error(`the receiver outside heard ${quiet.watchdogs} times`);
  held("the receiver outside hears every minute that the way is open");
  const beats = quiet.topics["auterity-prod-heartbeat"] ?? 0;
  if (beats < 10 || quiet.topics["alarms"] !== undefined)
    throw new Error(
      `topics heard ${JSON.stringify(quiet.topics)}, need the heartbeat and no alarm while all receivers are reached`,
    );
  held(
    "the heartbeat's topic hears it too; the alarm topic hears nothing while all receivers are reached",
  );
}

function pageOf({ pages }: Scene, outcome: Outcome) {
  return outcome.pages.find(
    ({ alert, service }) =>
      alert === pages?.alert && (pages.of === undefined || service === pages.of),
  );
}

/** What PagerDuty makes one incident of, however often it is told. */
function distinct({ pages }: Outcome): Outcome["pages"] {
  const keys = pages.map(({ alert, service }) => `${alert} ${service}`);
  return pages.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
