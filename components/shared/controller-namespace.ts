import * as k8s from "@pulumi/kubernetes";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import type { ChildOptions } from "./child-options";
import { isolateNamespace } from "./namespace-isolation";

const labels = { "app.kubernetes.io/managed-by": "pulumi" } as const;

/** @see https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const podSecurityLabels = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/audit": "restricted",
  "pod-security.kubernetes.io/warn": "restricted",
} as const;

interface ControllerNamespace {
  readonly namespace: Output<string>;
  /** What must be there before its pods are. */
  readonly guards: Resource[];
}

/** A namespace for one controller: restricted pods, and closed until a policy opens something. */
export function controllerNamespace(
  name: string,
  namespaceName: string,
  owned: ChildOptions,
): ControllerNamespace {
  const child = `${name}-${namespaceName}`;
  const created = restrictedNamespace(child, { name: namespaceName, labels }, owned);
  const namespace = created.metadata.name;
  return { namespace, guards: isolateNamespace(child, { namespace, labels }, owned) };
}

/** Pods in it are held to the strictest standard; what they may reach is for policies to say. */
export function restrictedNamespace(
  resourceName: string,
  given: { readonly name: string; readonly labels?: Readonly<Record<string, string>> },
  options: CustomResourceOptions,
): k8s.core.v1.Namespace {
  return new k8s.core.v1.Namespace(
    resourceName,
    { metadata: { name: given.name, labels: { ...given.labels, ...podSecurityLabels } } },
    options,
  );
}
