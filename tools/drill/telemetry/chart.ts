import { isRecord } from "../../plan/values";

/** Of a collector, or of Jaeger, which is one. */
export type Configuration = Readonly<Record<string, unknown>>;

interface ChartValues {
  readonly alternateConfig: Configuration;
  readonly presets?: { readonly logsCollection?: { readonly enabled?: boolean } };
}

/**
 * What chart opentelemetry-collector 0.170.0 makes of values: the preset of logs under our own settings, and newer names.
 * Its templates are not to be had here, so this says again what they do.
 * @see https://github.com/open-telemetry/opentelemetry-helm-charts/blob/opentelemetry-collector-0.170.0/charts/opentelemetry-collector/templates/_config.tpl
 */
export function chartConfiguration({ alternateConfig, presets }: ChartValues): Configuration {
  const collects = presets?.logsCollection?.enabled === true;
  const merged = collects ? withPreset(alternateConfig) : alternateConfig;
  return renamed(merged) as Configuration;
}

const logsPreset = {
  extensions: { file_storage: { directory: "/var/lib/otelcol" } },
  receivers: {
    filelog: {
      include: ["/var/log/pods/*/*/*.log"],
      exclude: [],
      start_at: "end",
      retry_on_failure: { enabled: true },
      storage: "file_storage",
      include_file_path: true,
      include_file_name: false,
      operators: [{ type: "container", id: "container-parser", max_log_size: 102_400 }],
    },
  },
};

function withPreset(own: Configuration): Configuration {
  const merged = mergeOver(logsPreset, own) as {
    service: {
      extensions: string[];
      pipelines: Record<string, { receivers: string[] }>;
    };
  };
  const { service } = merged;
  const { logs } = service.pipelines;
  if (logs === undefined) throw new Error("the agent has no pipeline of logs");
  return {
    ...merged,
    service: {
      ...service,
      extensions: [...service.extensions, "file_storage"],
      pipelines: {
        ...service.pipelines,
        logs: { ...logs, receivers: [...logs.receivers, "filelog"] },
      },
    },
  };
}

/** What is written over replaces, maps by key and all else as a whole. */
function mergeOver(base: unknown, over: unknown): unknown {
  if (!isRecord(base) || !isRecord(over)) return over;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      key in base && key in over ? mergeOver(base[key], over[key]) : (over[key] ?? base[key]),
    ]),
  );
}

const newNames: Readonly<Record<string, string>> = {
  filelog: "file_log",
  k8sattributes: "k8s_attributes",
};

/** Names of components, where they are set up and where pipelines name them. */
function renamed(value: unknown): unknown {
  if (typeof value === "string") return newNames[value] ?? value;
  if (Array.isArray(value)) return value.map(renamed);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [newNames[key] ?? key, renamed(entry)]),
  );
}
