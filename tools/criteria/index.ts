import { benefits } from "./benefits";
import type { CriteriaSection } from "./criterion";
import { metricCriteria } from "./metrics";
import { operationsCriteria } from "./operations";
import { optimisationCriteria } from "./optimisation";
import { securityCriteria } from "./security";

/** Every success criterion of the implementation plan and of its executive summary, in their order. */
export const criteria: readonly CriteriaSection[] = [
  ...securityCriteria,
  ...operationsCriteria,
  ...optimisationCriteria,
  ...metricCriteria,
  ...benefits,
];
