import { services } from "../../../stacks/services";
import {
  declaredProperties,
  declaredSecrets,
  type DeclaredSecret,
} from "../../../tools/secrets/declared-secrets";
import { canary } from "./compose-fixture";
import { startFakeSecretsManager, type FakeSecretsManager } from "./fake-secrets-manager";

/** The environment of the tests. */
export const dev = {
  name: "dev",
  region: "us-west-2",
  secretsEnvironment: "dev",
  source: "own",
  replicaRegion: undefined,
} as const;

export const declared = declaredSecrets("dev", services);
export const byPath = (path: string): DeclaredSecret =>
  declared.find((each) => each.path.endsWith(path))!;
export const now = new Date("2026-07-01T00:00:00Z");
export const daysAgo = (days: number): number => now.getTime() / 1000 - days * 86_400;

/** Every declared secret with all its variables, as old as given. */
export function fill(aws: FakeSecretsManager, secret: DeclaredSecret, ageDays = 0): void {
  const value = Object.fromEntries(
    declaredProperties(secret.declaration).map((name) => [name, canary.openAi]),
  );
  const made = aws.create(secret.path, JSON.stringify(value), {
    RotationEnabled: secret.declaration.origin !== "issued-outside",
  });
  const [version] = made.versions.values();
  made.versions.set("version-0", { ...version!, createdAt: daysAgo(ageDays) });
}

export async function onAws<T>(act: (aws: FakeSecretsManager) => Promise<T>): Promise<T> {
  const aws = await startFakeSecretsManager();
  try {
    return await act(aws);
  } finally {
    await aws.stop();
  }
}
