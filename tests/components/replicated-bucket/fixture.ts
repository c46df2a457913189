import { ReplicatedBucket, type ReplicatedBucketArgs } from "../../../components/replicated-bucket";
import { type Registration, startOfflineEngine } from "../../support/engine";

export const args: ReplicatedBucketArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  purpose: "Models",
  folders: { "models/": "vital", "checkpoints/": "reproducible" },
};

export async function register(
  given: ReplicatedBucketArgs = args,
  mode: "known" | "unknown" = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new ReplicatedBucket("models", given);
  await engine.settle();
  return engine.registrations;
}

/** Inputs of one child: its type by its end, its name by what follows the component's. */
export function inputsOf(registrations: readonly Registration[], type: string, role = "") {
  const found = registrations.find(
    (registration) => registration.type.endsWith(type) && registration.name === `models${role}`,
  );
  return found?.inputs ?? {};
}
