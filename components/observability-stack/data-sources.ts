import { prometheusAddress } from "../shared/prometheus-address";
import { addresses, ports } from "./parts";

/** What Grafana asks, with ways from one to the other. */
export const dataSources = [
  {
    name: "Prometheus",
    uid: "prometheus",
    type: "prometheus",
    url: prometheusAddress,
    access: "proxy",
    isDefault: true,
    editable: false,
    jsonData: {
      httpMethod: "POST",
      timeInterval: "30s",
      exemplarTraceIdDestinations: [{ name: "trace_id", datasourceUid: "jaeger" }],
    },
  },
  {
    name: "Loki",
    uid: "loki",
    type: "loki",
    url: addresses.loki,
    access: "proxy",
    editable: false,
    jsonData: {
      // From a line to its trace.
      derivedFields: [
        {
          name: "trace",
          matcherType: "label",
          matcherRegex: "trace_id",
          datasourceUid: "jaeger",
          url: "$${__value.raw}",
        },
      ],
    },
  },
  {
    name: "Jaeger",
    uid: "jaeger",
    type: "jaeger",
    url: `http://${addresses.jaeger}:${ports.jaegerQuery}`,
    access: "proxy",
    editable: false,
    jsonData: {
      // And from a trace to its lines.
      tracesToLogsV2: {
        datasourceUid: "loki",
        filterByTraceID: true,
        tags: [{ key: "service.name", value: "service_name" }],
      },
    },
  },
  {
    name: "Alertmanager",
    uid: "alertmanager",
    type: "alertmanager",
    url: addresses.alertmanager,
    access: "proxy",
    editable: false,
    jsonData: { implementation: "prometheus", handleGrafanaManagedAlerts: false },
  },
] as const;
