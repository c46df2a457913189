import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { type Registration, sentInputs } from "../offline/registration";
import type { Run } from "../plan/program";
import type { StackFile } from "../plan/stack-files";
import { asAnalyzerSees, holdsUnknown, needsConversion } from "../plan/values";

type Properties = Record<string, unknown>;

/** What the engine would send to the policy server for one run of the program. */
export class PolicyRequests {
  private readonly byUrn = new Map<string, Registration>();
  private readonly stackUrn: string;
  private readonly stackName: string;

  constructor({ project, environment }: StackFile) {
    this.stackName = `${project}-${environment}`;
    this.stackUrn = `urn:pulumi:${environment}::${project}::${stackType}::${this.stackName}`;
  }

  /** Takes note of a resource; a provider has to come before what it provides, as it does in every program. */
  add(entry: Registration): void {
    this.byUrn.set(entry.urn, entry);
  }

  /** A resource before it is touched: its inputs. */
  resource(entry: Registration): AnalyzeRequest {
    const request = new AnalyzeRequest()
      .setUrn(entry.urn)
      .setType(entry.type)
      .setName(entry.name)
      .setProperties(inputsOf(entry))
      .setOptions(this.options(entry));
    const provider = this.provider(entry);
    return provider === undefined ? request : request.setProvider(provider);
  }

  /** Whether what the rules see of a resource is not all known. */
  dependsOnUnknown(entry: Registration): boolean {
    const provider = this.byUrn.get(providerUrn(entry.provider));
    return holdsUnknown(entry.inputs) || holdsUnknown(provider?.inputs);
  }

  /** The whole stack once everything is in place: outputs, the stack's own resource and the providers among them. */
  stack(outputs: Run["outputs"]): AnalyzeStackRequest {
    const root = new AnalyzerResource()
      .setUrn(this.stackUrn)
      .setType(stackType)
      .setName(this.stackName)
      .setProperties(new Struct())
      .setOptions(new AnalyzerResourceOptions());
    const resources = [...this.byUrn.values()].map((entry) =>
      this.stackResource(entry, outputs.get(entry.urn)),
    );
    return new AnalyzeStackRequest().setResourcesList([root, ...resources]);
  }

  private stackResource(entry: Registration, outputs = entry.inputs): AnalyzerResource {
    const resource = new AnalyzerResource()
      .setUrn(entry.urn)
      .setType(entry.type)
      .setName(entry.name)
      .setProperties(asStruct(outputs))
      .setOptions(this.options(entry))
      .setParent(entry.parent || this.stackUrn)
      .setDependenciesList([...entry.dependencies]);
    const dependencies = resource.getPropertydependenciesMap();
    for (const [property, urns] of Object.entries(entry.propertyDependencies)) {
      dependencies.set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
    }
    const provider = this.provider(entry);
    return provider === undefined ? resource : resource.setProvider(provider);
  }

  private options(entry: Registration): AnalyzerResourceOptions {
    return new AnalyzerResourceOptions()
      .setProtect(entry.protect)
      .setIgnorechangesList([...entry.ignoreChanges])
      .setDeletebeforereplace(entry.deleteBeforeReplace)
      .setDeletebeforereplacedefined(entry.deleteBeforeReplace)
      .setParent(entry.parent || this.stackUrn);
  }

  private provider(entry: Registration): AnalyzerProviderResource | undefined {
    const provider = this.byUrn.get(providerUrn(entry.provider));
    if (provider === undefined) return undefined;
    return new AnalyzerProviderResource()
      .setUrn(provider.urn)
      .setType(provider.type)
      .setName(provider.name)
      .setProperties(inputsOf(provider));
  }
}

const stackType = "pulumi:pulumi:Stack";

/** A reference is the provider's URN, two colons and its id. */
export function providerUrn(reference: string): string {
  return reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
}

/** As they were sent, unless there is an envelope in them that an analyzer does not know. */
function inputsOf(entry: Registration): Struct {
  const asSent = needsConversion(entry.inputs) ? undefined : sentInputs(entry);
  return asSent ?? asStruct(entry.inputs);
}

function asStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(asAnalyzerSees(properties) as Record<string, JavaScriptValue>);
}

export function stackRequest(stack: StackFile): AnalyzerStackConfigureRequest {
  const request = new AnalyzerStackConfigureRequest()
    .setProject(stack.project)
    .setStack(stack.environment)
    .setDryRun(true)
    .setConfigSecretKeysList([...stack.secretKeys]);
  for (const [key, value] of Object.entries(stack.config)) request.getConfigMap().set(key, value);
  return request;
}
