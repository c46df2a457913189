import { Command } from "commander";
import { resolve } from "node:path";
import { createAuditReportCommand } from "./audit/command";
import { createBenchCommand } from "./bench/command";
import { createChaosCommand } from "./chaos/command";
import { createDrillCommand } from "./drill/command";
import { createImagesCommand } from "./images/command";
import { createLoadCommand } from "./load/command";
import { createPlanCommand } from "./plan/command";
import { createPoliciesCommand } from "./policies/command";
import { createRecoveryCommand } from "./recovery/command";
import { createSecretsCommand } from "./secrets/command";

const projectDirectory = resolve(__dirname, "..");

/** Each command loads what it needs when it runs, so that the others and `--help` start at once. */
const cli = new Command("auterity")
  .description("Commands of the Auterity platform.")
  .showHelpAfterError("(--help shows what is accepted)")
  .addCommand(createPlanCommand(projectDirectory))
  .addCommand(createBenchCommand(projectDirectory))
  .addCommand(createDrillCommand(projectDirectory))
  .addCommand(createSecretsCommand(projectDirectory))
  .addCommand(createRecoveryCommand(projectDirectory))
  .addCommand(createImagesCommand(projectDirectory))
  .addCommand(createLoadCommand(projectDirectory))
  .addCommand(createChaosCommand(projectDirectory))
  .addCommand(createPoliciesCommand(projectDirectory))
  .addCommand(createAuditReportCommand(projectDirectory));

// Whoever reads the output may have seen enough (`| head`): what is left to say is then nobody's.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void cli.parseAsync();
