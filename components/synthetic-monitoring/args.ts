import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { storePlaceProblems } from "../shared/store-place";
import { type WorkingWeek, workingWeekProblems } from "../shared/working-week";
import { canaryProblems } from "./problems";

/** One request, and what its answer has to be; no redirect is followed. */
export interface CanaryStep {
  readonly name: string;
  /** Default: "GET". */
  readonly method?: "GET" | "POST";
  /** Without a credential: it stands in the canary's environment. */
  readonly url: string;
  readonly expectedStatus: number;
  /** Part of the body. Default: any body will do. */
  readonly expectedText?: string;
  /** Where a redirect has to lead. Default: nothing is said of that. */
  readonly redirectsTo?: string;
  /** An answer that takes longer fails. Default: 10000. */
  readonly slowAfterMilliseconds?: number;
  /** Days for which the certificate must still be good. Default: nothing but that it is valid now. */
  readonly leastCertificateDays?: number;
  /** JSON that is sent. Default: none. */
  readonly body?: string;
  /** With a token of the user pool (`signIn`). Default: false. */
  readonly signedIn?: boolean;
}

export interface Canary {
  /** All have to hold, one after the other. */
  readonly steps: readonly CanaryStep[];
  /** Runs in `network`, for addresses that nobody reaches from the internet. Default: false. */
  readonly internal?: boolean;
  /** A run that takes longer on average is told of: milliseconds, with the start of the function. Default: 5000. */
  readonly slowRunMilliseconds?: number;
}

/** The canaries' own user in a user pool; a client of the pool must allow USER_PASSWORD_AUTH, and no second factor be asked. */
export interface CanaryUser {
  /** Such as https://cognito-idp.us-west-2.amazonaws.com/ */
  readonly endpoint: string;
  readonly clientId: string;
  /** Of a JSON object with "username" and "password", and its key. */
  readonly secretArn: Input<string>;
  readonly secretKeyArn: Input<string>;
}

export interface SyntheticMonitoringArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** By name, a DNS label; how many there are is plain. A run costs USD 0.0012 (https://aws.amazon.com/cloudwatch/pricing/). */
  readonly canaries: Readonly<Record<string, Canary>>;
  /** Minutes between two runs, 1 to 60. */
  readonly everyMinutes: number;
  /** Takes code (`code/`) and what runs leave (`canaries/NAME/`); encrypted, with versions; it forgets by itself. */
  readonly bucket: {
    readonly name: Input<string>;
    readonly arn: Input<string>;
    readonly keyArn: Input<string>;
  };
  /** Days that runs and their logs are remembered: one of those that CloudWatch Logs takes, up to 455. */
  readonly retentionDays: number;
  /** Of the canaries that are internal. Default: none. */
  readonly network?: {
    readonly vpcId: Input<string>;
    readonly subnetIds: Input<Input<string>[]>;
    readonly securityGroupIds: Input<Input<string>[]>;
  };
  /** Needed by steps that are signed in. Default: none. */
  readonly signIn?: CanaryUser;
  /**
   * Runs while people work, where services rest at night: from half an hour after the beginning, so that they are up. Nobody
   * is told then that a canary does not run. Default: it always runs.
   */
  readonly workingWeek?: WorkingWeek;
  readonly alarmTopicArn: Input<string>;
  /** Policy that bounds the roles. */
  readonly permissionsBoundaryArn: Input<string>;
  /** The key cannot be deleted. Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

type Optional = "network" | "signIn" | "workingWeek";

export type SyntheticMonitoringSpec = Required<Omit<SyntheticMonitoringArgs, Optional>> &
  Pick<SyntheticMonitoringArgs, Optional>;

export const syntheticMonitoringDefaults = { protect: true, tags: {} } as const;
export const canaryDefaults = { slowAfterMilliseconds: 10_000, slowRunMilliseconds: 5000 } as const;

export function resolveSyntheticMonitoringArgs(
  name: string,
  args: SyntheticMonitoringArgs,
): SyntheticMonitoringSpec {
  const spec = { ...syntheticMonitoringDefaults, ...args };
  const problems = [
    ...storePlaceProblems(spec),
    ...canaryProblems(name, spec),
    ...workingWeekProblems("workingWeek", spec.workingWeek ?? {}),
  ];
  if (problems.length > 0) throw new ArgsError("SyntheticMonitoring", name, problems);
  return spec;
}
