import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { SecretsError } from "./secrets-error";

export interface ClusterAccess {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Default: kubectl, from the path. */
  readonly kubectl?: string;
}

export interface SyncTime {
  /** Undefined before the first. */
  readonly at: Date | undefined;
  readonly ready: boolean;
}

const listSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      spec: z.object({ target: z.object({ name: z.string().optional() }).optional() }).optional(),
      status: z
        .object({
          refreshTime: z.string().nullish(),
          conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional(),
        })
        .optional(),
    }),
  ),
});

/**
 * When External Secrets brought each Kubernetes Secret up to date last, by "namespace/name".
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export async function readSyncTimes(access: ClusterAccess): Promise<Map<string, SyncTime>> {
  const args = [
    ...(access.kubeconfig === undefined ? [] : ["--kubeconfig", access.kubeconfig]),
    ...(access.context === undefined ? [] : ["--context", access.context]),
    ...["get", "externalsecrets.external-secrets.io", "--all-namespaces", "--output", "json"],
  ];
  let output: string;
  try {
    const limits = { timeout: 30_000, maxBuffer: 64 * 1024 * 1024 };
    output = (await promisify(execFile)(access.kubectl ?? "kubectl", args, limits)).stdout;
  } catch (error) {
    throw refusal(reasonOf(error));
  }
  const parsed = listSchema.safeParse(asJson(output));
  if (!parsed.success) throw refusal("the answer of kubectl is no list of ExternalSecrets");
  return new Map(
    parsed.data.items.map(({ metadata, spec, status }) => {
      const at = status?.refreshTime;
      const ready = status?.conditions?.some(
        ({ type, status: is }) => type === "Ready" && is === "True",
      );
      const name = spec?.target?.name ?? metadata.name;
      return [
        `${metadata.namespace}/${name}`,
        { at: at ? new Date(at) : undefined, ready: ready === true },
      ];
    }),
  );
}

function refusal(problem: string): SecretsError {
  return new SecretsError("the cluster cannot be asked", [problem]);
}

function reasonOf(error: unknown): string {
  const { code, stderr } = error as { readonly code?: string | number; readonly stderr?: string };
  if (code === "ENOENT") return "kubectl is not installed";
  return `kubectl failed: ${stderr?.trim().split("\n").at(-1) ?? "no answer in 30 seconds"}`;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
