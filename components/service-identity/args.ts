import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isDnsLabel } from "../shared/kubernetes-names";
import { storePlaceProblems } from "../shared/store-place";

export interface ServiceIdentityArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** EKS cluster in which the service runs. */
  readonly clusterName: Input<string>;
  /** Of the service account, which need not exist yet. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What the service may do in AWS; at least one. */
  readonly statements: readonly aws.iam.PolicyStatement[];
  /** Policy that bounds the role. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

type Optional = "permissionsBoundaryArn";

export type ServiceIdentitySpec = Required<Omit<ServiceIdentityArgs, Optional>> &
  Pick<ServiceIdentityArgs, Optional>;

export function resolveServiceIdentityArgs(
  name: string,
  args: ServiceIdentityArgs,
): ServiceIdentitySpec {
  const spec = { tags: {}, ...args };
  const problems = storePlaceProblems(spec);
  for (const key of ["namespace", "serviceAccount"] as const)
    if (!isDnsLabel(spec[key]))
      problems.push(`${key}: got "${spec[key]}", need the name of one, a DNS label`);
  if (spec.statements.length === 0)
    problems.push("statements: got none, need at least one; who may do nothing needs no identity");
  if (problems.length > 0) throw new ArgsError("ServiceIdentity", name, problems);
  return spec;
}
