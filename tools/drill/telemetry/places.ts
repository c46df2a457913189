import { randomInt } from "node:crypto";
import { join } from "node:path";
import { isRecord } from "../../plan/values";
import type { Configuration } from "./chart";
import type { PlannedTelemetry } from "./planned";

/**
 * Where each part runs on this machine. Every part has an address of its own, as pods have, so that the planned ports
 * stay; the block is drawn, so that two drills can run side by side.
 */
export interface Places {
  readonly agent: string;
  readonly gateways: readonly string[];
  readonly jaeger: string;
  readonly loki: string;
  /** Of the nth pod of an application. */
  readonly pod: (index: number) => string;
  /** What containers write, as the kubelet lays it out. */
  readonly logs: string;
  /** What the agent keeps on its node. */
  readonly agentDisk: string;
  readonly jaegerDisk: string;
}

export function drawPlaces(folder: string, gateways: number): Places {
  const block = `127.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  return {
    agent: `${block}.10`,
    gateways: Array.from({ length: gateways }, (_, index) => `${block}.${20 + index}`),
    jaeger: `${block}.30`,
    loki: `${block}.40`,
    pod: (index) => `${block}.${100 + index}`,
    logs: join(folder, "var-log-pods"),
    agentDisk: join(folder, "agent-disk"),
    jaegerDisk: join(folder, "jaeger-disk"),
  };
}

/** The planned configurations with nothing changed but where things are. */
export interface Placed {
  readonly agent: Configuration;
  readonly agentArguments: readonly string[];
  readonly gateway: Configuration;
  readonly jaeger: Configuration;
  /** What was changed, in words. */
  readonly changes: readonly string[];
}

export function place(planned: PlannedTelemetry, places: Places): Placed {
  const named: readonly (readonly [planned: string, here: string])[] = [
    ["loki.logging.svc.cluster.local", places.loki],
    ["jaeger.tracing.svc.cluster.local", places.jaeger],
    ["/var/log/pods", places.logs],
    ["/var/lib/otelcol", places.agentDisk],
    ["/badger", places.jaegerDisk],
  ];
  const moved = (value: string): string =>
    named.reduce((text, [from, to]) => text.replaceAll(from, to), value);
  const agent = eachText(planned.agent, moved);
  const attributes = section(agent, ["processors", "k8s_attributes"]);
  if (attributes["auth_type"] !== "serviceAccount")
    throw new Error("the agent is not planned to show the token of its service account");
  attributes["auth_type"] = "kubeConfig";
  const resolver = section(agent, ["exporters", "loadbalancing"]);
  if (!isRecord(resolver["resolver"]) || !isRecord(resolver["resolver"]["dns"]))
    throw new Error("the agent is not planned to find gateways by DNS");
  const { port } = resolver["resolver"]["dns"] as { readonly port: string };
  resolver["resolver"] = {
    static: { hostnames: places.gateways.map((address) => `${address}:${port}`) },
  };
  return {
    agent,
    agentArguments: planned.agentArguments,
    gateway: eachText(planned.gateway, moved),
    jaeger: eachText(planned.jaeger, (text) =>
      moved(text.replace(/^0\.0\.0\.0(?=:|$)/, places.jaeger)),
    ),
    changes: [
      "names of Services are addresses, and the agent is told those of the gateways instead of asking DNS",
      "folders of the node lie in the drill's own, and the agent shows its service account's token from a file",
    ],
  };
}

function section(root: Configuration, path: readonly string[]): Record<string, unknown> {
  return path.reduce<Record<string, unknown>>((value, key) => {
    const inner = value[key];
    if (!isRecord(inner)) throw new Error(`the plan has no ${path.join(".")}`);
    return inner;
  }, root);
}

function eachText<T>(value: T, over: (text: string) => string): T {
  if (typeof value === "string") return over(value) as T;
  if (Array.isArray(value)) return value.map((entry: unknown) => eachText(entry, over)) as T;
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, eachText(entry, over)]),
  ) as T;
}
