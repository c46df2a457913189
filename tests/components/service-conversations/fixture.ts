import {
  ServiceConversations,
  type ServiceConversationsArgs,
} from "../../../components/service-conversations";
import type { ServiceRecord } from "../../../components/shared/service-record";
import type { Mode } from "../../../tools/offline/engine";
import { startOfflineEngine, type Registration } from "../../support/engine";
import { api, shop, stock, without } from "../platform-service-fixture";

/** Of another product, and nobody's partner: it talks to stores of every kind and to two outside ports. */
export const desk: ServiceRecord = {
  ...without(stock, "port"),
  name: "desk-worker",
  product: "desk",
  image: "desk-worker",
  probes: { startupSeconds: 30 },
  talksTo: {
    services: ["shop-stock", "shop-api"],
    stores: ["redis", "mlflow", "model-bucket", "kafka"],
    hosts: ["smtp.example.com:587", "api.example.com:443", "mail.example.org:587"],
  },
};

export const args: ServiceConversationsArgs = {
  records: [desk, ...shop],
  namespaces: { shop: "shop", desk: "desk-rooms" },
  publicSubnetCidrs: ["10.0.16.0/24", "10.0.80.0/24"],
  dataSubnetCidrs: ["10.0.17.0/24"],
};

export { api, shop, stock };

export async function register(
  change: Partial<ServiceConversationsArgs> = {},
  mode: Mode = "known",
): Promise<Registration[]> {
  const engine = await startOfflineEngine({ mode });
  new ServiceConversations("talk", { ...args, ...change });
  await engine.settle();
  return engine.registrations;
}

/** The policy of one service, as the API server gets it. */
export function policyOf(registrations: readonly Registration[], service: string) {
  return registrations.find(({ name }) => name === `talk-policy-${service}`)?.inputs;
}

/** Pods of a service as a peer. */
export function pods(namespace: string, labels: Record<string, string>) {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: labels },
  };
}

export const named = (name: string) => ({ "app.kubernetes.io/name": name });
export const range = (cidr: string) => ({ ipBlock: { cidr } });
export const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));
export const outside = {
  ipBlock: {
    cidr: "0.0.0.0/0",
    except: ["169.254.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
  },
};
