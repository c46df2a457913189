import type * as aws from "@pulumi/aws";
import type { DataClass } from "../shared/service-record";

/** Ages, in days, at which objects of a folder are moved and deleted; what is left out does not happen. */
export interface FolderLifecycle {
  /** Since it was written: to Standard-IA. 30 or more, S3's own least. */
  readonly infrequentAccessDays?: number;
  /** To Glacier Instant Retrieval, 30 days or more after Standard-IA. */
  readonly archiveDays?: number;
  /** Until it is deleted; its last version then counts as replaced. */
  readonly expireDays?: number;
  /** Since it was replaced or deleted: until that version is gone for good. */
  readonly replacedDays: number;
}

/**
 * By the class of what a folder holds. Nothing vital is ever deleted for its age: a model that nobody has loaded for a year
 * is still the only one. What can be made again goes after a year. Replaced versions of both do.
 */
const lifecycles: Readonly<Record<Exclude<DataClass, "none">, FolderLifecycle>> = {
  vital: { infrequentAccessDays: 30, archiveDays: 90, replacedDays: 365 },
  reproducible: { infrequentAccessDays: 30, archiveDays: 90, expireDays: 365, replacedDays: 365 },
};

export type Folder = keyof typeof lifecycles | FolderLifecycle;

function lifecycleOf(folder: Folder): FolderLifecycle {
  return typeof folder === "string" ? lifecycles[folder] : folder;
}

type Rule = aws.types.input.s3.BucketLifecycleConfigurationRule;

/**
 * Glacier Instant Retrieval, because an archived object must still open at once: a service that loads a model cannot wait
 * the minutes to hours of the other Glacier classes.
 */
const archive = "GLACIER_IR";
const infrequentAccess = "STANDARD_IA";
/** An upload in parts that nobody has finished by then is paid for and read by nobody. */
const abortUploadDays = 7;

/** A rule for each folder, and one for the whole bucket that touches no object. */
export function lifecycleRules(folders: Readonly<Record<string, Folder>>): Rule[] {
  return [
    {
      id: "clean",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: abortUploadDays },
      // Marks of deletion without any version behind them, which slow every listing down.
      expiration: { expiredObjectDeleteMarker: true },
    },
    ...Object.entries(folders).map(([prefix, folder]) => folderRule(prefix, lifecycleOf(folder))),
  ];
}

function folderRule(prefix: string, lifecycle: FolderLifecycle): Rule {
  const { expireDays, replacedDays } = lifecycle;
  const moves = [
    { days: lifecycle.infrequentAccessDays, storageClass: infrequentAccess },
    { days: lifecycle.archiveDays, storageClass: archive },
  ].flatMap(({ days, storageClass }) => (days === undefined ? [] : [{ days, storageClass }]));
  return {
    id: `folder ${prefix === "" ? "(all)" : prefix}`,
    status: "Enabled",
    filter: { prefix },
    transitions: moves,
    ...(expireDays !== undefined && { expiration: { days: expireDays } }),
    noncurrentVersionTransitions: moves
      .filter(({ days }) => days < replacedDays)
      .map(({ days, storageClass }) => ({ noncurrentDays: days, storageClass })),
    noncurrentVersionExpiration: { noncurrentDays: replacedDays },
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const leastInfrequentAccessDays = 30;
const leastBetweenDays = 30;

export function folderProblems(folders: Readonly<Record<string, Folder>>): string[] {
  const prefixes = Object.keys(folders);
  if (prefixes.length === 0)
    return ['folders: got none, need at least one; "" stands for the whole bucket'];
  return prefixes.flatMap((prefix) => [
    ...prefixProblems(prefix, prefixes),
    ...lifecycleProblems(`folders.${prefix}`, lifecycleOf(folders[prefix] ?? "vital")),
  ]);
}

/** S3 applies every rule that matches, so a shorter one of an outer folder would delete what an inner one keeps. */
function prefixProblems(prefix: string, prefixes: readonly string[]): string[] {
  const problems: string[] = [];
  if (prefix !== "" && !/^([A-Za-z0-9!_.*'()-]+\/)+$/.test(prefix))
    problems.push(`folders: got "${prefix}", need a path that ends with /, such as models/`);
  const outer = prefixes.find((other) => other !== prefix && prefix.startsWith(other));
  if (outer !== undefined)
    problems.push(
      `folders: got "${prefix}" inside "${outer}", need folders apart; both lifecycles would hold in it`,
    );
  return problems;
}

interface Limit {
  readonly setting: string;
  readonly days: number | undefined;
  readonly least: number;
  readonly why: string;
}

function lifecycleProblems(path: string, lifecycle: FolderLifecycle): string[] {
  const { infrequentAccessDays, archiveDays, expireDays, replacedDays } = lifecycle;
  const limits: readonly Limit[] = [
    {
      setting: "infrequentAccessDays",
      days: infrequentAccessDays,
      least: leastInfrequentAccessDays,
      why: "S3 moves nothing there before",
    },
    {
      setting: "archiveDays",
      days: archiveDays,
      least: infrequentAccessDays === undefined ? 1 : infrequentAccessDays + leastBetweenDays,
      why: "Standard-IA keeps it for 30 days",
    },
    {
      setting: "expireDays",
      days: expireDays,
      least: Math.max(infrequentAccessDays ?? 0, archiveDays ?? 0) + 1,
      why: "it is moved before",
    },
    {
      setting: "replacedDays",
      days: replacedDays,
      least: 1,
      why: "a version is there to be taken back",
    },
  ];
  return limits.flatMap(({ setting, days, least, why }) =>
    days === undefined || (Number.isInteger(days) && days >= least)
      ? []
      : [`${path}.${setting}: got ${days}, need ${least} days or more; ${why}`],
  );
}
