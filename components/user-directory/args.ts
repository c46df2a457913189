import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isDnsLabel, isHostName } from "../shared/kubernetes-names";
import { repeated } from "../shared/record-workload";

/** Address of the sign-in pages. */
export type SignInDomain =
  /** `PREFIX.auth.REGION.amazoncognito.com` */
  | { readonly prefix: string }
  /** A domain of one's own; its certificate must be in us-east-1, whatever the region of the pool. */
  | { readonly domain: string; readonly certificateArn: Input<string> };

/** From whom invitations and codes come. */
export interface SenderIdentity {
  /** An identity verified in Amazon SES. */
  readonly sourceArn: Input<string>;
  /** Such as "Auterity <no-reply@platform.example>". */
  readonly from: string;
}

/** An application beside the first that signs people in on the hosted pages; it keeps no secret either. */
export interface HostedApplication {
  /** By https, or `http://localhost:PORT/…` for what is reached through a port that is forwarded. At least one. */
  readonly callbackUrls: readonly string[];
  /** Default: []. */
  readonly logoutUrls?: readonly string[];
}

export interface UserDirectoryArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Name of the pool in AWS, by which people look for it; an imported pool keeps its own. */
  readonly poolName: string;
  /** Name of the application that signs people in. Default: "auterity-web". */
  readonly clientName?: string;
  /** Where people are sent back to after they signed in on the hosted pages, by https. Default: [], no hosted sign-in. */
  readonly callbackUrls?: readonly string[];
  /** Where they may be sent after they signed out. Default: []. */
  readonly logoutUrls?: readonly string[];
  /** Others that sign people in, by name. They need `signInDomain`. Default: {}. */
  readonly applications?: Readonly<Record<string, HostedApplication>>;
  /** Groups that applications tell people apart by, with what a member may do. Default: {}. */
  readonly groups?: Readonly<Record<string, string>>;
  /** Default: no hosted pages. */
  readonly signInDomain?: SignInDomain;
  /** A second factor from an authenticator application: for whoever turns it on, or for all. Default: "optional". */
  readonly totp?: "optional" | "required";
  /** 12 or more. Default: 12. */
  readonly passwordLength?: number;
  /** Default: Cognito's own address, for at most 50 messages a day. */
  readonly sender?: SenderIdentity;
  /** Regional firewall in front of the pool; whether there is one is plain, its ARN may be known later. Default: none. */
  readonly webAclArn?: Input<string>;
  /** Of the records of sign-ins and their risk. Default: 365. */
  readonly logRetentionDays?: number;
  /** The pool refuses to be deleted, in AWS and in Pulumi. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export const userDirectoryDefaults = {
  clientName: "auterity-web",
  callbackUrls: [],
  logoutUrls: [],
  applications: {},
  groups: {},
  totp: "optional",
  passwordLength: 12,
  logRetentionDays: 365,
  protect: true,
  tags: {},
} as const;

export type ResolvedUserDirectoryArgs = UserDirectoryArgs &
  Required<Pick<UserDirectoryArgs, keyof typeof userDirectoryDefaults>>;

export function resolveUserDirectoryArgs(
  name: string,
  args: UserDirectoryArgs,
): ResolvedUserDirectoryArgs {
  const spec = { ...userDirectoryDefaults, ...args };
  const problems = [
    ...placeProblems(spec),
    ...poolProblems(spec),
    ...urlProblems("callbackUrls", spec.callbackUrls),
    ...urlProblems("logoutUrls", spec.logoutUrls),
    ...applicationProblems(spec),
    ...signInProblems(spec),
  ];
  if (problems.length > 0) throw new ArgsError("UserDirectory", name, problems);
  return spec;
}

function placeProblems({ region, accountId }: ResolvedUserDirectoryArgs): string[] {
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits, or unassigned`);
  return problems;
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
const poolNameShape = /^[\w\s+=,.@-]{1,128}$/;
/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html */
const longestPassword = 99;
const shortestPassword = 12;
/** What CloudWatch Logs accepts. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

function poolProblems(spec: ResolvedUserDirectoryArgs): string[] {
  const { poolName, clientName, passwordLength, logRetentionDays, sender } = spec;
  const problems: string[] = [];
  for (const [path, value] of Object.entries({ poolName, clientName }))
    if (!poolNameShape.test(value))
      problems.push(`${path}: got "${value}", need 1 to 128 letters, digits, spaces and +=,.@-_`);
  if (
    !Number.isInteger(passwordLength) ||
    passwordLength < shortestPassword ||
    passwordLength > longestPassword
  )
    problems.push(
      `passwordLength: got ${passwordLength}, need ${shortestPassword} to ${longestPassword}`,
    );
  if (!retentionDays.includes(logRetentionDays))
    problems.push(
      `logRetentionDays: got ${logRetentionDays}, need one of ${retentionDays.join(", ")}`,
    );
  if (sender !== undefined && !/^[^<>@]*<?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?$/.test(sender.from))
    problems.push(
      `sender.from: got "${sender.from}", need an address such as "Auterity <no-reply@platform.example>"`,
    );
  return problems;
}

function urlProblems(path: string, urls: readonly string[]): string[] {
  const problems = urls
    .filter((url) => !isReturnAddress(url))
    .map((url) => `${path}: got "${url}", need an https address without a fragment`);
  for (const twice of repeated(urls))
    problems.push(`${path}: got "${twice}" twice, need each once`);
  return problems;
}

const ownMachine = /^http:\/\/localhost:\d+\//;

function applicationProblems({ applications, groups }: ResolvedUserDirectoryArgs): string[] {
  const problems = Object.entries(applications).flatMap(([name, application]) => {
    const path = `applications.${name}`;
    const { callbackUrls, logoutUrls = [] } = application;
    const overNetwork = (urls: readonly string[]) => urls.filter((url) => !ownMachine.test(url));
    return [
      ...(isDnsLabel(name) ? [] : [`applications: got "${name}", need a DNS label`]),
      ...(callbackUrls.length === 0 ? [`${path}.callbackUrls: got none, need at least one`] : []),
      ...urlProblems(`${path}.callbackUrls`, overNetwork(callbackUrls)),
      ...urlProblems(`${path}.logoutUrls`, overNetwork(logoutUrls)),
    ];
  });
  for (const group of Object.keys(groups))
    if (!/^[\w-]{1,128}$/.test(group))
      problems.push(`groups: got "${group}", need letters, digits, _ and -`);
  return problems;
}

/** Tokens travel there: nothing but TLS will do, and no wildcard exists. */
function isReturnAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hash, username, hostname } = new URL(url);
  return protocol === "https:" && hash === "" && username === "" && isHostName(hostname);
}

function signInProblems(spec: ResolvedUserDirectoryArgs): string[] {
  const { callbackUrls, logoutUrls, signInDomain, applications } = spec;
  const problems: string[] = [];
  const others = Object.keys(applications).length;
  if (others > 0 && signInDomain === undefined)
    problems.push("signInDomain: got none, need one for the sign-in of applications");
  if (callbackUrls.length > 0 && signInDomain === undefined)
    problems.push("signInDomain: got none, need one for the sign-in that callbackUrls return from");
  if (callbackUrls.length === 0 && signInDomain !== undefined && others === 0)
    problems.push("callbackUrls: got none, need at least one for the pages at signInDomain");
  if (callbackUrls.length === 0 && logoutUrls.length > 0)
    problems.push("logoutUrls: got some and no callbackUrls, need both or neither");
  if (signInDomain === undefined) return problems;
  if ("domain" in signInDomain) {
    if (!isHostName(signInDomain.domain))
      problems.push(`signInDomain.domain: got "${signInDomain.domain}", need a DNS name`);
  } else if (!isPrefix(signInDomain.prefix))
    problems.push(
      `signInDomain.prefix: got "${signInDomain.prefix}", need a DNS label without "aws", "amazon" or "cognito"`,
    );
  return problems;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
function isPrefix(prefix: string): boolean {
  return isDnsLabel(prefix) && !/aws|amazon|cognito/.test(prefix);
}
