import type { Input } from "@pulumi/pulumi";
import { ArgsError } from "../shared/args-error";
import { isDnsLabel, isHostName } from "../shared/kubernetes-names";
import { repeated } from "../shared/record-workload";

/** A public host, one label below the domain. */
export interface FailoverHost {
  readonly subdomain: string;
  /** Answers 2xx or 3xx to whoever asks without signing in, as long as the service can work. */
  readonly healthPath: string;
  /** Whether a region that cannot serve it is no place to be. */
  readonly critical: boolean;
}

export interface DnsFailoverArgs {
  /** Of the hosts. */
  readonly domain: string;
  /** Zone of the domain in Route 53. */
  readonly hostedZoneId: Input<string>;
  readonly hosts: readonly FailoverHost[];
  /** "primary": where people are sent as long as anything critical answers; "secondary": where they go else. */
  readonly record: "primary" | "secondary";
  /** Of this region in names: its hosts are reached as SUBDOMAIN-LABEL.DOMAIN too, whoever has the traffic. */
  readonly label: string;
  /** DNS name of the load balancer here. Default: none, there is none yet: nobody is sent here. */
  readonly targetHostname?: Input<string | undefined>;
  /**
   * False: nobody is sent here, whatever is healthy. Of a secondary, until its database takes writes; of a primary, from then
   * until somebody moves back: it would get its people back as soon as it answers, with a database that refuses writes.
   */
  readonly admitsTraffic: boolean;
  /** Seconds that resolvers keep an answer, 1 to 300. Default: 60. */
  readonly ttlSeconds?: number;
  /** In us-east-1, where health checks are measured: told when a region that has traffic is unhealthy. */
  readonly alarmTopicArn: Input<string>;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export const dnsFailoverDefaults = { ttlSeconds: 60, tags: {} } as const;

export type DnsFailoverSpec = DnsFailoverArgs &
  Required<Pick<DnsFailoverArgs, keyof typeof dnsFailoverDefaults>>;

/** A resolver that keeps an answer for longer sends people to what is gone. */
const longestTtlSeconds = 300;
const longestName = 40;

export function resolveDnsFailoverArgs(name: string, args: DnsFailoverArgs): DnsFailoverSpec {
  const spec = { ...dnsFailoverDefaults, ...args };
  const problems = [...nameProblems(name, spec), ...hostProblems(spec), ...trafficProblems(spec)];
  if (problems.length > 0) throw new ArgsError("DnsFailover", name, problems);
  return spec;
}

function nameProblems(name: string, { domain, label, record }: DnsFailoverSpec): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and hyphens, a letter first`,
    );
  if (!isHostName(domain))
    problems.push(`domain: got "${domain}", need a DNS name such as "platform.example.com"`);
  if (!isDnsLabel(label)) problems.push(`label: got "${label}", need a DNS label such as prod`);
  // Callers in JavaScript.
  if (!["primary", "secondary"].includes(record))
    problems.push(`record: got "${record}", need primary or secondary`);
  return problems;
}

function hostProblems({ hosts, label }: DnsFailoverSpec): string[] {
  const problems: string[] = [];
  if (!hosts.some(({ critical }) => critical))
    problems.push("hosts: got none that is critical, need one by which a region is judged");
  for (const twice of repeated(hosts.map(({ subdomain }) => subdomain)))
    problems.push(`hosts: got "${twice}" twice, need each once`);
  for (const { subdomain, healthPath } of hosts) {
    if (!isDnsLabel(`${subdomain}-${label}`))
      problems.push(`hosts.${subdomain}: got "${subdomain}-${label}", need a DNS label`);
    if (!healthPath.startsWith("/"))
      problems.push(`hosts.${subdomain}.healthPath: got "${healthPath}", need a path such as /`);
  }
  return problems;
}

function trafficProblems(spec: DnsFailoverSpec): string[] {
  const { ttlSeconds, admitsTraffic, targetHostname } = spec;
  const problems: string[] = [];
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > longestTtlSeconds)
    problems.push(`ttlSeconds: got ${ttlSeconds}, need 1 to ${longestTtlSeconds}`);
  if (admitsTraffic && targetHostname === undefined)
    problems.push("admitsTraffic: got true without targetHostname, need false: it serves nobody");
  return problems;
}
