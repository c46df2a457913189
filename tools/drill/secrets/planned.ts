import { loadProgram, runProgram, type Program, type Run } from "../../plan/program";
import { readStackFile } from "../../plan/stack-files";
import { isRecord, presentable } from "../../plan/values";
import type { KubernetesObject } from "../kubernetes-api";

/** What a plan of one environment says of secrets, on its way from AWS into the cluster. */
export interface PlannedSecrets {
  readonly region: string;
  readonly secrets: readonly PlannedSecret[];
  readonly readers: readonly PlannedReader[];
  readonly namespaces: readonly string[];
  /** Accounts that readers are entered with. */
  readonly serviceAccounts: readonly KubernetesObject[];
  readonly stores: readonly KubernetesObject[];
  readonly externalSecrets: readonly ExternalSecret[];
  /** Of the cluster's tokens, as the roles trust it. */
  readonly issuer: string;
}

interface PlannedSecret {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A role that reads the secrets of one service. */
export interface PlannedReader {
  readonly roleName: string;
  readonly path: string;
  /** As the annotation of its service account has it. */
  readonly arn: string;
  readonly trust: string;
  readonly policies: readonly string[];
}

export interface ExternalSecret extends KubernetesObject {
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly kind: string; readonly name: string };
    readonly target: {
      /** By variable, how it is made out of what is read. */
      readonly template?: { readonly data: Readonly<Record<string, string>> };
      readonly [setting: string]: unknown;
    };
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property: string };
    }[];
  };
}

export async function planSecrets(
  projectDirectory: string,
  environment: string,
  program: Program = loadProgram(projectDirectory),
): Promise<PlannedSecrets> {
  const stack = readStackFile(projectDirectory, environment);
  return readPlannedSecrets(await runProgram({ program, stack, mode: "known" }));
}

/** The account whose roles External Secrets takes on. */
const roleAnnotation = "eks.amazonaws.com/role-arn";

/** @throws Error if the plan syncs no secrets, because then there is nothing to try. */
export function readPlannedSecrets(run: Run): PlannedSecrets {
  const inputsOf = (type: string): Record<string, unknown>[] =>
    run.registrations
      .filter((entry) => entry.type === type)
      .map((entry) => presentable(entry.inputs) as Record<string, unknown>);
  const objects = run.registrations
    .filter(({ custom, type }) => custom && type.startsWith("kubernetes:"))
    .map(({ inputs }) => presentable(inputs))
    .filter(isObject);
  const ofKind = (kind: string): KubernetesObject[] =>
    objects.filter((object) => object.kind === kind);
  const stores = ofKind("SecretStore");
  if (stores.length === 0) throw new Error("the plan has no SecretStore: nothing is synced");
  const readers = readReaders(run, inputsOf("aws:iam/rolePolicy:RolePolicy"));
  const externalSecrets = ofKind("ExternalSecret") as ExternalSecret[];
  return {
    region: run.stack.config["aws:region"] ?? "",
    // Those of services; a store's own, such as the administrator of the broker, is nobody's to fill.
    secrets: (inputsOf("aws:secretsmanager/secret:Secret") as unknown as PlannedSecret[]).filter(
      ({ name }) => name.split("/").length === 4,
    ),
    readers,
    namespaces: [...new Set(stores.map(({ metadata }) => metadata.namespace ?? ""))],
    serviceAccounts: ofKind("ServiceAccount").filter(({ metadata }) =>
      readers.some(({ arn }) => arn === metadata.annotations?.[roleAnnotation]),
    ),
    stores,
    externalSecrets,
    issuer: issuerOf(readers),
  };
}

function readReaders(run: Run, policies: readonly Record<string, unknown>[]): PlannedReader[] {
  return run.registrations
    .filter(({ type }) => type === "aws:iam/role:Role")
    .flatMap((entry): PlannedReader[] => {
      const { name, path, assumeRolePolicy } = presentable(entry.inputs) as Record<string, string>;
      const trust = assumeRolePolicy ?? "";
      if (name === undefined || !trust.includes("sts:AssumeRoleWithWebIdentity")) return [];
      return [
        {
          roleName: name,
          path: path ?? "/",
          arn: String(run.outputs.get(entry.urn)?.["arn"]),
          trust,
          policies: policies
            .filter(({ role }) => role === name)
            .map(({ policy }) => String(policy)),
        },
      ];
    });
}

function issuerOf(readers: readonly PlannedReader[]): string {
  const issuers = readers.map(({ trust }) => /"([^"]+):sub"/.exec(trust)?.[1] ?? "");
  const [issuer = "", ...others] = [...new Set(issuers)];
  if (issuer === "" || others.length > 0)
    throw new Error(`the readers trust ${issuers.length} issuers, need one`);
  return `https://${issuer}`;
}

function isObject(value: unknown): value is KubernetesObject {
  return isRecord(value) && typeof value["kind"] === "string" && isRecord(value["metadata"]);
}
