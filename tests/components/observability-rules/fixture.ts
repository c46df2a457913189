import {
  ObservabilityRules,
  type ObservabilityRulesArgs,
} from "../../../components/observability-rules";
import { startOfflineEngine, type Registration } from "../../support/engine";
import { shop } from "../platform-service-fixture";

export const args: ObservabilityRulesArgs = {
  records: shop,
  zones: ["us-west-2a", "us-west-2b"],
  runbookUrl: "https://runbooks.example/docs",
  namespace: "monitoring",
  alerting: {
    teams: ["platform", "checkout"],
    pagerDutyKeys: { platform: "pagerduty-platform", checkout: "pagerduty-checkout" },
    secretsFolder: "/etc/alertmanager/secrets/alert-receivers",
    officeHours: { timeZone: "Europe/Berlin", from: "08:00", to: "18:00" },
  },
};

export async function register(
  given: ObservabilityRulesArgs,
  mode: "known" | "unknown" = "known",
): Promise<readonly Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new ObservabilityRules("rules", given);
  await engine.settle();
  return engine.registrations;
}

/** The lines of a refusal, without the first. */
export function refusal(attempt: () => unknown): string[] {
  try {
    attempt();
  } catch (error) {
    return (error as Error).message.split("\n  - ").slice(1);
  }
  return [];
}
