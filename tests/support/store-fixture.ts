import { expect } from "chai";
import { ArgsError } from "../../components/shared/args-error";
import { type Registration, startOfflineEngine } from "./engine";

export const network = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  clients: { nodes: "sg-nodes" },
} as const;

export const place = {
  region: "us-west-2",
  accountId: "123456789012",
  alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
} as const;

/** What a component registers. */
export async function registrationsOf(
  create: () => unknown,
  mode: "known" | "unknown" = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  create();
  await engine.settle();
  return engine.registrations;
}

/** Why a component refuses its arguments; it must register nothing. */
export async function problemsOf(create: () => unknown): Promise<readonly string[]> {
  const engine = await startOfflineEngine({ mode: "known" });
  try {
    create();
  } catch (error) {
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}

export function inputsOf(
  registrations: readonly Registration[],
  type: string,
  name: string,
): Record<string, unknown> {
  const found = registrations.find(
    (registration) => registration.type.endsWith(`:${type}`) && registration.name === name,
  );
  return found?.inputs ?? {};
}

/** Statements of a policy, by their Sid. */
export function statementsOf(policy: unknown): Record<string, Record<string, unknown>> {
  const { Statement } = JSON.parse(policy as string) as {
    Statement: ({ Sid: string } & Record<string, unknown>)[];
  };
  return Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
}

export function childrenOf(registrations: readonly Registration[]): [string, string, boolean][] {
  return registrations.map(({ type, name, protect }) => [type, name, protect]);
}
