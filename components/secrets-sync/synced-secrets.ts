import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ChildOptions } from "../shared/child-options";
import { kubernetesSecretName, secretName } from "../shared/secret-names";
import type { SecretDeclaration } from "../shared/service-record";
import {
  isStoreUserOrigin,
  storeUserProperties,
  storeUserTemplate,
} from "../shared/store-user-values";
import type { ResolvedSecretsSyncArgs, SyncedKey } from "./args";
import { controllerServiceAccount, externalSecretsNamespace } from "./external-secrets";
import type { Reader } from "./readers";
import type { Scope } from "./scope";

const api = "external-secrets.io/v1";
/** A store or a secret that does not work yet says so in its status and in an alert; it holds up no deployment. */
const annotations = { "pulumi.com/skipAwait": "true" } as const;

/** Keys of Kubernetes Secrets by service and variable. */
export type SecretEnvironment = Readonly<Record<string, Readonly<Record<string, SyncedKey>>>>;

/** For every service, what reads its secrets in the cluster: its own store and a Secret for each that it declares. */
export function createSyncedSecrets(
  scope: Scope,
  readers: readonly Reader[],
  dependsOn: pulumi.Resource[],
): SecretEnvironment {
  return Object.fromEntries(
    readers.map((reader) => [reader.record.name, createService(scope, reader, dependsOn)]),
  );
}

function createService(
  scope: Scope,
  reader: Reader,
  dependsOn: pulumi.Resource[],
): Record<string, SyncedKey> {
  const { name, spec } = scope;
  const { record, role, policy, serviceAccount } = reader;
  const namespace = spec.namespaces[record.product] ?? record.product;
  const labels = {
    "app.kubernetes.io/part-of": record.product,
    "app.kubernetes.io/managed-by": "pulumi",
    "auterity.io/team": record.team,
  };
  const options: ChildOptions = { ...scope.owned, dependsOn: [...dependsOn, policy] };
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-secrets-${record.name}`,
    {
      metadata: {
        name: serviceAccount,
        namespace,
        labels,
        annotations: { "eks.amazonaws.com/role-arn": role.arn },
      },
      // No pod runs as it.
      automountServiceAccountToken: false,
    },
    options,
  );
  const allowed = allowIdentity(
    scope,
    { service: record.name, serviceAccount, namespace, labels },
    options,
  );
  const store = new k8s.apiextensions.CustomResource(
    `${name}-secrets-${record.name}`,
    {
      apiVersion: api,
      kind: "SecretStore",
      metadata: { name: record.name, namespace, labels, annotations },
      spec: {
        provider: {
          aws: {
            service: "SecretsManager",
            region: spec.region,
            auth: { jwt: { serviceAccountRef: { name: account.metadata.name } } },
          },
        },
      },
    },
    { ...scope.owned, dependsOn: [...dependsOn, policy, allowed] },
  );
  const entries = record.secrets.flatMap((secret) =>
    createSecret(scope, { secret, service: record.name, store, namespace, labels }),
  );
  return Object.fromEntries(entries);
}

interface IdentityArgs {
  readonly service: string;
  readonly serviceAccount: string;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Readonly<Record<string, string>>;
}

/** Lets External Secrets act as this one reader: the chart itself would let it act as every pod of the cluster. */
function allowIdentity(
  { name }: Scope,
  { service, serviceAccount, namespace, labels }: IdentityArgs,
  options: ChildOptions,
): k8s.rbac.v1.RoleBinding {
  const child = `${name}-secrets-${service}`;
  const metadata = { name: serviceAccount, namespace, labels };
  const role = new k8s.rbac.v1.Role(
    child,
    {
      metadata,
      rules: [
        {
          apiGroups: [""],
          resources: ["serviceaccounts/token"],
          resourceNames: [serviceAccount],
          verbs: ["create"],
        },
      ],
    },
    options,
  );
  return new k8s.rbac.v1.RoleBinding(
    child,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
      subjects: [
        {
          kind: "ServiceAccount",
          name: controllerServiceAccount,
          namespace: externalSecretsNamespace,
        },
      ],
    },
    options,
  );
}

interface SyncedSecretArgs {
  readonly secret: SecretDeclaration;
  readonly service: string;
  readonly store: k8s.apiextensions.CustomResource;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Readonly<Record<string, string>>;
}

function createSecret(
  { name, spec, owned }: Scope,
  { secret, service, store, namespace, labels }: SyncedSecretArgs,
): [string, SyncedKey][] {
  const target = kubernetesSecretName(service, secret.name);
  const made = madeVariables(secret, spec.storeLocations);
  const synced = new k8s.apiextensions.CustomResource(
    `${name}-secret-${service}/${secret.name}`,
    {
      apiVersion: api,
      kind: "ExternalSecret",
      metadata: { name: target, namespace, labels, annotations },
      spec: {
        refreshPolicy: "Periodic",
        refreshInterval: spec.refreshInterval,
        secretStoreRef: { kind: "SecretStore", name: service },
        // A secret that is gone from AWS by mistake stays with the pods that need it.
        target: {
          name: target,
          creationPolicy: "Owner",
          deletionPolicy: "Retain",
          ...(made !== undefined && { template: made.template }),
        },
        data: (made?.properties ?? secret.variables).map((property) => ({
          secretKey: property,
          remoteRef: { key: secretName(spec.environment, service, secret.name), property },
        })),
      },
    },
    { parent: owned.parent, dependsOn: [store] },
  );
  // Whoever uses the name comes after the sync.
  const secretNameInCluster = synced.metadata.name;
  return secret.variables.map((variable) => [
    variable,
    { secretName: secretNameInCluster, key: variable },
  ]);
}

interface MadeVariables {
  /** Of the secret in AWS. */
  readonly properties: readonly string[];
  readonly template: object;
}

/**
 * Variables of a store's user: the address comes from here, so that a replicated secret leads to the store of its own region.
 * Undefined for secrets that hold the variables themselves.
 */
function madeVariables(
  { origin, variables }: SecretDeclaration,
  locations: ResolvedSecretsSyncArgs["storeLocations"],
): MadeVariables | undefined {
  if (!isStoreUserOrigin(origin)) return undefined;
  const location = locations[origin];
  if (location === undefined) return undefined;
  const entries = variables.map((variable): [string, pulumi.Input<string>] => [
    variable,
    pulumi
      .output(location.host)
      .apply((host) => storeUserTemplate(origin, variable, { host, port: location.port }) ?? ""),
  ]);
  return {
    properties: storeUserProperties[origin],
    // What the secret holds beside them stays out of the cluster.
    template: { engineVersion: "v2", mergePolicy: "Replace", data: Object.fromEntries(entries) },
  };
}
