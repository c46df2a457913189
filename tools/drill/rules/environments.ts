import { resolveRules, type RuleFile, ruleFiles } from "../../../components/observability-rules";
import { type Environment, parseEnvironment } from "../../../stacks/environment";
import { parseValue, splitKey } from "../../../stacks/engine-config";
import { rulesArgs } from "../../../stacks/observability/rules";
import { servicesOf } from "../../../stacks/releases";
import { services } from "../../../stacks/services";
import { readStackFile } from "../../plan/stack-files";

export type ResolvedRules = ReturnType<typeof resolveRules> & { readonly environment: Environment };

/** An environment as its stack file has it. */
export function readEnvironment(projectDirectory: string, name: string): Environment {
  const { config, project } = readStackFile(projectDirectory, name);
  const section = (namespace: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(config)
        .map(([key, value]) => [...splitKey(key), value] as const)
        .filter(([own]) => own === namespace)
        .map(([, setting, value]) => [setting, parseValue(value)]),
    );
  return parseEnvironment(`Pulumi.${name}.yaml`, {
    name,
    settings: section(project),
    aws: section("aws"),
  });
}

/** The rules of an environment as its stack file makes them, with single settings of the cluster changed. */
export function environmentRules(
  projectDirectory: string,
  name: string,
  cluster: { readonly nodeAutoscaler?: "karpenter" } = {},
): ResolvedRules {
  const environment = readEnvironment(projectDirectory, name);
  const changed = { ...environment, cluster: { ...environment.cluster, ...cluster } };
  return {
    ...resolveRules(name, rulesArgs(changed, servicesOf(changed, services))),
    environment: changed,
  };
}

export function filesOf(rules: ResolvedRules): RuleFile[] {
  return ruleFiles(rules.groups, rules);
}
