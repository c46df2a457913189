import { type AlertCase, steady, values } from "../case";

const of = (metric: string, canary = "auterity-prod-api-health"): string =>
  `aws_cloudwatchsynthetics_${metric}_average{dimension_CanaryName="${canary}",name="arn:aws:synthetics:us-west-2:1:canary:${canary}"}`;

/** The exporter gives no number where CloudWatch has none. */
const nothing = (minutes: number): string => Array<string>(minutes).fill("NaN").join(" ");

export const canaryCases: readonly AlertCase[] = [
  {
    alert: "CanaryFailing",
    series: {
      [of("success_percent")]: values([10, 100], [30, 0]),
      // One run that fails between others is an average above half, over what the exporter asks for.
      [of("success_percent", "auterity-prod-web-start-page")]: values(
        [10, 100],
        [5, 50],
        [30, 100],
      ),
    },
    silentAt: "14m",
    firesAt: "16m",
    told: ["critical", "platform"],
    labels: { dimension_CanaryName: "auterity-prod-api-health" },
    summary: "The canary auterity-prod-api-health fails: people cannot do what it does",
  },
  {
    alert: "CanarySlow",
    series: { [of("duration")]: values([10, 1200], [60, 6000]) },
    silentAt: "29m",
    firesAt: "31m",
    told: ["warning", "platform"],
    labels: { dimension_CanaryName: "auterity-prod-api-health" },
    summary:
      "The canary auterity-prod-api-health takes 6000 ms for what it does, for twenty minutes",
  },
  {
    alert: "CanarySilent",
    series: {
      [of("success_percent")]: `${values([10, 100])} ${nothing(80)}`,
      [of("success_percent", "auterity-prod-web-start-page")]: steady(100),
    },
    silentAt: "39m",
    firesAt: "41m",
    told: ["warning", "platform"],
    labels: { dimension_CanaryName: "auterity-prod-api-health" },
    summary: "A canary has not run for half an hour, or its numbers do not arrive",
  },
  {
    alert: "CanarySilent",
    series: { [of("success_percent")]: values([10, 100]) },
    silentAt: "44m",
    firesAt: "46m",
    told: ["warning", "platform"],
    labels: {},
    summary: "A canary has not run for half an hour, or its numbers do not arrive",
  },
];
