import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import { CostControls } from "../components/cost-controls";
import { CostExport } from "../components/cost-export";
import { boundaryArn } from "./accounts";
import type { Environment } from "./environment";

interface CostParts {
  readonly environment: Environment;
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

/** What the environment costs, told before it is too much. */
export function defineCosts(prefix: string, { environment, alarms, provider }: CostParts): void {
  const { region, accountId, name, costs } = environment;
  const { monthlyBudgetUsd, teamBudgetsUsd, emailAddresses, ownsAccountSettings, allocationTags } =
    costs;
  new CostControls(
    prefix,
    {
      ...{ monthlyBudgetUsd, teamBudgetsUsd, emailAddresses, ownsAccountSettings, allocationTags },
      ...{ region, accountId, environment: name },
      alarmTopicArn: alarms.topicArn,
      ...(costs.reportChat.secretArn !== "none" && {
        report: {
          chatSecretArn: costs.reportChat.secretArn,
          chatSecretKeyArn: costs.reportChat.keyArn,
        },
      }),
      permissionsBoundaryArn: boundaryArn(environment),
    },
    { providers: { aws: provider } },
  );
  if (!costs.export.enabled) return;
  new CostExport(
    prefix,
    {
      ...{ region, accountId, retentionDays: costs.export.retentionDays },
      protect: environment.deletionProtection,
    },
    { providers: { aws: provider } },
  );
}
