/** What every store is told of where it stands. */
interface StorePlace {
  readonly region: string;
  readonly accountId: string;
}

export function storePlaceProblems({ region, accountId }: StorePlace): string[] {
  const problems: string[] = [];
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    problems.push(`region: got "${region}", need a region such as us-west-2`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits or "unassigned"`);
  return problems;
}

/** The numbers that CloudWatch Logs takes. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

export function logRetentionProblems(logRetentionDays: number): string[] {
  return logRetentions.includes(logRetentionDays)
    ? []
    : [`logRetentionDays: got ${logRetentionDays}, need one of ${logRetentions.join(", ")}`];
}

const days = "(sun|mon|tue|wed|thu|fri|sat)";
const time = "([01]\\d|2[0-3]):[0-5]\\d";

/** "sun:09:00-sun:10:00", in UTC. */
export function weeklyWindowProblems(path: string, window: string): string[] {
  return new RegExp(`^${days}:${time}-${days}:${time}$`).test(window)
    ? []
    : [`${path}: got "${window}", need a weekly window in UTC such as sun:09:00-sun:10:00`];
}

/** "07:00-08:00", in UTC. */
export function dailyWindowProblems(path: string, window: string): string[] {
  return new RegExp(`^${time}-${time}$`).test(window)
    ? []
    : [`${path}: got "${window}", need a daily window in UTC such as 07:00-08:00`];
}
