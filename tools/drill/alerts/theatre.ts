import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { type AlertingArgs, receiverFiles } from "../../../components/observability-rules";
import { alertmanagerOf } from "../../../stacks/observability/alertmanager";
import { answers, freePorts, type RunningProgram, type Stage, waitFor } from "../processes";
import { filesOf, type ResolvedRules } from "../rules/environments";
import { writeRules } from "../rules/promtool";
import { Receiver } from "./receiver";
import { scaledConfiguration, scaledFiles } from "./scaled";
import { expose, healthy, type World } from "./world";

interface Programs {
  readonly prometheus: string;
  readonly alertmanager: string;
}

/** What arrived, with the minutes of the play in place of moments of the clock. */
export interface Outcome {
  readonly pages: readonly { alert: string; service: string; key: string; minute: number }[];
  readonly tickets: readonly string[];
  readonly watchdogs: number;
  /** Messages by topic. */
  readonly topics: Readonly<Record<string, number>>;
}

interface Play {
  readonly name: string;
  readonly rules: ResolvedRules;
  readonly programs: Programs;
  /** What differs from a healthy platform. */
  readonly world: World;
  readonly minutes: number;
}

/** Plays a world before a Prometheus and an Alertmanager of its own, a minute in a second. */
export async function perform(stage: Stage, play: Play): Promise<Outcome> {
  const world = { ...healthy, ...play.world };
  let start = performance.now();
  const minute = (): number => (performance.now() - start) / 1000;
  const receiver = await Receiver.start(() => expose(world, minute()));
  try {
    const needs = await startPrograms(stage, play, receiver);
    start = performance.now();
    for (let second = 0; second < play.minutes; second += 1) {
      await sleep(1000);
      await waitFor({ what: "time to pass", seconds: 60, needs }, () => true);
    }
    return {
      pages: receiver.pages.map(({ at, ...page }) => ({ ...page, minute: (at - start) / 1000 })),
      tickets: receiver.tickets,
      watchdogs: receiver.watchdogs,
      topics: receiver.topics,
    };
  } finally {
    await receiver.stop();
  }
}

async function startPrograms(
  stage: Stage,
  { name, rules, programs }: Play,
  receiver: Receiver,
): Promise<RunningProgram[]> {
  const folder = join(stage.folder, name);
  const [web = 0, alerts = 0] = await freePorts(2);
  const paths = writeRules(join(folder, "rules"), scaledFiles(filesOf(rules)));
  writeFileSync(
    join(folder, "prometheus.yaml"),
    stringify({
      global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "500ms" },
      rule_files: paths,
      scrape_configs: [
        {
          job_name: "world",
          honor_labels: true,
          static_configs: [{ targets: [receiver.address] }],
        },
      ],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alerts}`] }] }] },
    }),
  );
  writeAlertmanager(folder, rules, receiver);
  const alertmanager = stage.start({
    name: `${name}-alertmanager`,
    program: programs.alertmanager,
    args: [
      `--config.file=${join(folder, "alertmanager.yaml")}`,
      `--storage.path=${join(folder, "alertmanager")}`,
      `--web.listen-address=127.0.0.1:${alerts}`,
      "--cluster.listen-address=",
    ],
  });
  const prometheus = stage.start({
    name: `${name}-prometheus`,
    program: programs.prometheus,
    args: [
      `--config.file=${join(folder, "prometheus.yaml")}`,
      `--storage.tsdb.path=${join(folder, "prometheus")}`,
      `--web.listen-address=127.0.0.1:${web}`,
      // A series that is gone is gone after five minutes, which are five seconds here.
      "--query.lookback-delta=5s",
      "--rules.alert.resend-delay=1s",
    ],
  });
  const needs = [alertmanager, prometheus];
  for (const port of [alerts, web])
    await waitFor({ what: `${name} to answer`, seconds: 120, needs }, () =>
      answers(`http://127.0.0.1:${port}/-/ready`),
    );
  return needs;
}

/** The planned configuration, with the drill's receiver behind every address. */
function writeAlertmanager(folder: string, rules: ResolvedRules, { address }: Receiver): void {
  const alerting = mountedBelow(join(folder, "secrets"), rules.alerting);
  const urls: Readonly<Record<string, string>> = {
    "chat-url": `http://${address}/chat`,
    "dead-mans-switch-url": `http://${address}/watchdog`,
  };
  for (const file of receiverFiles(alerting)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, urls[basename(file)] ?? `key-of-${basename(file)}`);
  }
  const planned = alertmanagerOf(rules.environment, alerting, "arn:aws:sns:us-west-2:1:alarms");
  const configuration = {
    global: { pagerduty_url: `http://${address}/pagerduty` },
    ...(scaledConfiguration(planned) as object),
    receivers: planned.receivers.map((receiver) => publishingTo(address, receiver)),
  };
  writeFileSync(join(folder, "alertmanager.yaml"), stringify(configuration));
}

/** The folders of the pods, below one of the drill's own. */
function mountedBelow(folder: string, alerting: AlertingArgs): AlertingArgs {
  const { secretsFolder, pagerDutyFolder } = alerting;
  return {
    ...alerting,
    secretsFolder: join(folder, secretsFolder),
    ...(pagerDutyFolder !== undefined && { pagerDutyFolder: join(folder, pagerDutyFolder) }),
  };
}

/** Topics answer at the drill's receiver, and to anybody. */
function publishingTo(address: string, receiver: object): object {
  if (!("sns_configs" in receiver)) return receiver;
  const topics = (receiver.sns_configs as readonly { readonly sigv4: object }[]).map((topic) => ({
    ...topic,
    api_url: `http://${address}/topics`,
    sigv4: { ...topic.sigv4, access_key: "drill", secret_key: "drill" },
  }));
  return { ...receiver, sns_configs: topics };
}
