import type { PlannedDashboard } from "../planned";
import { aiDashboard } from "./ai";
import { clusterDashboard } from "./cluster";
import { costDashboard } from "./cost";
import { storesDashboard } from "./data-stores";
import { executiveDashboard } from "./executive";
import { ingressDashboard } from "./ingress";
import { objectivesDashboard } from "./objectives";
import { recoveryDashboard } from "./recovery";
import { secretsDashboard } from "./secrets";
import { securityDashboard } from "./security";
import { serviceDashboardOf } from "./service";
import type { Subject } from "./subject";
import { telemetryDashboard } from "./telemetry";

/** Every dashboard of ours: the whole first, then each service, then what they stand on. */
export function dashboardCatalogue(subject: Subject): PlannedDashboard[] {
  return [
    executiveDashboard(subject),
    objectivesDashboard(subject),
    ...subject.records.map((record) => serviceDashboardOf(record, subject)),
    clusterDashboard(subject),
    ingressDashboard(subject),
    storesDashboard(subject),
    secretsDashboard(subject),
    aiDashboard(subject),
    recoveryDashboard(subject),
    costDashboard(subject),
    securityDashboard(subject),
    telemetryDashboard(),
  ];
}
