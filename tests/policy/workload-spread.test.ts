import { workloadSpread } from "../../policy/rules/workload-spread";
import { describeRule } from "./rule-table";
import { deployment } from "./fixtures";
import { overZones, workload } from "./workload-fixtures";

const at = "spec.template.spec.topologySpreadConstraints";
const withSpread = (...constraints: object[]) =>
  workload({ pod: { topologySpreadConstraints: constraints } });

describeRule(workloadSpread, [
  ["a spread over zones that holds passes", deployment, workload(), []],
  [
    "none is reported",
    deployment,
    workload({ pod: { topologySpreadConstraints: undefined } }),
    [`${at}: has none over zones`],
  ],
  [
    "one over nodes alone is none over zones",
    deployment,
    withSpread({ ...overZones, topologyKey: "kubernetes.io/hostname" }),
    [`${at}: has none over zones`],
  ],
  [
    "one that gives way is reported",
    deployment,
    withSpread({ ...overZones, whenUnsatisfiable: "ScheduleAnyway" }),
    [`${at}: the one over zones gives way, whenUnsatisfiable is not DoNotSchedule`],
  ],
  [
    "one that waits for a lost zone is reported",
    deployment,
    withSpread({ ...overZones, nodeTaintsPolicy: undefined }),
    [`${at}: the one over zones waits for a lost zone, nodeTaintsPolicy is not Honor`],
  ],
  [
    "one that counts other pods is reported",
    deployment,
    withSpread({ ...overZones, labelSelector: { matchLabels: { app: "web" } } }),
    [`${at}: the one over zones counts other pods, its labelSelector is not the pod's labels`],
  ],
  [
    "what may stand anywhere needs none",
    deployment,
    workload({ pod: { topologySpreadConstraints: [] } }),
    [],
    { settings: { anywhereLabels: ["app=api"] } },
  ],
]);
