import { type AlertingArgs, chatKey, deadMansSwitchKey } from "./args";
import { type InhibitRule, inhibitRules } from "./inhibition";

/** Alertmanager's own configuration, as its file has it. */
export interface AlertmanagerConfiguration {
  readonly route: Route;
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules: readonly InhibitRule[];
  readonly time_intervals: readonly object[];
}

export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly active_time_intervals?: readonly string[];
  readonly mute_time_intervals?: readonly string[];
  /** Whether what it takes is asked of the routes after it as well. */
  readonly continue?: boolean;
  readonly routes?: readonly Route[];
}

export interface Receiver {
  readonly name: string;
  readonly pagerduty_configs?: readonly object[];
  readonly slack_configs?: readonly object[];
  readonly webhook_configs?: readonly object[];
}

const nobody = "nobody";
const deadMansSwitch = "dead-mans-switch";
const officeHours = "office-hours";

/**
 * Critical alerts page their team at any hour, and stand in its chat too; warnings go to the chat while people work; the
 * rest goes nowhere. Nothing is lost for want of a label: an alert of no known severity is a warning, one of no known team
 * belongs to the first.
 */
export function alertmanagerConfiguration(args: AlertingArgs): AlertmanagerConfiguration {
  const [first = ""] = args.teams;
  const page = (team: string): string => `page-${team}`;
  const chat = (team: string): string => `chat-${team}`;
  const byTeam = (receiver: (team: string) => string): Route[] =>
    args.teams.map((team) => ({ receiver: receiver(team), matchers: [`team="${team}"`] }));
  return {
    route: {
      receiver: chat(first),
      group_by: ["cluster", "alertname", "namespace", "service"],
      group_wait: "30s",
      group_interval: "5m",
      repeat_interval: "1d",
      routes: [
        {
          receiver: deadMansSwitch,
          matchers: ['alertname="Watchdog"'],
          group_wait: "0s",
          group_interval: "1m",
          repeat_interval: "1m",
        },
        { receiver: nobody, matchers: ['severity=~"info|none"'] },
        {
          receiver: page(first),
          matchers: ['severity="critical"'],
          group_wait: "15s",
          repeat_interval: "4h",
          routes: byTeam(page),
        },
        {
          receiver: chat(first),
          active_time_intervals: [officeHours],
          routes: byTeam(chat).map((route) => ({ ...route, active_time_intervals: [officeHours] })),
        },
      ],
    },
    receivers: [
      { name: nobody },
      {
        name: deadMansSwitch,
        webhook_configs: [
          { url_file: fileOf(args, deadMansSwitchKey), send_resolved: false, max_alerts: 1 },
        ],
      },
      ...args.teams.map((team) => pageReceiver(page(team), team, args)),
      ...args.teams.map((team) => ({
        name: chat(team),
        slack_configs: [chatConfig(team, args)],
      })),
    ],
    inhibit_rules: inhibitRules,
    time_intervals: [officeInterval(args)],
  };
}

function fileOf({ secretsFolder }: AlertingArgs, key: string): string {
  return `${secretsFolder}/${key}`;
}

function pageReceiver(name: string, team: string, args: AlertingArgs): Receiver {
  const key = args.pagerDutyKeys[team];
  return {
    name,
    ...(key !== undefined && {
      pagerduty_configs: [
        {
          routing_key_file: `${args.pagerDutyFolder ?? args.secretsFolder}/${key}`,
          send_resolved: true,
          severity: "{{ .CommonLabels.severity }}",
          class: "{{ .CommonLabels.alertname }}",
          component: "{{ .CommonLabels.service }}",
          group: "{{ .CommonLabels.namespace }}",
          description:
            "{{ if eq (len .Alerts.Firing) 1 }}{{ .CommonAnnotations.summary }}{{ else }}{{ .CommonLabels.alertname }} ({{ .Alerts.Firing | len }}){{ end }}",
          links: [{ href: "{{ .CommonAnnotations.runbook_url }}", text: "Runbook" }],
          details: {
            firing: '{{ range .Alerts.Firing }}{{ .Annotations.summary }}{{ "\\n" }}{{ end }}',
          },
        },
      ],
    }),
    slack_configs: [chatConfig(team, args)],
  };
}

function chatConfig(team: string, args: AlertingArgs): object {
  return {
    api_url_file: fileOf(args, chatKey),
    channel: `#alerts-${team}`,
    send_resolved: true,
    title: "{{ .Status | toUpper }} {{ .CommonLabels.alertname }} ({{ .CommonLabels.severity }})",
    title_link: "{{ .CommonAnnotations.runbook_url }}",
    text: '{{ range .Alerts }}{{ .Annotations.summary }}{{ "\\n" }}{{ end }}',
  };
}

function officeInterval({ officeHours: { timeZone, from, to } }: AlertingArgs): object {
  return {
    name: officeHours,
    time_intervals: [
      {
        weekdays: ["monday:friday"],
        times: [{ start_time: from, end_time: to }],
        location: timeZone,
      },
    ],
  };
}
