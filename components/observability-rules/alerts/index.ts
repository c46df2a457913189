import type { RuleGroup } from "../rule";
import { applicationAlerts } from "./applications";
import { awakeProbes } from "./awake";
import { canaryAlerts, canaryRuns } from "./canaries";
import { capacityAlerts } from "./capacity";
import type { AlertContext } from "./context";
import { controlPlaneAlerts } from "./control-plane";
import { costAlerts } from "./cost";
import { ingressAlerts } from "./ingress";
import { nodeAlerts } from "./nodes";
import { secretsAlerts, securityAlerts } from "./security";
import { serviceAlerts } from "./services";
import { storeAlerts } from "./stores";
import { pagingAlerts, telemetryAlerts } from "./telemetry";
import { workloadAlerts } from "./workloads";

/** Every alert of ours but those on objectives and anomalies, a group by subject that has any. */
export function alertCatalogue(context: AlertContext): RuleGroup[] {
  const groups = [
    nodeAlerts(context),
    capacityAlerts(context),
    serviceAlerts(context),
    workloadAlerts(context),
    applicationAlerts(context),
    controlPlaneAlerts,
    ingressAlerts,
    ...awakeProbes(context),
    ...canaryRuns(context),
    canaryAlerts(context),
    storeAlerts,
    secretsAlerts,
    securityAlerts,
    costAlerts(context),
    pagingAlerts,
    telemetryAlerts,
  ];
  return groups.filter(({ rules }) => rules.length > 0);
}
