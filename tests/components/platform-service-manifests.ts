import { PlatformService, type PlatformServiceArgs } from "../../components/platform-service";
import type { ServiceRecord } from "../../components/shared/service-record";
import { startOfflineEngine } from "../support/engine";

export const image = "registry.example.com/shop/app:1.4.2";

/** The inputs of what a service registers, by kind. */
export async function manifests(
  record: ServiceRecord,
  change: Partial<PlatformServiceArgs> = {},
): Promise<Record<string, Record<string, unknown>>> {
  const engine = await startOfflineEngine();
  new PlatformService("unit", { record, image, namespace: "shop", zones: 3, ...change });
  await engine.settle();
  const custom = engine.registrations.filter((registration) => registration.custom);
  return Object.fromEntries(custom.map(({ inputs }) => [String(inputs["kind"]), inputs]));
}

export type Json = Record<string, unknown>;
export interface Template {
  metadata: Json;
  spec: Json & { containers: [Json] };
}
export async function template(
  record: ServiceRecord,
  change: Partial<PlatformServiceArgs> = {},
): Promise<Template> {
  const { Deployment } = await manifests(record, change);
  return (Deployment?.["spec"] as { template: Template }).template;
}
