import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  type RotationEvent,
  type RotationWork,
  rotateSecret,
  type StepOutcome,
} from "../shared/secret-rotation";
import { pendingProblems, rotatedValue, variablesOf } from "./keys";

/** One step in the rotation of keys that nobody but the services themselves knows of. */
export function rotate(event: RotationEvent, client: SecretsManagerClient): Promise<StepOutcome> {
  return rotateSecret(event, client, ({ tags }) => keys(variablesOf(tags)));
}

function keys(variables: readonly string[]): RotationWork {
  return {
    next: (current) => rotatedValue(current, variables),
    /** Nothing to set outside: whoever checks a key has the one before and the one after, so it is enough that there is something to test. */
    set: () => Promise.resolve("unchanged"),
    test(pending, current) {
      const problems = pendingProblems(pending, current, variables);
      if (problems.length === 0) return Promise.resolve();
      return Promise.reject(
        new Error(
          [
            "its pending version cannot take over (cancel the rotation and start it again):",
            ...problems,
          ].join("\n  - "),
        ),
      );
    },
  };
}
