import type { Registration } from "../../offline/registration";
import { type Disaster, needsOf, type Side } from "./needs";
import { referencesTo } from "./references";

/** What is wrong: whatever critical services need and is not there, and whatever they ask of the region that is gone. */
export function missing(disaster: Disaster): string[] {
  return [
    ...needsOf(disaster)
      .filter(({ from }) => from === undefined)
      .map(({ what }) => `missing: ${what}`),
    ...referencesTo(disaster.home.region, disaster.standby)
      .filter(({ harmless }) => harmless === undefined)
      .map(({ resource, path, value }) => `asks the lost region: ${resource}: ${path}: ${value}`),
  ];
}

interface Hole {
  readonly what: string;
  readonly dig: (disaster: Disaster) => Disaster;
  /** What has to be said of it. */
  readonly expected: RegExp;
}

function changed(side: Side, change: (one: Registration) => Registration | undefined): Side {
  return { ...side, registrations: side.registrations.flatMap((one) => change(one) ?? []) };
}

const without =
  (side: "home" | "standby", isIt: (one: Registration) => boolean) =>
  (disaster: Disaster): Disaster => ({
    ...disaster,
    [side]: changed(disaster[side], (one) => (isIt(one) ? undefined : one)),
  });

/** Each made on purpose: a judge that finds none of them proves nothing. */
export const holes: readonly Hole[] = [
  {
    what: "a secret without its replica",
    dig: (disaster) => ({
      ...disaster,
      home: changed(disaster.home, (one) =>
        String(one.inputs["name"]).endsWith("/relaycore/openai")
          ? { ...one, inputs: { ...one.inputs, replicas: [] } }
          : one,
      ),
    }),
    expected: /^missing: secret auterity\/prod\/relaycore\/openai$/m,
  },
  {
    what: "a critical service that nobody planned",
    dig: without(
      "standby",
      ({ name, type }) => type.endsWith(":Deployment") && name.endsWith("-relaycore"),
    ),
    expected: /^missing: workload of relaycore$/m,
  },
  {
    what: "images that are not replicated",
    dig: without("home", ({ type }) => type.includes("replicationConfiguration")),
    expected: /^missing: image of automatrix-api$/m,
  },
  {
    what: "a copy of the database without an instance",
    dig: without("standby", ({ type }) => type.endsWith(":ClusterInstance")),
    expected: /^missing: database/m,
  },
  {
    what: "models that follow nowhere",
    dig: without("home", ({ inputs }) => String(inputs["bucket"]).includes("-models-copy-")),
    expected: /^missing: bucket of models/m,
  },
  {
    what: "a key that is in the lost region alone",
    dig: without(
      "home",
      ({ type, inputs }) => type.endsWith(":Alias") && inputs["region"] === "us-east-2",
    ),
    expected: /^missing: key of the secrets/m,
  },
  {
    what: "an image of the lost region's registry",
    dig: (disaster) => ({
      ...disaster,
      standby: changed(disaster.standby, (one) => {
        if (!one.name.endsWith("-relaycore") || !one.type.endsWith(":Deployment")) return one;
        const { home, standby } = disaster;
        const text = JSON.stringify(one.inputs).replaceAll(standby.region, home.region);
        return { ...one, inputs: JSON.parse(text) as Record<string, unknown> };
      }),
    }),
    expected: /^asks the lost region: auterity-recovery-relaycore.*dkr\.ecr\.us-west-2/m,
  },
  {
    what: "a key of the lost region on a volume",
    dig: (disaster) => ({
      ...disaster,
      standby: changed(disaster.standby, (one) =>
        one.type.endsWith(":StorageClass")
          ? {
              ...one,
              inputs: {
                ...one.inputs,
                parameters: { kmsKeyId: `arn:aws:kms:${disaster.home.region}:1:key/1` },
              },
            }
          : one,
      ),
    }),
    expected: /^asks the lost region: .*StorageClass.*parameters\.kmsKeyId/m,
  },
];
