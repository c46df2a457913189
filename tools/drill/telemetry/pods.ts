import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ControlPlane } from "../control-plane";
import type { KubernetesApi } from "../kubernetes-api";
import type { Places } from "./places";

/** A pod of an application on the agent's node. */
export interface Pod {
  readonly service: string;
  readonly namespace: string;
  readonly team: string;
  readonly name: string;
  readonly uid: string;
  readonly address: string;
}

export const nodeName = "node-1";

const products: Readonly<Record<string, { readonly namespace: string; readonly team: string }>> = {
  "automatrix-api": { namespace: "automatrix", team: "automatrix" },
  relaycore: { namespace: "relaycore", team: "relaycore" },
  "neuroweaver-api": { namespace: "neuroweaver", team: "neuroweaver" },
  "neuroweaver-web": { namespace: "neuroweaver", team: "neuroweaver" },
};

/** Two pods of each: what is measured of a service is of all of them together. */
export async function makePods(api: KubernetesApi, places: Places): Promise<Pod[]> {
  const namespaces = new Set(Object.values(products).map(({ namespace }) => namespace));
  for (const name of namespaces)
    await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  const pods: Pod[] = [];
  for (const [service, product] of Object.entries(products))
    for (const number of [1, 2])
      pods.push(
        await makePod(api, {
          ...{ service, ...product, address: places.pod(pods.length) },
          name: `${service}-7d9f8c6b5-pod${number}`,
        }),
      );
  return pods;
}

async function makePod(api: KubernetesApi, pod: Omit<Pod, "uid">): Promise<Pod> {
  const { service, name, namespace, team, address } = pod;
  const labels = {
    "app.kubernetes.io/name": service,
    "app.kubernetes.io/part-of": namespace,
    "app.kubernetes.io/version": "1.4.2",
    "auterity.io/team": team,
    "auterity.io/tier": "critical",
  };
  const made = await api.apply({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels },
    spec: { nodeName, containers: [{ name: service, image: "registry.example.com/none:1" }] },
  });
  const status = {
    phase: "Running",
    podIP: address,
    podIPs: [{ ip: address }],
    containerStatuses: [],
  };
  await api.patch(
    { apiVersion: "v1", kind: "Pod", metadata: { name, namespace } },
    { status },
    "status",
  );
  const { uid } = made.metadata as { readonly uid?: string };
  return { ...pod, uid: uid ?? randomUUID() };
}

/** For the agent, with no more rights than its role gives. */
export async function agentKubeconfig(
  { api, url, certificateAuthority }: ControlPlane,
  rules: readonly object[],
  folder: string,
): Promise<string> {
  const [namespace, name] = ["node-agents", "otel-agent"];
  const metadata = { name };
  await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await api.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } });
  const group = "rbac.authorization.k8s.io";
  await api.apply({ apiVersion: `${group}/v1`, kind: "ClusterRole", metadata, rules });
  await api.apply({
    apiVersion: `${group}/v1`,
    kind: "ClusterRoleBinding",
    metadata,
    roleRef: { apiGroup: group, kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  });
  const account = await api.pathOf({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
  });
  const { text } = await api.send({
    method: "POST",
    path: `${account}/token`,
    body: {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { expirationSeconds: 3600 },
    },
  });
  const { token } = (JSON.parse(text) as { readonly status: { readonly token: string } }).status;
  const file = join(folder, "agent.kubeconfig");
  const kubeconfig = {
    ...{ apiVersion: "v1", kind: "Config", "current-context": "drill" },
    clusters: [
      { name: "drill", cluster: { server: url, "certificate-authority": certificateAuthority } },
    ],
    users: [{ name: "drill", user: { token } }],
    contexts: [{ name: "drill", context: { cluster: "drill", user: "drill" } }],
  };
  writeFileSync(file, JSON.stringify(kubeconfig), { mode: 0o600 });
  return file;
}
