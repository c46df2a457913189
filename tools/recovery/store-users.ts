import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RotateSecretCommand,
  StopReplicationToReplicaCommand,
} from "@aws-sdk/client-secrets-manager";
import type { Cloud } from "./cloud";
import type { Sides } from "./sides";

type StoreUser = Sides["storeUsers"][number];

/** Whether the secret is the region's own, and rotated by the function there. */
export async function isHandedOver(
  cloud: Cloud,
  { path, functionName }: StoreUser,
): Promise<boolean> {
  const secret = await cloud.secrets.send(new DescribeSecretCommand({ SecretId: path }));
  return (
    !isReplica(cloud, secret.PrimaryRegion) &&
    secret.RotationEnabled === true &&
    (secret.RotationLambdaARN ?? "").endsWith(`:${functionName}`) &&
    secret.LastRotatedDate !== undefined
  );
}

function isReplica({ region }: Cloud, primaryRegion: string | undefined): boolean {
  return primaryRegion !== undefined && primaryRegion !== "" && primaryRegion !== region;
}

const rotationDays = 30;

/**
 * Cache and broker there have users without a password: a replica cannot be rotated. It is made a secret of its own, whose
 * policy lets the region's own function in where it let the lost region's in, and is rotated at once. No value passes here.
 */
export async function handOver(
  cloud: Cloud,
  user: StoreUser,
  home: { readonly prefix: string },
): Promise<void> {
  const { secrets, functions } = cloud;
  const { path, functionName } = user;
  const { Role: role = "", FunctionArn: arn = "" } = await functions.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  const { PrimaryRegion } = await secrets.send(new DescribeSecretCommand({ SecretId: path }));
  if (isReplica(cloud, PrimaryRegion))
    await secrets.send(new StopReplicationToReplicaCommand({ SecretId: path }));
  const { ResourcePolicy } = await secrets.send(new GetResourcePolicyCommand({ SecretId: path }));
  if (ResourcePolicy !== undefined)
    await secrets.send(
      new PutResourcePolicyCommand({
        SecretId: path,
        ResourcePolicy: admitFunction(ResourcePolicy, { role, functionName, home }),
        BlockPublicPolicy: true,
      }),
    );
  await secrets.send(
    new RotateSecretCommand({
      SecretId: path,
      RotationLambdaARN: arn,
      RotationRules: { AutomaticallyAfterDays: rotationDays },
      RotateImmediately: true,
    }),
  );
}

interface Admitted {
  readonly role: string;
  readonly functionName: string;
  readonly home: { readonly prefix: string };
}

/** Beside the role of the same function at home, wherever the policy names it, stands that of the one here. */
function admitFunction(policy: string, { role, functionName, home }: Admitted): string {
  const suffix = functionName.replace(/^auterity-[^-]+-/, "");
  const isAtHome = (value: unknown): boolean =>
    typeof value === "string" && value.includes(`/${home.prefix}-${suffix}`);
  const admit = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const inner = (value as unknown[]).map(admit);
      return value.some(isAtHome) && !value.includes(role) ? [...inner, role] : inner;
    }
    if (isAtHome(value)) return [value, role];
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, admit(inner)]));
  };
  return JSON.stringify(admit(JSON.parse(policy)));
}
