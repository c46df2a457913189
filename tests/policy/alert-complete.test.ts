import { alertComplete } from "../../policy/rules/alert-complete";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const rule = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rulesOf = (...rules: object[]) => ({ spec: { groups: [{ name: "g", rules }] } });
const whole = {
  alert: "Down",
  labels: { severity: "critical" },
  annotations: { summary: "It is down", runbook_url: "https://runbooks.example.com/down" },
};

describeRule(alertComplete, [
  ["an alert that says everything passes", rule, rulesOf(whole), []],
  ["what only records is none", rule, rulesOf({ record: "a:b", expr: "1" }), []],
  [
    "one that says nothing is reported, each",
    rule,
    rulesOf(whole, { alert: "Up", expr: "up" }),
    [
      "Up: labels.severity: is none of critical, warning, info, none",
      "Up: annotations.summary: is missing",
      "Up: annotations.runbook_url: is missing",
    ],
  ],
  [
    "a page that is no address is reported",
    rule,
    rulesOf({ ...whole, annotations: { summary: "x", runbook_url: "down.md" } }),
    ["Down: annotations.runbook_url: is no address"],
  ],
  [
    "other severities are the environment's to say",
    rule,
    rulesOf({ ...whole, labels: { severity: "page" } }),
    [],
    { settings: { severities: ["page"] } },
  ],
  ["an alarm that tells somebody passes", alarm, { alarmActions: ["arn"] }, []],
  [
    "one that tells nobody is reported",
    alarm,
    { alarmActions: [] },
    ["alarmActions: tells nobody"],
  ],
  [
    "one that is switched off is reported",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    { alarmActions: ["arn"], actionsEnabled: false },
    ["actionsEnabled: is false, so that it tells nobody"],
  ],
  ["what a preview does not know passes", alarm, { alarmActions: unknownText }, []],
]);
