import { parse } from "yaml";
import { writeManifests } from "../../plan/manifests";
import { loadProgram, runProgram } from "../../plan/program";
import { readStackFile } from "../../plan/stack-files";
import { chartConfiguration, type Configuration } from "./chart";

/** What the plan says of metrics, logs and traces on their way. */
export interface PlannedTelemetry {
  readonly agent: Configuration;
  /** Of its command line. */
  readonly agentArguments: readonly string[];
  readonly gateway: Configuration;
  readonly gateways: number;
  /** Of development: a domain of OpenSearch is not here. */
  readonly jaeger: Configuration;
  /** Of Loki: what lines are found by. */
  readonly indexLabels: readonly string[];
  /** What the agent may read of the cluster. */
  readonly agentRules: readonly object[];
}

interface Values {
  readonly alternateConfig: Configuration;
  readonly presets?: { readonly logsCollection?: { readonly enabled?: boolean } };
  readonly command?: { readonly extraArgs?: readonly string[] };
  readonly replicaCount?: number;
  readonly clusterRole?: { readonly rules: readonly object[] };
  readonly userconfig: Configuration;
  readonly loki: {
    readonly limits_config: {
      readonly otlp_config: {
        readonly resource_attributes: {
          readonly attributes_config: readonly {
            readonly action: string;
            readonly attributes: readonly string[];
          }[];
        };
      };
    };
  };
}

export async function planTelemetry(projectDirectory: string): Promise<PlannedTelemetry> {
  const production = await releasesOf(projectDirectory, "prod");
  const development = await releasesOf(projectDirectory, "dev");
  const gateway = production("tracing/otel-gateway");
  const agent = production("node-agents/otel-agent");
  const { attributes_config: labels } =
    production("logging/loki").loki.limits_config.otlp_config.resource_attributes;
  return {
    agent: chartConfiguration(agent),
    agentArguments: agent.command?.extraArgs ?? [],
    gateway: chartConfiguration(gateway),
    gateways: gateway.replicaCount ?? 1,
    jaeger: development("tracing/jaeger").userconfig,
    indexLabels: labels.flatMap(({ attributes }) => attributes),
    agentRules: agent.clusterRole?.rules ?? [],
  };
}

async function releasesOf(
  projectDirectory: string,
  environment: string,
): Promise<(name: string) => Values> {
  const { registrations } = await runProgram({
    program: loadProgram(projectDirectory),
    stack: readStackFile(projectDirectory, environment),
    mode: "known",
  });
  const { files } = writeManifests(registrations, []);
  return (name) => {
    const file = files.find(({ path }) => path === `releases/${name}.yaml`);
    if (file === undefined) throw new Error(`the plan of ${environment} has no release ${name}`);
    return (parse(file.content) as { readonly values: Values }).values;
  };
}
