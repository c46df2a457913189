import { join } from "node:path";
import { services } from "../../../stacks/services";
import { cleanComposeFiles } from "../../../tools/secrets/clean-compose";
import { planMigration, type MigrationPlan } from "../../../tools/secrets/migration-plan";
import { describeFate } from "../../../tools/secrets/show-findings";
import { loadWorkspace } from "../../../tools/secrets/workspace";
import { withFolder } from "../run-cli";
import { writeFiles } from "./compose-fixture";

export interface Found {
  readonly plan: MigrationPlan;
  readonly rows: readonly string[];
  readonly cleaned: string | undefined;
}

/** What a migration of these files finds; those that are YAML or begin with "given" are named to it. */
export function find(
  texts: Readonly<Record<string, string>>,
  map: Readonly<Record<string, readonly string[]>> = {},
): Promise<Found> {
  return withFolder((folder) => {
    writeFiles(folder, texts);
    const paths = Object.keys(texts).filter((name) => /\.ya?ml$|^given/.test(name));
    const workspace = loadWorkspace(paths.map((name) => join(folder, name)));
    const overrides = new Map(Object.entries(map));
    const request = { environment: "dev", records: services, overrides, forcePlaceholders: false };
    const plan = planMigration(workspace, request);
    const rows = plan.findings.map((planned) => {
      const { place, service = "-", variable, kind } = planned.finding;
      const at = `${place.file.slice(folder.length + 1)}:${place.line}:${place.column}`;
      return `${at} ${service} ${variable} (${kind}) → ${describeFate(planned, false)}`;
    });
    return { plan, rows, cleaned: cleanComposeFiles(workspace, plan)[0]?.text };
  });
}
