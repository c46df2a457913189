import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { isAlert } from "../../../components/observability-rules";
import { alertmanagerOf, receiversFail } from "../../../stacks/observability/alertmanager";
import type { Stage } from "../processes";
import type { ResolvedRules } from "./environments";

/** Who has to be told, said without looking at the configuration. */
function teamsReceiver(severity: string, team: string, name: string): string {
  if (name === "Watchdog") return "heartbeat,dead-mans-switch";
  const also = receiversFail.some((alert) => alert === name) ? "topic," : "";
  if (severity === "critical") return `${also}page-${team}`;
  return severity === "warning" ? `${also}chat-${team}` : "nobody";
}

function topicReceiver(severity: string, name: string): string {
  if (name === "Watchdog") return "heartbeat";
  return severity === "critical" || severity === "warning" ? "topic" : "nobody";
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
  const topic = "arn:aws:sns:us-west-2:123456789012:alarms";
  const configuration = alertmanagerOf(rules.environment, rules.alerting, topic);
  writeFileSync(file, stringify(configuration, { lineWidth: 0 }));
  await stage.run({ name: `check-${environment}`, program: amtool, args: ["check-config", file] });
  const alerts = rules.groups.flatMap((group) => group.rules.filter(isAlert));
  const apart = new Set<string>(["Watchdog", ...receiversFail]);
  const routes = new Map(
    alerts.map(({ name, severity, team }) => [
      [severity, team, apart.has(name) ? name : ""].join(),
      { name, severity, team },
    ]),
  );
  const byTopic = rules.environment.alerting.receivers === "alarm-topic";
  // What nobody thought of is read by the first team, and lost to nobody; the topic has no severity but two.
  const stray = [
    { severity: "critical", team: "nobody-knows", to: byTopic ? "topic" : "page-platform" },
    { severity: "urgent", team: "relaycore", to: byTopic ? "nobody" : "chat-relaycore" },
    { severity: "none", team: "platform", to: "nobody" },
  ].map((route) => ({ ...route, name: "Stray" }));
  const expected = [
    ...[...routes.values()].map((route) => ({
      ...route,
      to: byTopic
        ? topicReceiver(route.severity, route.name)
        : teamsReceiver(route.severity, route.team, route.name),
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
