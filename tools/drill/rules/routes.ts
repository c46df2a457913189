import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { alertmanagerConfiguration, isAlert } from "../../../components/observability-rules";
import type { Stage } from "../processes";
import type { ResolvedRules } from "./environments";

/** Who has to be told, said without looking at the configuration. */
function receiverOf(severity: string, team: string, name: string): string {
  if (name === "Watchdog") return "dead-mans-switch";
  if (severity === "critical") return `page-${team}`;
  return severity === "warning" ? `chat-${team}` : "nobody";
}

interface RouteCheck {
  readonly amtool: string;
  readonly environment: string;
  readonly rules: ResolvedRules;
}

/** Checks the file and the route of every alert in it; gives how many routes. @throws Error with what amtool says. */
export async function checkRoutes(
  stage: Stage,
  { amtool, environment, rules }: RouteCheck,
): Promise<number> {
  const file = join(stage.folder, `alertmanager-${environment}.yaml`);
  writeFileSync(file, stringify(alertmanagerConfiguration(rules.alerting), { lineWidth: 0 }));
  await stage.run({ name: `check-${environment}`, program: amtool, args: ["check-config", file] });
  const alerts = rules.groups.flatMap((group) => group.rules.filter(isAlert));
  const routes = new Map(
    alerts.map(({ name, severity, team }) => [
      [severity, team, name === "Watchdog"].join(),
      { name, severity, team },
    ]),
  );
  // What nobody thought of is read by the first team, and lost to nobody.
  const stray = [
    { name: "Stray", severity: "critical", team: "nobody-knows", to: "page-platform" },
    { name: "Stray", severity: "urgent", team: "relaycore", to: "chat-relaycore" },
    { name: "Stray", severity: "none", team: "platform", to: "nobody" },
  ];
  const expected = [
    ...[...routes.values()].map((route) => ({
      ...route,
      to: receiverOf(route.severity, route.team, route.name),
    })),
    ...stray,
  ];
  for (const [index, { name, severity, team, to }] of expected.entries())
    await stage.run({
      name: `route-${environment}-${index}`,
      program: amtool,
      args: [
        ...["config", "routes", "test", `--config.file=${file}`, `--verify.receivers=${to}`],
        ...[`alertname=${name}`, `severity=${severity}`, `team=${team}`],
      ],
    });
  return expected.length;
}

/** A receiver that nobody defined has to be noticed. @throws Error if amtool accepts it. */
export async function noticeBrokenRoute(stage: Stage, amtool: string): Promise<void> {
  const file = join(stage.folder, "broken.yaml");
  writeFileSync(file, "route: { receiver: gone }\nreceivers: [{ name: here }]\n");
  const noticed = await stage
    .run({ name: "broken", program: amtool, args: ["check-config", file] })
    .then(
      () => false,
      () => true,
    );
  if (!noticed) throw new Error("amtool says nothing of a receiver that is not defined");
}
