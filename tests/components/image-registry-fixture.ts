import { ImageRegistry, type ImageRegistryArgs } from "../../components/image-registry";
import { type Registration, startOfflineEngine } from "../support/engine";

export const accountId = "123456789012";
export const home = "us-west-2";
export const away = "us-east-2";
export const small: ImageRegistryArgs = {
  region: home,
  accountId,
  namespace: "auterity",
  repositories: ["api", "worker"],
};
export const whole: ImageRegistryArgs = {
  ...small,
  replicaRegion: away,
  ownsRegistrySettings: true,
  registryScanning: "ENHANCED",
  pullAccountIds: ["210987654321"],
  pullThroughCaches: [
    "public.ecr.aws",
    "quay.io",
    {
      upstream: "docker.io",
      credentialArn: `arn:aws:secretsmanager:${home}:${accountId}:secret:ecr-pullthroughcache/docker-hub-AbCdEf`,
    },
  ],
  tags: { team: "platform" },
};

export async function register(
  args: ImageRegistryArgs,
  mode: "known" | "unknown" = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new ImageRegistry("images", args);
  await engine.settle();
  return engine.registrations;
}

export function inputsOf(
  registrations: readonly Registration[],
  name: string,
): Record<string, unknown> {
  const found = registrations.find((registration) => registration.name === name);
  if (found === undefined) throw new Error(`${name} was not registered`);
  return found.inputs;
}

export function dependenciesOf(registrations: readonly Registration[], name: string): string[] {
  const found = registrations.find((registration) => registration.name === name);
  return (found?.dependencies ?? []).map((urn) => urn.split("::").at(-1) ?? "").sort();
}
