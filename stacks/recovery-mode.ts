import type { Environment } from "./environment";
import type { warmable } from "./recovery-schema";

/** Whether the environment waits with the least that it needs: docs/disaster-recovery.md says what that is. */
export function isPilotLight({ recovery }: Environment): boolean {
  return recovery.mode === "pilot-light";
}

/** Whether a part that a pilot light can do without is there. */
export function isWarm(environment: Environment, part: (typeof warmable)[number]): boolean {
  return !isPilotLight(environment) || environment.recovery.keepsWarm.includes(part);
}
