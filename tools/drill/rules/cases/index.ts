import type { AlertCase } from "../case";
import { applicationCases } from "./applications";
import { canaryCases } from "./canaries";
import { nodeCases } from "./nodes";
import { objectiveCases } from "./objectives";
import { platformCases } from "./platform";
import { securityCases } from "./security";
import { serviceCases } from "./services";
import { storeCases } from "./stores";
import { anomalyCases, telemetryCases } from "./telemetry";

export { karpenterCases } from "./stores";

/** At least one for every alert. */
export const alertCases: readonly AlertCase[] = [
  ...objectiveCases,
  ...nodeCases,
  ...canaryCases,
  ...serviceCases,
  ...applicationCases,
  ...platformCases,
  ...storeCases,
  ...securityCases,
  ...telemetryCases,
  ...anomalyCases,
];
