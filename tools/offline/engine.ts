import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { setImmediate as nextTurn } from "node:timers/promises";
import { answerCall, answerResource, stateBeforeCreation } from "./answers";
import { readRegistration, type Registration } from "./registration";

/** "known": every computed value has an answer, as in an update; "unknown": none has, as in a first preview. */
export type Mode = "known" | "unknown";

export interface OfflineEngineArgs {
  project?: string;
  stack?: string;
  mode?: Mode;
  /** Stack configuration as the engine passes it: full keys, objects as JSON text. */
  config?: Readonly<Record<string, string>>;
  /** Keys of `config` whose values are secret. */
  secretKeys?: readonly string[];
  /**
   * Lets other work of the process have its turn while the program runs, which else takes one long turn; the order of
   * arrival may change. Default: false.
   */
  sharesTurns?: boolean;
  /** Told of each registration as it arrives. */
  onRegistration?: (registration: Registration) => void;
}

export interface OfflineEngine {
  /** In the order of their arrival. */
  readonly registrations: Registration[];
  /** Awaits every registration, also those made late, and throws what the program threw meanwhile. */
  settle(): Promise<void>;
  /** By URN, once settled: what each resource gave back, the registered outputs of components. */
  outputs(): ReadonlyMap<string, Record<string, unknown>>;
}

interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void>;
  getRegisteredResources(): Map<string, { state: unknown }>;
}

type Callback = (error: Error | null, response: unknown) => void;

/**
 * Starts Pulumi's own test runtime and records what a program registers, with all options.
 * One engine at a time: starting another replaces it.
 */
export async function startOfflineEngine(args: OfflineEngineArgs = {}): Promise<OfflineEngine> {
  const { project = "auterity", stack = "test", mode = "known", config = {} } = args;
  let region: string | undefined;
  await pulumi.runtime.setMocks(
    {
      newResource: (resource) =>
        mode === "known"
          ? answerResource(resource, region)
          : { id: undefined, state: stateBeforeCreation(resource) },
      call: (call) => answerCall(call, mode),
    },
    project,
    stack,
    mode === "unknown",
  );
  pulumi.runtime.setAllConfig({ ...config }, [...(args.secretKeys ?? [])]);

  const registrations: Registration[] = [];
  const seen = new Set<string>();
  const problems: string[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  monitor.newUrn = (parent, type, name) => qualifiedUrn({ project, stack, parent, type, name });
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, callback) => {
    const urn = monitor.newUrn(request.getParent(), request.getType(), request.getName());
    if (seen.has(urn)) problems.push(`duplicate resource URN ${urn}`);
    seen.add(urn);
    const registration = readRegistration(urn, request);
    region ??= regionOf(registration);
    const arrived = registrations.push(registration);
    args.onRegistration?.(registration);
    if (args.sharesTurns === true && arrived % registrationsPerTurn === 0) await nextTurn();
    await register(request, callback);
  };
  return {
    registrations,
    settle: async () => {
      await pulumi.runtime.disconnect();
      if (problems.length > 0) throw new Error(problems.join("\n"));
    },
    outputs: () => readOutputs(monitor),
  };
}

/** Of the program's first provider of AWS: where whatever names no region is made. */
function regionOf({ type, inputs }: Registration): string | undefined {
  const { region } = inputs;
  return type === "pulumi:providers:aws" && typeof region === "string" ? region : undefined;
}

const registrationsPerTurn = 10;

function readOutputs(monitor: Monitor): ReadonlyMap<string, Record<string, unknown>> {
  const outputs = new Map<string, Record<string, unknown>>();
  for (const [urn, { state }] of monitor.getRegisteredResources()) outputs.set(urn, plain(state));
  return outputs;
}

/** The runtime keeps registered outputs of components in the form of the message that brought them. */
function plain(state: unknown): Record<string, unknown> {
  if (typeof state !== "object" || state === null) return {};
  if ("toJavaScript" in state && typeof state.toJavaScript === "function")
    return (state as { toJavaScript(): Record<string, unknown> }).toJavaScript();
  return state as Record<string, unknown>;
}

interface UrnParts {
  project: string;
  stack: string;
  parent: string;
  type: string;
  name: string;
}

/** As the real engine builds it: the types of all ancestors but the stack, then name. */
function qualifiedUrn({ project, stack, parent, type, name }: UrnParts): string {
  const ancestors = parent.split("::")[2];
  const qualified =
    ancestors === undefined || ancestors === "pulumi:pulumi:Stack" ? type : `${ancestors}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}
