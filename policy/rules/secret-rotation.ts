import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { textAt, valueAt } from "../shared/tree";

interface Settings {
  /** Longest time, in days, that a value is used. */
  mostDays: number;
  /** Metrics, as namespace and name, of which one has an alarm where secrets are issued outside. */
  reminders: string[];
}

const secretType = "aws:secretsmanager/secret:Secret";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rotationType = "aws:secretsmanager/secretRotation:SecretRotation";
const tag = "rotation";
const issuedOutside = "issued-outside";

export const secretRotation = stackRule<Settings>({
  name: "secret-rotation",
  description:
    "Every secret is rotated within `mostDays`, or its tag `rotation` says that somebody else issues it and an alarm reminds of its age.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "SecretsManager.1",
    "Secrets Manager secrets should have automatic rotation enabled",
  ),
  tags: ["fsbp:SecretsManager.1", "fsbp:SecretsManager.4", "ckv:CKV2_AWS_57", "ckv:CKV_AWS_304"],
  remediationSteps:
    "Add an aws.secretsmanager.SecretRotation, or the tag rotation=issued-outside with an alarm on the secret's age.",
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
  settings: {
    mostDays: { type: "number", default: 90 },
    reminders: {
      type: "array",
      items: { type: "string" },
      default: ["Auterity/Secrets OverdueSecrets"],
    },
  },
  types: [secretType, rotationType, alarmType],
  check: ({ graph, settings, report }) => {
    const reminded = graph.ofType(alarmType).some(({ props }) => {
      const metric = ["namespace", "metricName"].map((key) => snapshot((): unknown => props[key]));
      return metric.includes(unknownValue) || settings.reminders.includes(metric.join(" "));
    });
    const rotations = graph.ofType(rotationType);
    const rotated = rotations.map((one) => graph.referents(one, "secretId", secretType));
    for (const secret of graph.ofType(secretType)) {
      const origin = valueAt(
        snapshot((): unknown => secret.props["tags"]),
        tag,
      );
      if (origin === issuedOutside && !reminded)
        report(
          `is issued outside, and no alarm on ${settings.reminders.join(", ")} reminds anybody of its age`,
          secret.urn,
        );
      if (origin === issuedOutside || origin === unknownValue) continue;
      if (rotated.every((secrets) => secrets?.includes(secret) === false))
        report("nothing rotates it", secret.urn);
    }
    for (const { urn, props } of rotations) {
      const days = daysBetween(snapshot((): unknown => props["rotationRules"]));
      if (days !== undefined && days > settings.mostDays)
        report(`rotationRules: every ${days} days, need ${settings.mostDays} at most`, urn);
    }
  },
});

/** At least so many; undefined for what nobody can tell. */
function daysBetween(rules: unknown): number | undefined {
  const days = valueAt(rules, "automaticallyAfterDays");
  if (typeof days === "number") return days;
  const schedule = textAt(rules, "scheduleExpression") ?? "";
  const rate = /^rate\((\d+) (hour|day)s?\)$/.exec(schedule);
  if (rate === null)
    return daysBetweenMonths(/^cron\((?:\S+ ){3}(\S+) \S+ \S+\)$/.exec(schedule)?.[1]);
  const [, count, unit] = rate;
  return unit === "hour" ? Number(count) / 24 : Number(count);
}

const monthNames = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");

/** Of a calendar: its days come at least once in each of its months, so that only skipped months make it seldom. */
function daysBetweenMonths(field: string | undefined): number | undefined {
  if (field === undefined || !/^[A-Z0-9]+(,[A-Z0-9]+)*$/i.test(field)) return daysOfSteps(field);
  const months = field
    .split(",")
    .map((month) => monthNames.indexOf(month.toUpperCase()) + 1 || Number(month))
    .sort((one, other) => one - other);
  const gaps = months.map((month, index) => (months[index + 1] ?? (months[0] ?? 0) + 12) - month);
  return 30 * Math.max(...gaps);
}

function daysOfSteps(field: string | undefined): number | undefined {
  const step = /^(?:\*|1|1-12|JAN|JAN-DEC)\/(\d+)$/i.exec(field ?? "")?.[1];
  return step === undefined ? undefined : 30 * Math.min(12, Number(step));
}
