import { spawn } from "node:child_process";
import { ChaosError } from "./chaos-error";

/** An experiment that can be started. */
export interface Template {
  readonly id: string;
  readonly experiment: string;
  readonly hypothesis: string;
  readonly stopAlarms: readonly string[];
  /** Bucket of its reports. */
  readonly bucket: string;
}

export interface Run {
  readonly id: string;
  readonly templateId: string;
  /** pending, initiating, running, completed, stopping, stopped, failed or cancelled. */
  readonly status: string;
  readonly reason: string;
  readonly startTime: string;
  readonly endTime: string;
}

/** As much of AWS as experiments need, by its command line: whoever starts one is signed in there. */
export interface Aws {
  readonly caller: () => Promise<{ readonly account: string; readonly arn: string }>;
  readonly templates: (environment: string) => Promise<Template[]>;
  readonly alarmStates: (names: readonly string[]) => Promise<{ name: string; state: string }[]>;
  readonly runs: () => Promise<Run[]>;
  readonly start: (templateId: string, tags: Readonly<Record<string, string>>) => Promise<Run>;
  readonly run: (id: string) => Promise<Run>;
  readonly write: (bucket: string, key: string, text: string) => Promise<void>;
}

interface TemplateAnswer {
  readonly id: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly stopConditions?: readonly { readonly source: string; readonly value?: string }[];
  readonly experimentReportConfiguration?: {
    readonly outputs?: { readonly s3Configuration?: { readonly bucketName?: string } };
  };
}

interface RunAnswer {
  readonly id: string;
  readonly experimentTemplateId: string;
  readonly state: { readonly status: string; readonly reason?: string };
  readonly creationTime?: string | number;
  readonly startTime?: string | number;
  readonly endTime?: string | number;
}

/** @public Loaded by the command when it runs. */
export function connectAws(region: string): Aws {
  const ask = async <T>(...args: string[]): Promise<T> =>
    JSON.parse(await runAws([...args, "--region", region, "--output", "json"])) as T;
  return {
    caller: async () => {
      const { Account, Arn } = await ask<Record<string, string>>("sts", "get-caller-identity");
      return { account: Account ?? "", arn: Arn ?? "" };
    },
    templates: async (environment) => {
      const { experimentTemplates } = await ask<{ experimentTemplates: TemplateAnswer[] }>(
        ...["fis", "list-experiment-templates"],
      );
      const own = experimentTemplates.filter(({ tags }) => tags?.["environment"] === environment);
      return Promise.all(
        own.map(async ({ id }) => {
          const { experimentTemplate } = await ask<{ experimentTemplate: TemplateAnswer }>(
            ...["fis", "get-experiment-template", "--id", id],
          );
          return templateOf(experimentTemplate);
        }),
      );
    },
    alarmStates: async (names) => {
      if (names.length === 0) return [];
      const { MetricAlarms = [] } = await ask<{
        MetricAlarms?: readonly { AlarmName: string; StateValue: string }[];
      }>("cloudwatch", "describe-alarms", "--alarm-names", ...names);
      return names.map((name) => ({
        name,
        state: MetricAlarms.find((one) => one.AlarmName === name)?.StateValue ?? "missing",
      }));
    },
    runs: async () =>
      (await ask<{ experiments: RunAnswer[] }>("fis", "list-experiments")).experiments.map(runOf),
    start: async (templateId, tags) => {
      const pairs = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
      const { experiment } = await ask<{ experiment: RunAnswer }>(
        ...["fis", "start-experiment", "--experiment-template-id", templateId],
        ...["--tags", pairs.join(",")],
      );
      return runOf(experiment);
    },
    run: async (id) =>
      runOf((await ask<{ experiment: RunAnswer }>("fis", "get-experiment", "--id", id)).experiment),
    write: async (bucket, key, text) => {
      await runAws(["s3", "cp", "-", `s3://${bucket}/${key}`, "--region", region], text);
    },
  };
}

function templateOf(answer: TemplateAnswer): Template {
  const { id, description = "", tags = {}, stopConditions = [] } = answer;
  return {
    id,
    experiment: tags["experiment"] ?? "",
    hypothesis: description,
    // The ARN of an alarm ends with its name.
    stopAlarms: stopConditions
      .filter(({ source }) => source === "aws:cloudwatch:alarm")
      .map(({ value = "" }) => value.slice(value.indexOf(":alarm:") + ":alarm:".length)),
    bucket: answer.experimentReportConfiguration?.outputs?.s3Configuration?.bucketName ?? "",
  };
}

function runOf({ id, experimentTemplateId, state, ...times }: RunAnswer): Run {
  return {
    ...{ id, templateId: experimentTemplateId, status: state.status, reason: state.reason ?? "" },
    startTime: momentOf(times.startTime ?? times.creationTime),
    endTime: momentOf(times.endTime),
  };
}

/** The command line writes seconds or ISO 8601, as it is configured. */
function momentOf(time: string | number | undefined): string {
  if (time === undefined) return "";
  return new Date(typeof time === "number" ? time * 1000 : time).toISOString();
}

/** @throws ChaosError with what the command line said. */
function runAws(args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("aws", args, { stdio: ["pipe", "pipe", "pipe"] });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.on("error", () => {
      reject(new ChaosError("aws: is not installed; experiments need the AWS CLI 2.7 or newer"));
    });
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new ChaosError(`aws ${args.slice(0, 2).join(" ")}: ${errors.trim()}`));
    });
    // Whoever does not read it, as most calls, closes it.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
