import type { Route53Client } from "@aws-sdk/client-route-53";
import type { Clouds } from "./checks";
import { clusterOf, failOver, globalOf, switchOver } from "./database";
import { openRegion, regionCheck } from "./names";
import { RecoveryError } from "./recovery-error";
import type { Place, Sides } from "./sides";
import { policyArguments } from "./stack-state";
import { handOver, isHandedOver } from "./store-users";

export interface StepContext {
  readonly sides: Sides;
  readonly clouds: Clouds;
  readonly names: Route53Client;
  /** Nothing may be lost: both regions work, and agree before they change. */
  readonly planned: boolean;
  /** Runs a command to its end; false if it failed. */
  readonly run: (command: readonly string[]) => Promise<boolean>;
  /** HTTP status of an address; undefined if nobody answers. */
  readonly statusOf: (url: string) => Promise<number | undefined>;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

export interface Step {
  readonly id: string;
  readonly title: string;
  /** What a person would type; printed in any case. */
  readonly commands: (context: StepContext) => readonly string[];
  /** Asked before: what is done is not done again. Undefined: only the journal knows. */
  readonly isDone?: (context: StepContext) => Promise<boolean | undefined>;
  readonly act: (context: StepContext) => Promise<void>;
  /** Runs on while the next ones do; what it ends with is waited for at the end. */
  readonly beside?: true;
}

const pauseMilliseconds = 10_000;
/** An instance takes up to 20 minutes to be made, a cluster of brokers more: tools/recovery/durations.ts. */
const longestWaitMinutes = 40;

/** @throws RecoveryError when it does not come true. */
async function until(
  context: StepContext,
  what: string,
  holds: () => Promise<boolean>,
): Promise<void> {
  const turns = (longestWaitMinutes * 60_000) / pauseMilliseconds;
  for (let turn = 0; turn < turns; turn += 1) {
    if (await holds()) return;
    if (turn === 0) context.say(`waiting until ${what}`);
    await context.wait(pauseMilliseconds);
  }
  throw new RecoveryError("gave up", [
    `${what}: not after ${longestWaitMinutes} minutes; run it again to go on`,
  ]);
}

function traffic(id: string, side: "home" | "standby", open: boolean): Step {
  const isIt = async ({ names, sides }: StepContext): Promise<boolean | undefined> => {
    if (!sides.hasDns) return undefined;
    return (await regionCheck(names, sides[side]))?.open === open;
  };
  return {
    id,
    title: open ? `people are sent to the ${side} region` : `nobody is sent to the ${side} region`,
    commands: ({ sides }) =>
      sides.hasDns
        ? [
            `aws route53 update-health-check --health-check-id ID_OF_${sides[side].prefix}-dns ${open ? "--no-disabled --no-inverted" : "--disabled --inverted"}`,
          ]
        : [
            `# by hand: records of the public hosts ${open ? "to" : "away from"} the load balancer ${sides[side].prefix}`,
          ],
    isDone: isIt,
    act: async ({ names, sides }) => {
      if (!sides.hasDns) throw byHand(id);
      const check = await regionCheck(names, sides[side]);
      if (check === undefined)
        throw new RecoveryError("the region has no health check", [
          `${sides[side].prefix}-dns: none with this name; deploy ${sides[side].name} first`,
        ]);
      await openRegion(names, check, open);
    },
  };
}

function byHand(id: string): RecoveryError {
  return new RecoveryError("a person has to do this", [
    `do what stands above, then run this again with --did ${id}`,
  ]);
}

const pulumi = (...args: string[]): string[] => ["npx", "pulumi", ...args];

function upCommands({ name }: Place, mode?: string): string[][] {
  return [
    ...(mode === undefined
      ? []
      : [pulumi("config", "set", "--stack", name, "--path", "auterity:recovery.mode", mode)]),
    pulumi("up", "--stack", name, "--yes", "--skip-preview", ...policyArguments(name)),
  ];
}

async function runAll({ run }: StepContext, commands: readonly string[][]): Promise<void> {
  for (const command of commands)
    if (!(await run(command)))
      throw new RecoveryError("a command failed", [
        `${command.join(" ")}: see above; run it again to go on`,
      ]);
}

function build(side: "home" | "standby", mode?: string): Step {
  const commands = ({ sides }: StepContext) => upCommands(sides[side], mode);
  return {
    id: `build-${side}`,
    title: `what is missing in the ${side} region is made`,
    commands: (context) => commands(context).map((command) => command.join(" ")),
    act: (context) => runAll(context, commands(context)),
    ...(side === "standby" && mode === "full" && { beside: true as const }),
  };
}

/** Until it follows the target, writes that arrive at the other are lost or refused; AWS fences what it can reach. */
function promote(to: "home" | "standby"): Step {
  return {
    id: `promote-${to}`,
    title: `the database takes writes in the ${to} region`,
    commands: ({ sides, planned }) => [
      `aws rds ${planned ? "switchover" : "failover"}-global-cluster --region ${sides[to].region} --global-cluster-identifier ${sides.home.prefix} ` +
        `--target-db-cluster-identifier arn:aws:rds:${sides[to].region}:${sides.accountId ?? "ACCOUNT"}:cluster:${sides[to].prefix}` +
        (planned ? "" : " --allow-data-loss"),
    ],
    isDone: async ({ sides, clouds }) => {
      const [cluster, global] = [
        await clusterOf(clouds[to], sides[to]),
        await globalOf(clouds[to], sides.home.prefix),
      ];
      return (
        cluster?.writable === true &&
        global?.writerArn === cluster.arn &&
        global.status === "available"
      );
    },
    act: async (context) => {
      const { sides, clouds, planned } = context;
      const instances = async () => ((await clusterOf(clouds[to], sides[to]))?.instances ?? 0) > 0;
      await until(context, `${sides[to].prefix} has an instance`, instances);
      const [cluster, global] = [
        await clusterOf(clouds[to], sides[to]),
        await globalOf(clouds[to], sides.home.prefix),
      ];
      // What was begun before an interruption goes on by itself.
      if (global?.writerArn !== cluster?.arn && global?.status === "available")
        await (planned ? switchOver : failOver)(clouds[to], sides.home.prefix, cluster?.arn ?? "");
      const done = async () => {
        const now = await clusterOf(clouds[to], sides[to]);
        return (
          now?.writable === true &&
          (await globalOf(clouds[to], sides.home.prefix))?.status === "available"
        );
      };
      await until(context, `${sides[to].prefix} takes writes`, done);
    },
  };
}

const storeUsers: Step = {
  id: "store-users",
  title: "users of cache and broker get their passwords",
  commands: ({ sides }) =>
    sides.storeUsers.flatMap(({ path, functionName }) => [
      `aws secretsmanager stop-replication-to-replica --region ${sides.standby.region} --secret-id ${path}`,
      `aws secretsmanager rotate-secret --region ${sides.standby.region} --secret-id ${path} --rotation-lambda-arn ARN_OF_${functionName} --rotation-rules AutomaticallyAfterDays=30`,
    ]),
  isDone: async ({ sides, clouds }) => {
    for (const user of sides.storeUsers)
      if (!(await isHandedOver(clouds.standby, user))) return false;
    return true;
  },
  act: async ({ sides, clouds }) => {
    for (const user of sides.storeUsers)
      if (!(await isHandedOver(clouds.standby, user)))
        await handOver(clouds.standby, user, sides.home);
  },
};

const answers: Step = {
  id: "answers",
  title: "critical services answer",
  commands: ({ sides }) => sides.answers.map((url) => `curl --fail --silent --show-error ${url}`),
  isDone: async ({ sides, statusOf }) => {
    for (const url of sides.answers) if ((await statusOf(url)) !== 200) return false;
    return true;
  },
  act: async (context) => {
    const { sides, statusOf } = context;
    for (const url of sides.answers)
      await until(context, `${url} answers`, async () => (await statusOf(url)) === 200);
  },
};

/** Else the next deployment would undo what was done. */
function remember(standbyServes: boolean, mode: string): Step {
  const commands = ({ sides: { home, standby } }: StepContext): string[][] => [
    ...(
      [
        [standby.name, standbyServes],
        [home.name, !standbyServes],
      ] as const
    ).map(([name, admits]) =>
      pulumi(
        "config",
        "set",
        "--stack",
        name,
        "--path",
        "auterity:recovery.dns.admitsTraffic",
        String(admits),
      ),
    ),
    pulumi("config", "set", "--stack", standby.name, "--path", "auterity:recovery.mode", mode),
  ];
  return {
    id: "remember",
    title: "the stack files say so too; commit them",
    commands: (context) => commands(context).map((command) => command.join(" ")),
    act: (context) => runAll(context, commands(context)),
  };
}

const models: Step = {
  id: "models",
  title: "models that were written in the meantime go back",
  commands: ({ sides }) => [
    `aws s3 sync s3://${sides.home.prefix}-models-copy-${sides.accountId ?? "ACCOUNT"} s3://BUCKET_OF_HOME --source-region ${sides.standby.region} --region ${sides.home.region}`,
  ],
  act: () => {
    throw byHand("models");
  },
};

const replicate: Step = {
  id: "replicate-secrets",
  title: "secrets that stood alone are copies again",
  commands: ({ sides }) =>
    sides.storeUsers.map(
      ({ path }) =>
        `aws secretsmanager replicate-secret-to-regions --region ${sides.home.region} --secret-id ${path} --force-overwrite-replica-secret --add-replica-regions Region=${sides.standby.region},KmsKeyId=alias/auterity-${sides.home.name}-secrets`,
    ),
  act: (context) =>
    runAll(
      context,
      replicate.commands(context).map((command) => command.split(" ")),
    ),
};

export const failoverSteps: readonly Step[] = [
  traffic("close-home", "home", false),
  build("standby", "full"),
  promote("standby"),
  storeUsers,
  answers,
  traffic("open-standby", "standby", true),
  remember(true, "full"),
];

export const failbackSteps: readonly Step[] = [
  build("home"),
  models,
  traffic("close-standby", "standby", false),
  promote("home"),
  replicate,
  traffic("open-home", "home", true),
  remember(false, "pilot-light"),
];
