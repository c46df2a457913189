import { isDnsLabel } from "./kubernetes-names";
import type { ServiceRecord } from "./service-record";

/**
 * Names of AWS resources put an environment before a service's name and a purpose behind it; an IAM role's may have
 * 64 characters in all, so half of them are the service's.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const longestName = 32;

/** Namespaces of Kubernetes itself, which services may not share. */
const reservedNamespaces = /^(default|kube-.*)$/;

export function identityProblems(record: ServiceRecord): string[] {
  const problems = [
    ...nameProblems("name", record.name),
    ...nameProblems("product", record.product),
    ...nameProblems("team", record.team),
  ];
  if (reservedNamespaces.test(record.product)) {
    problems.push(
      `product: got "${record.product}", need a namespace that Kubernetes does not use itself`,
    );
  }
  if (record.description.trim() === "") problems.push("description: got nothing, need a sentence");
  // The version comes from configuration: a tag in here would be a second place that names it.
  if (!/^[a-z0-9]+([._/-][a-z0-9]+)*$/.test(record.image)) {
    problems.push(
      `image: got "${record.image}", need a repository name without registry, tag and digest`,
    );
  }
  return problems;
}

function nameProblems(path: string, name: string): string[] {
  if (isDnsLabel(name) && name.length <= longestName) return [];
  const need = `a DNS label of at most ${longestName} characters`;
  return [`${path}: got ${name === "" ? "nothing" : `"${name}"`}, need ${need}`];
}
