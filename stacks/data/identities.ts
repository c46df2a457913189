import type * as aws from "@pulumi/aws";
import { eventStreamClientStatements } from "../../components/event-stream";
import { bucketClientStatements } from "../../components/replicated-bucket";
import { ServiceIdentity } from "../../components/service-identity";
import type { ServiceRecord } from "../../components/shared/service-record";
import { boundaryArn } from "../accounts";
import type { Environment } from "../environment";
import type { Stores } from "./stores";

export interface IdentityParts {
  readonly environment: Environment;
  readonly services: readonly ServiceRecord[];
  readonly stores: Stores;
  readonly provider: aws.Provider;
}

/** A role by service that needs one, and no more in it than the stores that the service names. */
export function defineIdentities(
  prefix: string,
  { environment, services, stores, provider }: IdentityParts,
): ReadonlyMap<string, ServiceIdentity> {
  const { region, accountId } = environment;
  return new Map(
    services.flatMap((record) => {
      const statements = storeStatements(record, { region, stores });
      if (statements.length === 0) return [];
      const identity = new ServiceIdentity(
        `${prefix}-${record.name}`,
        {
          region,
          accountId,
          clusterName: prefix,
          namespace: record.product,
          serviceAccount: record.name,
          statements,
          permissionsBoundaryArn: boundaryArn(environment),
        },
        { providers: { aws: provider } },
      );
      return [[record.name, identity] as const];
    }),
  );
}

interface StorePlace {
  readonly region: string;
  readonly stores: Stores;
}

function storeStatements(
  { name, talksTo }: ServiceRecord,
  { region, stores: { eventStream, modelBucket } }: StorePlace,
): aws.iam.PolicyStatement[] {
  return [
    ...(talksTo.stores.includes("kafka") && eventStream !== undefined
      ? eventStreamClientStatements(eventStream.clusterArn, name)
      : []),
    ...(talksTo.stores.includes("model-bucket") && modelBucket !== undefined
      ? bucketClientStatements({
          region,
          bucketArn: modelBucket.bucketArn,
          ...modelBucket.key,
        })
      : []),
  ];
}
