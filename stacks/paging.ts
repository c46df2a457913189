import type * as aws from "@pulumi/aws";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import { PagingServices } from "../components/paging-services";
import type { SecretsSync } from "../components/secrets-sync";
import type { Environment } from "./environment";
import { managesPagerDuty, pagerDutyKey, pagerDutySecret } from "./observability/receiver-secrets";

interface PagingParts {
  readonly environment: Environment;
  readonly secrets: SecretsSync;
  readonly provider: aws.Provider;
}

/** Whom PagerDuty calls, where the program is to say so; elsewhere nothing of PagerDuty is touched, and no token needed. */
export function definePaging(
  prefix: string,
  { environment, secrets, provider }: PagingParts,
): PagingServices | undefined {
  const { name, region, alerting } = environment;
  const arn = secrets.secretArns[pagerDutySecret];
  // Where the secrets are another environment's, so are the services: their keys come with the replicas.
  if (!managesPagerDuty(alerting) || arn === undefined) return undefined;
  const { pagerDutyTeams, pagerDuty } = alerting;
  const account = new pagerduty.Provider(prefix, {
    token: new pulumi.Config("pagerduty").requireSecret("token"),
  });
  return new PagingServices(
    prefix,
    {
      environment: name,
      pagedTeams: pagerDutyTeams,
      teams: pagerDuty.teams,
      maintenanceWindows: pagerDuty.maintenanceWindows,
      secret: {
        region,
        arn,
        keys: Object.fromEntries(pagerDutyTeams.map((team) => [team, pagerDutyKey(team)])),
      },
    },
    { providers: { aws: provider, pagerduty: account } },
  );
}
