import type { Registration } from "../../offline/registration";
import type { Side } from "./needs";

/** A mention of the lost region in what is to be made without it. */
export interface Reference {
  readonly resource: string;
  /** Path of the property. */
  readonly path: string;
  readonly value: string;
  /** Why it can be made, and can run, without that region; undefined if it cannot. */
  readonly harmless: string | undefined;
}

interface Excuse {
  readonly type: RegExp;
  /** Of path and value, with a space between. */
  readonly where: RegExp;
  readonly why: string;
}

const excuses: readonly Excuse[] = [
  {
    type: /^aws:rds\/cluster:Cluster$/,
    where: /^sourceRegion /,
    why: "asked once, when the copy is made; then ignored",
  },
  {
    type: /^aws:cloudwatch\/metricAlarm:MetricAlarm$/,
    where: /^(alarmDescription|dimensions\.SourceRegion) /,
    why: "names what is measured, in its own region",
  },
  {
    type: /^aws:lambda\/function:Function$/,
    where: /^code\S* .*such as "https:\/\/b-…\.mq\./s,
    why: "a comment in the code",
  },
  {
    type: /^platform:data:MultiAzDatabase$/,
    where: /primaryRegion /,
    why: "an argument, of which the cluster above is made",
  },
];

/** Mail leaves by SES at home; lists of whom a service talks to name it, and dashboards draw them. */
const mailHost = /email-smtp\.[a-z0-9-]+\.amazonaws\.com/g;
const mailWaits =
  "mail leaves by SES at home: services start and work, mail waits (docs/disaster-recovery.md)";

/** Every mention, in inputs that become something: arguments of components are told with what is made of them. */
export function referencesTo(region: string, { registrations }: Side): Reference[] {
  return registrations.flatMap((registration) =>
    mentions(region, "", registration.inputs).map(([path, value]) => ({
      resource: `${registration.name} (${registration.type})`,
      path,
      value: value.length > 100 ? `…${around(region, value)}…` : value,
      harmless: excuseOf(registration, { path, value, region }),
    })),
  );
}

function around(region: string, value: string): string {
  const at = value.indexOf(region);
  return value.slice(Math.max(0, at - 40), at + region.length + 30);
}

function excuseOf(
  { type, name }: Registration,
  {
    path,
    value,
    region,
  }: { readonly path: string; readonly value: string; readonly region: string },
): string | undefined {
  const isList = type.startsWith("platform:") || name.includes("-dashboard-");
  if (isList && !value.replaceAll(mailHost, "").includes(region)) return mailWaits;
  return excuses.find((excuse) => excuse.type.test(type) && excuse.where.test(`${path} ${value}`))
    ?.why;
}

function mentions(region: string, path: string, value: unknown): [string, string][] {
  if (typeof value === "string") return value.includes(region) ? [[path, value]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    mentions(region, path === "" ? key : `${path}.${key}`, inner),
  );
}
