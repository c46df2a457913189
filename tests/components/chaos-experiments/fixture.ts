import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import { ChaosExperiments, type ChaosExperimentsArgs } from "../../../components/chaos-experiments";
import { ArgsError } from "../../../components/shared/args-error";
import { type Registration, startOfflineEngine } from "../../support/engine";

export const alarmArn = "arn:aws:cloudwatch:us-west-2:123456789012:alarm:errors";

export const args: Omit<ChaosExperimentsArgs, "experiments"> = {
  region: "us-west-2",
  accountId: "123456789012",
  environment: "dev",
  clusterName: "auterity-dev",
  stopAlarmArns: [alarmArn],
  alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/auterity-boundary",
};

const network = {
  clusterSubnetCidrs: ["10.20.48.0/28"],
  endpointSubnetCidrs: ["10.20.0.0/20"],
};

/** Every experiment, with what it needs; `given` over it. */
function allExperiments(provider: k8s.Provider): ChaosExperimentsArgs["experiments"] {
  return {
    zonePower: { zones: ["us-west-2a"], cacheZones: 3 },
    nodeLoss: {},
    networkLatency: { provider, network },
    nodeLatency: { toCidrs: ["10.20.0.0/20", "10.20.16.0/20"] },
    databaseFailover: { readers: 2 },
    spotInterruption: { nodes: 2 },
    regionConnectivity: { region: "us-east-2" },
  };
}

export async function register(
  mode: "known" | "unknown",
  given: Partial<ChaosExperimentsArgs> = {},
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode });
  const account = new aws.Provider("account", { region: "us-west-2" });
  const cluster = new k8s.Provider("cluster", { kubeconfig: "{}" });
  new ChaosExperiments(
    "trial",
    { ...args, experiments: allExperiments(cluster), ...given },
    { providers: { aws: account } },
  );
  await engine.settle();
  return engine.registrations.filter(({ type }) => !type.startsWith("pulumi:providers:"));
}

/** What was wrong with it, and whether it registered anything. */
export async function refusal(create: () => unknown): Promise<readonly string[]> {
  const engine = await startOfflineEngine({ mode: "known" });
  let problems: readonly string[] = [];
  try {
    create();
  } catch (error) {
    if (!(error instanceof ArgsError)) throw error;
    problems = error.problems;
  }
  await engine.settle();
  if (engine.registrations.length > 0) throw new Error("refused arguments registered something");
  return problems;
}

/** Of the experiments that `register` makes. */
export const names = [
  "zone-power-us-west-2a",
  "node-loss",
  "network-latency",
  "node-latency",
  "database-failover",
  "spot-interruption",
  "region-connectivity",
];

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** Of the role of an experiment. */
export function statementsOf(registrations: readonly Registration[], name: string): Statement[] {
  const found = registrations.find(
    (one) => one.type === "aws:iam/rolePolicy:RolePolicy" && one.name === `trial-${name}`,
  );
  const policy = JSON.parse(found?.inputs["policy"] as string) as { Statement: Statement[] };
  return policy.Statement;
}
