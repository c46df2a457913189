import { ArgsError } from "../shared/args-error";
import { repeated } from "../shared/record-workload";

export interface AlarmTopicArgs {
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. */
  readonly accountId: string;
  /** Mail addresses that are told; each has to confirm once. Default: []. */
  readonly emailAddresses?: readonly string[];
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export type ResolvedAlarmTopicArgs = Required<AlarmTopicArgs>;

export function resolveAlarmTopicArgs(name: string, args: AlarmTopicArgs): ResolvedAlarmTopicArgs {
  const spec = { emailAddresses: [], tags: {}, ...args };
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(spec.region))
    problems.push(`region: got "${spec.region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(spec.accountId))
    problems.push(`accountId: got "${spec.accountId}", need 12 digits, or unassigned`);
  for (const address of spec.emailAddresses) {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
      problems.push(`emailAddresses: got "${address}", need a mail address`);
  }
  for (const twice of repeated(spec.emailAddresses))
    problems.push(`emailAddresses: got "${twice}" twice, need each once`);
  if (problems.length > 0) throw new ArgsError("AlarmTopic", name, problems);
  return spec;
}
