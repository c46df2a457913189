import { type AnalyzedResource, resource } from "../support/check-policy";

/** A container that every rule about workloads lets pass. */
export const goodContainer = {
  name: "api",
  image: "x",
  ports: [{ name: "http", containerPort: 8000 }],
  readinessProbe: { httpGet: { path: "/ready", port: "http" } },
  livenessProbe: { tcpSocket: { port: "http" } },
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};

const labels = { app: "api" };
export const overZones = {
  topologyKey: "topology.kubernetes.io/zone",
  maxSkew: 1,
  whenUnsatisfiable: "DoNotSchedule",
  nodeTaintsPolicy: "Honor",
  labelSelector: { matchLabels: labels },
};

export const goodPod = {
  serviceAccountName: "api",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  topologySpreadConstraints: [overZones],
  containers: [goodContainer],
};

interface Changes {
  readonly pod?: object;
  readonly container?: object;
  readonly spec?: object;
  readonly metadata?: object;
}

/** The inputs of a Deployment that is right, but for the changes. */
export function workload({ pod, container, spec, metadata }: Changes = {}) {
  return {
    metadata: { name: "api", namespace: "app", labels, ...metadata },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      ...spec,
      template: {
        metadata: { labels },
        spec: { ...goodPod, containers: [{ ...goodContainer, ...container }], ...pod },
      },
    },
  };
}

/** The same as part of a stack. */
export function workloadInStack(changes: Changes = {}, name = "api"): AnalyzedResource {
  return resource("kubernetes:apps/v1:Deployment", workload(changes), { name });
}
