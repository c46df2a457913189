import {
  ListHealthChecksCommand,
  ListTagsForResourcesCommand,
  type Route53Client,
  UpdateHealthCheckCommand,
} from "@aws-sdk/client-route-53";
import type { Place } from "./sides";

export interface RegionCheck {
  readonly id: string;
  /** Whether people may be sent there: components/dns-failover. */
  readonly open: boolean;
}

/** By its tag: the account has one of this name. Route 53 tells tags of ten at once. */
export async function regionCheck(
  client: Route53Client,
  { prefix }: Place,
): Promise<RegionCheck | undefined> {
  const { HealthChecks = [] } = await client.send(new ListHealthChecksCommand({ MaxItems: 100 }));
  const calculated = HealthChecks.filter(
    ({ HealthCheckConfig }) => HealthCheckConfig?.Type === "CALCULATED",
  ).slice(0, 10);
  if (calculated.length === 0) return undefined;
  const { ResourceTagSets = [] } = await client.send(
    new ListTagsForResourcesCommand({
      ResourceType: "healthcheck",
      ResourceIds: calculated.flatMap(({ Id }) => Id ?? []),
    }),
  );
  const own = ResourceTagSets.find(({ Tags = [] }) =>
    Tags.some(({ Key, Value }) => Key === "Name" && Value === `${prefix}-dns`),
  );
  const found = calculated.find(({ Id }) => Id === own?.ResourceId);
  if (found?.Id === undefined) return undefined;
  const { Disabled, Inverted } = found.HealthCheckConfig ?? {};
  return { id: found.Id, open: Disabled !== true && Inverted !== true };
}

export async function openRegion(
  client: Route53Client,
  { id }: RegionCheck,
  open: boolean,
): Promise<void> {
  await client.send(
    new UpdateHealthCheckCommand({ HealthCheckId: id, Disabled: !open, Inverted: !open }),
  );
}
