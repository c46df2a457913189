import type { RulesArgs } from "../../components/observability-rules";
import type { ServiceRecord } from "../../components/shared/service-record";
import { type Environment, unassigned } from "../environment";
import { minimumReplicas } from "../scaling";
import { platformObjectives } from "./objectives";

/** The secret with keys and addresses of receivers, as Alertmanager mounts it. */
const receiverSecret = "alert-receivers";

/** The rules of an environment; refused with everything that is wrong with them. */
export function rulesArgs(environment: Environment, records: readonly ServiceRecord[]): RulesArgs {
  const { alerting, cluster, network } = environment;
  const teams = ["platform", ...new Set(records.map(({ team }) => team))];
  return {
    records,
    zones: network.availabilityZones,
    nodeAutoscaler: cluster.nodeAutoscaler,
    replicaFloor: (record) => minimumReplicas(environment, record),
    aiSpendPerDay: alerting.aiSpendPerDay,
    platformObjectives,
    runbookUrl:
      alerting.runbookUrl === unassigned
        ? "https://runbooks.invalid/docs/runbooks"
        : alerting.runbookUrl,
    alerting: {
      teams,
      pagerDutyKeys: Object.fromEntries(
        alerting.pagerDutyTeams.map((team) => [team, `pagerduty-${team}`]),
      ),
      secretsFolder: `/etc/alertmanager/secrets/${receiverSecret}`,
      officeHours: { timeZone: "America/Los_Angeles", from: "07:00", to: "19:00" },
    },
  };
}
