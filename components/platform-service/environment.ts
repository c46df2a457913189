import type { types } from "@pulumi/kubernetes";
import type { ResolvedPlatformServiceArgs } from "./args";

type EnvVar = types.input.core.v1.EnvVar;

/** The container's variables, in the order of their names: another order would restart every pod. */
export function environment(spec: ResolvedPlatformServiceArgs): EnvVar[] {
  const literals = Object.entries({ ...spec.record.settings, ...spec.settings }).map(
    ([name, value]): EnvVarNamed => ({ name, value }),
  );
  const secrets = Object.entries(spec.secretEnvironment).map(
    ([name, { secretName, key }]): EnvVarNamed => ({
      name,
      valueFrom: { secretKeyRef: { name: secretName, key } },
    }),
  );
  const own: EnvVarNamed[] = [
    { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
    { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
  ];
  return [...literals, ...secrets, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

type EnvVarNamed = EnvVar & { readonly name: string };
