import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SecretOwner } from "./args";
import {
  type KeyReference,
  readerPolicy,
  readerRoleName,
  readerRolePath,
  readerTrustPolicy,
} from "./policies";
import { owners, type Scope } from "./scope";

/** A role that reads what one service declares. */
export interface Reader {
  readonly record: SecretOwner;
  readonly role: aws.iam.Role;
  readonly policy: aws.iam.RolePolicy;
  /** Taken for the service by External Secrets, in the service's namespace. */
  readonly serviceAccount: string;
}

/** A reader for every service with secrets, and what lets the cluster's service accounts be somebody in AWS. */
export function createReaders(scope: Scope, key: KeyReference): Reader[] {
  const { name, spec, owned } = scope;
  const provider = new aws.iam.OpenIdConnectProvider(
    `${name}-service-accounts`,
    {
      url: pulumi.interpolate`https://${spec.oidcIssuer}`,
      clientIdLists: ["sts.amazonaws.com"],
      tags: spec.tags,
    },
    owned,
  );
  return owners(spec).map((record) => createReader(scope, record, { key, provider }));
}

interface ReaderArgs {
  readonly key: KeyReference;
  readonly provider: aws.iam.OpenIdConnectProvider;
}

function createReader(
  { name, spec, owned }: Scope,
  record: SecretOwner,
  { key, provider }: ReaderArgs,
): Reader {
  const { permissionsBoundaryArn, tags } = spec;
  const serviceAccount = `${record.name}-secrets`;
  const trust = pulumi
    .all([provider.arn, spec.oidcIssuer, spec.namespaces[record.product] ?? record.product])
    .apply(([providerArn, issuer, namespace]) =>
      JSON.stringify(readerTrustPolicy({ providerArn, issuer, namespace, serviceAccount })),
    );
  const role = new aws.iam.Role(
    `${name}-secrets-reader-${record.name}`,
    {
      // Both are in the policies of the secrets, here and in the region of the replicas.
      path: readerRolePath,
      name: readerRoleName(spec, record.name),
      description: `Reads the secrets of ${record.name} and of no other service`,
      assumeRolePolicy: trust,
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundary: permissionsBoundaryArn }),
      tags: { ...tags, service: record.name, team: record.team },
    },
    owned,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-secrets-reader-${record.name}`,
    { role: role.name, policy: pulumi.jsonStringify(readerPolicy(spec, record.name, key)) },
    owned,
  );
  return { record, role, policy, serviceAccount };
}
