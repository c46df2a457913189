import { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { readAdvice } from "./advice";
import { readCosts } from "./costs";
import { periodsAt } from "./periods";
import { chatUrl, sendChat, sendMail } from "./send";
import { monthForecast, type Report, reportText, subjectOf } from "./text";

const retries = { maxAttempts: 6, retryMode: "standard" };
/** Cost Explorer answers there alone, whatever it is asked about. */
const explorer = new CostExplorerClient({ ...retries, region: "us-east-1" });
const topics = new SNSClient(retries);
const secrets = new SecretsManagerClient(retries);

/**
 * Reads what an environment cost in the last whole week and sends it to people, by mail and, where a webhook is named, to
 * their chat; and writes the sums as metrics.
 */
export async function handler(): Promise<void> {
  const report = await readReport(new Date());
  const text = reportText(report);
  await sendMail(topics, variable("TOPIC_ARN"), { subject: subjectOf(report), text });
  // As it is: a line that the runtime wraps would carry no metrics.
  process.stdout.write(`${metricLine(report, new Date())}\n`);
  const chatSecret = process.env["CHAT_SECRET_ARN"] ?? "";
  if (chatSecret === "") return;
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: chatSecret }));
  await sendChat(chatUrl(secret), text);
}

async function readReport(now: Date): Promise<Report> {
  const environment = variable("ENVIRONMENT");
  const periods = periodsAt(now);
  const question = { client: explorer, environment };
  const budget = Number(process.env["MONTHLY_BUDGET_USD"]);
  return {
    ...{ environment, periods },
    costs: await readCosts({ ...question, periods }),
    advice: await readAdvice({ ...question, monthLeft: periods.monthLeft }),
    budget: budget > 0 ? budget : undefined,
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function metricLine(report: Report, now: Date): string {
  const forecast = monthForecast(report);
  const metrics = {
    WeekCost: report.costs.weeks.at(-1) ?? 0,
    MonthToDateCost: report.costs.monthToDate,
    ...(forecast !== undefined && { MonthForecast: forecast }),
  };
  return JSON.stringify({
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: "Auterity/Cost",
          Dimensions: [["Environment"]],
          Metrics: Object.keys(metrics).map((Name) => ({ Name, Unit: "None" })),
        },
      ],
    },
    Environment: report.environment,
    ...metrics,
  });
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}
