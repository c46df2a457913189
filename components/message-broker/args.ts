import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isBetween, repeated } from "../shared/record-workload";
import { type StoreNetwork, storeNetworkProblems } from "../shared/store-network";
import { storePlaceProblems } from "../shared/store-place";
import { instanceProblems } from "./instances";

/** A user of the broker: a service, with the secret that its credentials are kept in. */
export interface BrokerUser {
  /** In Secrets Manager; whoever owns the secret sets it to be rotated by `rotation`. */
  readonly secretName: string;
  /** Queues and exchanges that it makes and deletes, a regular expression. Default: ".*", all. */
  readonly configure?: string;
  /** That it publishes to. Default: ".*". */
  readonly write?: string;
  /** That it consumes from. Default: ".*". */
  readonly read?: string;
}

/** Where the function runs that makes users; it reaches the broker, Secrets Manager and nothing else. */
export interface UserRotationNetwork {
  /** Private, with a way to Secrets Manager. */
  readonly subnetIds: readonly Input<string>[];
  /** Of the interface endpoint of Secrets Manager. Default: none, it goes out by the NAT gateway. */
  readonly endpointSecurityGroupId?: Input<string>;
}

/** The credential with which users are made. The component makes and rotates it; nobody needs to see it. */
export interface BrokerAdministrator {
  /** In Secrets Manager. */
  readonly secretName: string;
  /** Roles that may read it, for the broker's console. At least one. */
  readonly readerArns: readonly Input<string>[];
  /** Roles that may change and delete the secret, and see no value: whoever deploys. At least one. */
  readonly deployerArns: readonly Input<string>[];
}

export interface MessageBrokerArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** In AWS, unique in account and region: at most 50 letters, digits, hyphens and underscores. */
  readonly brokerName: string;
  /**
   * "cluster": three nodes in three zones that hold the same queues. "single": one node; its zone's outage, and every
   * maintenance, stops it. An existing broker cannot change from one to the other. Default: "cluster".
   */
  readonly deployment?: "cluster" | "single";
  /** In a cluster three subnets or more, each in a zone of its own; a single node takes the first. */
  readonly network: StoreNetwork;
  readonly rotationNetwork: UserRotationNetwork;
  /** Such as "mq.m7g.large"; a cluster takes no smaller one. */
  readonly instanceType: string;
  /** By the name of the service. */
  readonly users: Readonly<Record<string, BrokerUser>>;
  readonly administrator: BrokerAdministrator;
  /** Alias of the key of the users' secrets, "alias/…". */
  readonly secretsKeyAlias: string;
  /** Told of memory, disk, load and queues that nobody reads. */
  readonly alarmTopicArn: Input<string>;
  /** In UTC. Default: SUNDAY 10:00. */
  readonly maintenance?: { readonly dayOfWeek: string; readonly timeOfDay: string };
  /** Until a delivered message that nobody acknowledges is delivered again; longer than the longest task. Default: 30. */
  readonly consumerTimeoutMinutes?: number;
  /** Policy that bounds the function's role. Default: none. */
  readonly permissionsBoundaryArn?: Input<string>;
  /** Broker, key and the administrator's secret cannot be deleted. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

const messageBrokerDefaults = {
  deployment: "cluster",
  maintenance: { dayOfWeek: "SUNDAY", timeOfDay: "10:00" },
  consumerTimeoutMinutes: 30,
  protect: true,
  tags: {},
} as const;

type Optional = "permissionsBoundaryArn";

export type MessageBrokerSpec = Required<Omit<MessageBrokerArgs, Optional>> &
  Pick<MessageBrokerArgs, Optional>;

const zonesInCluster = 3;
/** 2^31 - 1 milliseconds. @see https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/configurable-values.html */
const longestConsumerTimeoutMinutes = 35_791;
const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

export function resolveMessageBrokerArgs(name: string, args: MessageBrokerArgs): MessageBrokerSpec {
  const spec = { ...messageBrokerDefaults, ...args };
  const problems = [
    ...storePlaceProblems(spec),
    ...(/^[A-Za-z0-9_-]{1,50}$/.test(spec.brokerName)
      ? []
      : [
          `brokerName: got "${spec.brokerName}", need at most 50 letters, digits, hyphens and underscores`,
        ]),
    ...storeNetworkProblems(spec.network, spec.deployment === "cluster" ? zonesInCluster : 1),
    ...instanceProblems(spec),
    ...userProblems(spec),
    ...administratorProblems(spec),
    ...timeProblems(spec),
  ];
  if (spec.rotationNetwork.subnetIds.length === 0)
    problems.push("rotationNetwork.subnetIds: got none, need a private subnet for the function");
  if (problems.length > 0) throw new ArgsError("MessageBroker", name, problems);
  return spec;
}

function userProblems({ users, administrator, secretsKeyAlias }: MessageBrokerSpec): string[] {
  const entries = Object.entries(users);
  if (entries.length === 0) return ["users: got none, need at least one; nobody else gets in"];
  const names = [administrator.secretName, ...entries.map(([, { secretName }]) => secretName)];
  const problems = repeated(names).map(
    (twice) => `users: got the secret "${twice}" twice, need one for each user`,
  );
  for (const secretName of new Set(names))
    if (!/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(secretName))
      problems.push(`users: got the secret "${secretName}", need the name of a secret`);
  for (const [user, { configure, write, read }] of entries) {
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(user) || user === "guest")
      problems.push(
        `users: got the name "${user}", need lower-case letters, digits and hyphens, and another name than guest, which Amazon MQ deletes`,
      );
    for (const [right, pattern] of Object.entries({ configure, write, read }))
      if (pattern !== undefined && !isExpression(pattern))
        problems.push(`users.${user}.${right}: got "${pattern}", need a regular expression`);
  }
  if (!secretsKeyAlias.startsWith("alias/"))
    problems.push(`secretsKeyAlias: got "${secretsKeyAlias}", need alias/…`);
  return problems;
}

function isExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function administratorProblems({ administrator }: MessageBrokerSpec): string[] {
  return (["readerArns", "deployerArns"] as const).flatMap((list) =>
    administrator[list].length > 0
      ? []
      : [`administrator.${list}: got none, need at least one role; nobody else could`],
  );
}

function timeProblems({ maintenance, consumerTimeoutMinutes }: MessageBrokerSpec): string[] {
  const problems: string[] = [];
  if (!days.includes(maintenance.dayOfWeek))
    problems.push(
      `maintenance.dayOfWeek: got "${maintenance.dayOfWeek}", need one of ${days.join(", ")}`,
    );
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(maintenance.timeOfDay))
    problems.push(
      `maintenance.timeOfDay: got "${maintenance.timeOfDay}", need a time such as 10:00`,
    );
  if (!isBetween(consumerTimeoutMinutes, 1, longestConsumerTimeoutMinutes))
    problems.push(
      `consumerTimeoutMinutes: got ${consumerTimeoutMinutes}, need 1 to ${longestConsumerTimeoutMinutes}`,
    );
  return problems;
}
