import { expect } from "chai";
import { MultiAzDatabase, type MultiAzDatabaseArgs } from "../../../components/multi-az-database";
import { startOfflineEngine, type Registration } from "../../support/engine";

export const single: MultiAzDatabaseArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  vpcId: "vpc-1",
  subnetIdByZone: { "us-west-2a": "subnet-a", "us-west-2b": "subnet-b", "us-west-2c": "subnet-c" },
  clientSecurityGroupIds: { nodes: "sg-nodes" },
  availability: "single-instance",
  instanceClass: "db.t4g.medium",
  alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
};

export const multiZone: MultiAzDatabaseArgs = {
  ...single,
  availability: "multi-zone",
  instanceClass: "db.r6g.large",
};

export const primary: MultiAzDatabaseArgs = {
  ...multiZone,
  globalDatabase: { role: "primary", copyRegion: "us-east-2" },
};

export const secondary: MultiAzDatabaseArgs = {
  ...multiZone,
  region: "us-east-2",
  subnetIdByZone: { "us-east-2a": "subnet-x", "us-east-2b": "subnet-y" },
  alarmTopicArn: "arn:aws:sns:us-east-2:123456789012:alarms",
  globalDatabase: {
    role: "secondary",
    identifier: "market",
    primaryRegion: "us-west-2",
    instances: "headless",
  },
};

export async function registered(
  args: MultiAzDatabaseArgs,
  mode: "known" | "unknown" = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new MultiAzDatabase("shop", args);
  await engine.settle();
  return [...engine.registrations];
}

/** Inputs of the only registration of that type and name. */
export function inputsOf(
  registrations: readonly Registration[],
  type: string,
  name: string,
): Record<string, unknown> {
  const found = registrations.filter((one) => one.type === type && one.name === name);
  expect(found.map((one) => one.name)).to.deep.equal([name]);
  return found[0]!.inputs;
}
