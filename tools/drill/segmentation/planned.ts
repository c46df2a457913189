import { parse } from "yaml";
import type { ServiceRecord } from "../../../components/shared/service-record";
import { writeManifests, type PlannedFile } from "../../plan/manifests";
import { loadProgram, runProgram } from "../../plan/program";
import { readStackFile } from "../../plan/stack-files";
import type { PolicyFile } from "./evaluator";

/** What a plan of one environment says of pods and of who may talk to whom. */
export interface PlannedCluster {
  readonly policies: readonly PolicyFile[];
  readonly workloads: readonly Workload[];
}

export interface Workload {
  readonly name: string;
  readonly namespace: string;
  /** Of its pods. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface PlannedArgs {
  readonly projectDirectory: string;
  readonly environment: string;
  readonly services: readonly ServiceRecord[];
}

export function readCatalogue(projectDirectory: string): readonly ServiceRecord[] {
  return loadProgram(projectDirectory).services;
}

/** The manifests that `plan` writes, read back. */
export async function planCluster(args: PlannedArgs): Promise<PlannedCluster> {
  const { registrations } = await runProgram({
    program: loadProgram(args.projectDirectory),
    stack: readStackFile(args.projectDirectory, args.environment),
    mode: "known",
    services: args.services,
  });
  const { files } = writeManifests(registrations, []);
  return readCluster(files);
}

interface Manifest {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly template?: { readonly metadata: { readonly labels: Record<string, string> } };
  };
}

export function readCluster(files: readonly PlannedFile[]): PlannedCluster {
  return {
    policies: ofKind(files, "networkpolicy").map(({ content, manifest: { metadata } }) => ({
      id: `${metadata.namespace}/${metadata.name}`,
      namespace: metadata.namespace,
      content,
    })),
    workloads: ["deployment", "rollout.argoproj.io"]
      .flatMap((kind) => ofKind(files, kind))
      .map(({ manifest: { metadata, spec } }) => ({
        name: metadata.name,
        namespace: metadata.namespace,
        labels: spec.template?.metadata.labels ?? {},
      })),
  };
}

function ofKind(files: readonly PlannedFile[], kind: string) {
  return files
    .filter(({ path }) => path.split("/").at(-1)?.startsWith(`${kind}-`) === true)
    .map(({ content }) => ({ content, manifest: parse(content) as Manifest }));
}
