import { expect } from "chai";
import { EdgeProtection, type EdgeProtectionArgs } from "../../../components/edge-protection";
import { startOfflineEngine, type Registration } from "../../support/engine";

/** The least that an edge needs. */
export const least: EdgeProtectionArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  environment: "dev",
  domain: "platform.example",
  hosts: ["api.platform.example", "app.platform.example"],
  alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
};

/** Everything that can be asked for. */
export const full: EdgeProtectionArgs = {
  ...least,
  hostedZoneId: "Z123",
  countUntil: { "anonymous-ip": "2027-01-31" },
  requestsPerFiveMinutes: 500,
  largeBodyPaths: [
    { host: "api.platform.example", pathPrefix: "/api/v1/datasets" },
    { host: "app.platform.example", pathPrefix: "/upload/" },
  ],
  logRetentionDays: 90,
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
  tags: { team: "platform" },
  today: "2026-11-23",
};

export async function registered(args: EdgeProtectionArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const edge = new EdgeProtection("auterity-dev", args);
  await engine.settle();
  return { edge, registrations: engine.registrations };
}

/** The inputs of the only resource of that type, or of the one of that name. */
export async function inputsOf(
  args: EdgeProtectionArgs,
  type: string,
  name?: string,
): Promise<Registration["inputs"]> {
  const { registrations } = await registered(args);
  const found = registrations.filter(
    (one) => one.type === type && (name === undefined || one.name === name),
  );
  expect(found.map((one) => one.type)).to.deep.equal([type]);
  return found[0]!.inputs;
}
