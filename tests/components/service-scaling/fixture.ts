import * as k8s from "@pulumi/kubernetes";
import { ServiceScaling, type ServiceScalingArgs } from "../../../components/service-scaling";
import type { ServiceRecord } from "../../../components/shared/service-record";
import { schedule } from "../../shared/catalogue-fixture";
import { startOfflineEngine } from "../../support/engine";
import { api, mailer } from "../platform-service-fixture";

export type Args = Omit<ServiceScalingArgs, "namespace">;

export const broker = { secretName: "shop-mailer-broker", key: "BROKER_URL" };
export const busyApi: ServiceRecord = {
  ...api,
  scaling: {
    ...api.scaling,
    signals: [
      { kind: "cpu", targetPercent: 70 },
      { kind: "request-rate", perReplicaPerSecond: 25 },
    ],
    schedule,
  },
};
export const trainer: ServiceRecord = {
  ...mailer,
  scaling: { min: 0, max: 4, signals: [{ kind: "running-jobs", metric: "jobs_active" }] },
};

export async function register(args: Args, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const cluster = new k8s.Provider("cluster", { kubeconfig: "{}" });
  new ServiceScaling(
    "scaling",
    { namespace: "shop", ...args },
    { providers: { kubernetes: cluster } },
  );
  await engine.settle();
  return engine.registrations.filter(({ name }) => name !== "cluster");
}

export interface ScaledObject {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: Record<string, unknown> & {
    readonly triggers: readonly {
      readonly type: string;
      readonly metadata: Readonly<Record<string, string>>;
    }[];
  };
}

export async function scaledObjectOf(args: Args): Promise<ScaledObject> {
  const found = (await register(args)).find(({ type }) => type.endsWith(":ScaledObject"));
  return found?.inputs as unknown as ScaledObject;
}
