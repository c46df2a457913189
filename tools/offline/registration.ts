import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** What the program asked the engine for: a resource with its inputs and every option that a mock hides. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The parent's URN; "" for what hangs under nothing. */
  readonly parent: string;
  /** False for components, which exist in the state only. */
  readonly custom: boolean;
  /** True for packaged components (awsx, eks), whose children only their own provider knows. */
  readonly remote: boolean;
  /** As sent: unknown values and secrets in the engine's own encoding. */
  readonly inputs: Record<string, unknown>;
  readonly protect: boolean;
  /** Reference (URN::id) of the provider, "" if none was given. */
  readonly provider: string;
  /** By package, for components. */
  readonly providers: Readonly<Record<string, string>>;
  readonly aliases: readonly unknown[];
  /** URNs, from `dependsOn` and from inputs alike. */
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly retainOnDelete: boolean;
  readonly deletedWith: string;
}

const sent = new WeakMap<Registration, Struct>();

/** The inputs in the very message that brought them, to pass on without converting them back. */
export function sentInputs(registration: Registration): Struct | undefined {
  return sent.get(registration);
}

export function readRegistration(urn: string, request: RegisterResourceRequest): Registration {
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((list, property) => {
    propertyDependencies[property] = list.getUrnsList();
  });
  const providers: Record<string, string> = {};
  request.getProvidersMap().forEach((reference, pkg) => {
    providers[pkg] = reference;
  });
  const inputs = request.getObject();
  const registration: Registration = {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    inputs: inputs?.toJavaScript() ?? {},
    protect: request.getProtect() ?? false,
    provider: request.getProvider(),
    providers,
    aliases: request.getAliasesList(),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    ignoreChanges: request.getIgnorechangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    retainOnDelete: request.getRetainondelete() ?? false,
    deletedWith: request.getDeletedwith(),
  };
  if (inputs !== undefined) sent.set(registration, inputs);
  return registration;
}
