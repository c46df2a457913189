import { ArgsError } from "../shared/args-error";

export interface CostExportArgs {
  /** Where bucket and queries are; exports themselves live in us-east-1. */
  readonly region: string;
  /** 12 digits, or "unassigned" in a plan without an account. Its own costs are exported: of all accounts only where it pays. */
  readonly accountId: string;
  /** Days that the export is kept. Default: 400, a year and the month to compare with. */
  readonly retentionDays?: number;
  /** Most that one query may read, in bytes; Athena is paid by it. Default: 10 GiB. */
  readonly scanLimitBytes?: number;
  /** Default: true. */
  readonly protect?: boolean;
  /** Default: {}. */
  readonly tags?: Readonly<Record<string, string>>;
}

export const costExportDefaults = {
  retentionDays: 400,
  scanLimitBytes: 10 * 1024 ** 3,
  protect: true,
  tags: {},
} as const;

export type CostExportSpec = Required<CostExportArgs>;

/** Athena's least. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html */
const leastScanLimit = 10_000_000;
/** Names of Athena databases are made of it: plain, and short enough for the bucket. */
const longestName = 40;

export function resolveCostExportArgs(name: string, args: CostExportArgs): CostExportSpec {
  const spec: CostExportSpec = { ...costExportDefaults, ...args };
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    problems.push(
      `name: got "${name}", need at most ${longestName} lower-case letters, digits and hyphens, a letter first`,
    );
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(spec.region))
    problems.push(`region: got "${spec.region}", need an AWS region`);
  if (!/^(\d{12}|unassigned)$/.test(spec.accountId))
    problems.push(`accountId: got "${spec.accountId}", need 12 digits, or unassigned`);
  if (!Number.isInteger(spec.retentionDays) || spec.retentionDays < 32)
    problems.push(
      `retentionDays: got ${spec.retentionDays}, need whole days, at least 32: a month is written until it ends`,
    );
  if (!Number.isInteger(spec.scanLimitBytes) || spec.scanLimitBytes < leastScanLimit)
    problems.push(`scanLimitBytes: got ${spec.scanLimitBytes}, need at least ${leastScanLimit}`);
  if (problems.length > 0) throw new ArgsError("CostExport", name, problems);
  return spec;
}
