import { services } from "../../stacks/services";
import { readStackFile } from "../plan/stack-files";
import { ChaosError } from "./chaos-error";
import type { Environment } from "./experiment";

/** @public Loaded by the command when it runs. @throws PlanError for an unknown environment, ChaosError for one whose stack file says nothing of experiments. */
export function readChaosEnvironment(
  projectDirectory: string,
  name: string,
): Environment & { readonly region: string } {
  const { config, settings, project } = readStackFile(projectDirectory, name);
  const chaos = `${project}:chaos`;
  const least = Number(settings[`${chaos}.leastBudgetPercent`]);
  const region = settings["aws:region"];
  if (settings[`${chaos}.enabled`] !== "true")
    throw new ChaosError(
      `Pulumi.${name}.yaml: ${chaos}.enabled is not true: there are no experiments`,
    );
  if (region === undefined || !Number.isInteger(least))
    throw new ChaosError(
      `Pulumi.${name}.yaml: need aws:region and ${chaos}.leastBudgetPercent, as npm run plan -- ${name} checks`,
    );
  return {
    ...{ name, region, leastBudgetPercent: least },
    accountId: /\b\d{12}\b/.exec(config["aws:allowedAccountIds"] ?? "")?.[0],
    services: services.filter(({ tier }) => tier === "critical").map((service) => service.name),
    budgetNeeded: settings[`${project}:stage`] !== "development",
  };
}
