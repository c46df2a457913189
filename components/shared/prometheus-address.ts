import { metricsReader } from "./network-policy-rules";

/** Where Prometheus answers queries: in the namespace from which it reads everybody's metrics. */
export const prometheus = { ...metricsReader, service: "prometheus", port: 9090 } as const;

/** For whoever decides by metrics: autoscalers, and the analysis of a release. */
export const prometheusAddress = `http://${prometheus.service}.${prometheus.namespace}.svc.cluster.local:${prometheus.port}`;
