import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import type { ControllerVersion } from "../shared/controller-chart";
import type { ClusterNetwork } from "../shared/controller-network-policies";
import type { ServiceRecord } from "../shared/service-record";
import type { StoreUserOrigin } from "../shared/store-user-values";
import { defaultRefreshInterval } from "./alerts";
import { secretsSyncProblems } from "./problems";

/** What a service declares, and whose it is. */
export type SecretOwner = Pick<ServiceRecord, "name" | "product" | "team" | "secrets">;

/** Origins that functions rotate which are deployed beside the stores. */
export type StoreOrigin = StoreUserOrigin;

export interface StoreRotation {
  readonly functionArn: Input<string>;
  /** Its execution role, which must get at the secrets. */
  readonly roleArn: Input<string>;
  /** Role of what makes the users, and writes the first value of their secrets. Default: none, somebody else does. */
  readonly makerRoleArn?: Input<string>;
  /** True if the function fills a secret that nobody has filled: then it rotates at once. Default: false. */
  readonly fillsFirst?: boolean;
  /** Role of what makes the same users in the region of the replicas; it reads and does not write. Default: none. */
  readonly replicaMakerRoleArn?: Input<string>;
}

/** Where a store answers in this region, as the URLs of its users name it. */
export interface StoreLocation {
  /** Without port. */
  readonly host: Input<string>;
  readonly port: number;
}

/** Where the rotation runs; its security group lets it reach Secrets Manager and nothing else. */
export interface RotationNetwork {
  readonly vpcId: Input<string>;
  /** Without an endpoint: subnets with a way out. */
  readonly subnetIds: Input<Input<string>[]>;
  /**
   * Of the interface endpoint of Secrets Manager, which lets the network in by itself. Default: none, HTTPS to any address
   * over the subnets' NAT, since AWS publishes no list of the addresses of Secrets Manager.
   */
  readonly endpointSecurityGroupId?: Input<string>;
}

/** Key of a Kubernetes Secret in the namespace of a service, as `PlatformService` takes it. */
export interface SyncedKey {
  readonly secretName: Input<string>;
  readonly key: string;
}

export interface SecretsSyncArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Second part of every secret's path, `auterity/ENVIRONMENT/…`: with `replicated`, that of the environment that owns them. */
  readonly environment: string;
  /** "own" creates the secrets; "replicated" syncs replicas which another environment has put into this region. */
  readonly source: "own" | "replicated";
  /** The services, or of each what it declares. */
  readonly records: readonly SecretOwner[];
  /** Namespaces by product; they exist. */
  readonly namespaces: Readonly<Record<string, Input<string>>>;
  readonly network: ClusterNetwork;
  /** Of the cluster's service account tokens, without "https://". */
  readonly oidcIssuer: Input<string>;
  readonly versions: {
    readonly externalSecrets: ControllerVersion;
    readonly reloader: ControllerVersion;
  };
  /**
   * Roles that may read and write values beside reader and rotation; `*` stands for any characters, as single sign-on adds
   * some. Needed for "own", since nobody could fill a secret without them, and refused otherwise. Default: [].
   */
  readonly administratorArns?: readonly Input<string>[];
  /**
   * Roles that may change, rotate and delete secrets, and see no value: whoever deploys, else the next deployment is refused.
   * Needed for "own", and refused otherwise. Default: [].
   */
  readonly deployerArns?: readonly Input<string>[];
  /** Told when a rotation fails, and when a key that is issued outside is overdue. Needed for "own". Default: none. */
  readonly alarmTopicArn?: Input<string>;
  /** Every secret is copied here, under a key of its own. Default: no copies. */
  readonly replicaRegion?: string;
  /** Days in which a deleted secret can be restored, 7 to 30. Default: 30. */
  readonly recoveryWindowDays?: number;
  /** Network of the rotation. Default: none, it reaches Secrets Manager over the internet. */
  readonly vpc?: RotationNetwork;
  /** Rotates users of stores, in the form of value that these functions ask for. Default: {}, their users stay. */
  readonly storeRotations?: Readonly<Partial<Record<StoreOrigin, StoreRotation>>>;
  /**
   * Variables of these origins are made out of user name and password of the secret, and of the address given here. Default:
   * {}, each variable is a property of the secret as with other origins.
   */
  readonly storeLocations?: Readonly<Partial<Record<StoreOrigin, StoreLocation>>>;
  /** How often the cluster looks for new values, as Go writes durations: "15m", "1h". Default: "15m". */
  readonly refreshInterval?: string;
  /** Policy that bounds all roles. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Secrets and keys refuse to be deleted. Default: true. */
  readonly protect?: boolean;
  /** Of everything in AWS. Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

const secretsSyncDefaults = {
  administratorArns: [],
  deployerArns: [],
  recoveryWindowDays: 30,
  storeRotations: {},
  storeLocations: {},
  refreshInterval: defaultRefreshInterval,
  protect: true,
  tags: {},
} as const;

type Optional = "alarmTopicArn" | "replicaRegion" | "vpc" | "permissionsBoundaryArn";

export type ResolvedSecretsSyncArgs = Required<Omit<SecretsSyncArgs, Optional>> &
  Pick<SecretsSyncArgs, Optional>;

export function resolveSecretsSyncArgs(
  name: string,
  args: SecretsSyncArgs,
): ResolvedSecretsSyncArgs {
  const spec = { ...secretsSyncDefaults, ...args };
  const problems = secretsSyncProblems(name, spec);
  if (problems.length > 0) throw new ArgsError("SecretsSync", name, problems);
  return spec;
}
