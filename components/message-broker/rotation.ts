import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import {
  createStoreRotation,
  secretArnPattern,
  type StoreUserRotation,
} from "../shared/store-rotation";
import { type BrokerScope, brokerPort, managementPort, rotationName, vhost } from "./scope";

const httpsPort = 443;
/** A step is some calls of the broker and of AWS, each of seconds at most. */
const timeoutSeconds = 120;
const logRetentionDays = 365;
const everything = ".*";

/** Of the function: made before the broker, whose group admits it. */
export function createRotationGroup({ name, spec, owned }: BrokerScope): aws.ec2.SecurityGroup {
  const { region, network, tags } = spec;
  const role = `${name}-users`;
  return new aws.ec2.SecurityGroup(
    role,
    {
      region,
      vpcId: network.vpcId,
      description: `Rotation of the users of broker ${spec.brokerName}`,
      revokeRulesOnDelete: true,
      tags: { ...tags, Name: role },
    },
    owned,
  );
}

interface RotationParts {
  readonly broker: aws.mq.Broker;
  readonly key: aws.kms.Key;
  readonly group: aws.ec2.SecurityGroup;
  readonly brokerGroup: aws.ec2.SecurityGroup;
}

export interface BrokerRotation {
  readonly rotation: StoreUserRotation;
  /** What a first run needs. */
  readonly ready: readonly pulumi.Resource[];
}

/** AWS maintains no function for users of RabbitMQ: this one is ours, and runs where it reaches the broker. */
export function createUserRotation(scope: BrokerScope, parts: RotationParts): BrokerRotation {
  const { name, spec, owned } = scope;
  const { region, accountId, administrator, rotationNetwork, permissionsBoundaryArn } = spec;
  const { broker, key, group } = parts;
  const rules = openWays(scope, parts);
  const instance = broker.instances.apply(([first]) => first);
  const { permission, ...rotation } = createStoreRotation(
    `${name}-users`,
    {
      region,
      accountId,
      code: "broker-users",
      functionName: rotationName(spec),
      description: `Makes users of broker ${spec.brokerName} and rotates them; those before stay valid beside them`,
      environment: {
        BROKER_USERS: JSON.stringify(configuredUsers(scope)),
        BROKER_ADMINISTRATOR: administrator.secretName,
        MANAGEMENT_URL: instance.apply((found) => found?.consoleUrl ?? ""),
        CONNECTION_URL: instance.apply((found) => found?.endpoints[0] ?? ""),
        VHOST: vhost,
      },
      secrets: {
        names: Object.values(spec.users).map(({ secretName }) => secretName),
        keyAlias: spec.secretsKeyAlias,
      },
      statements: administratorStatements(scope, key),
      timeoutSeconds,
      logRetentionDays,
      keyArn: key.arn,
      vpc: { subnetIds: [...rotationNetwork.subnetIds], securityGroupIds: [group.id] },
      ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
      tags: spec.tags,
    },
    owned,
  );
  return { rotation, ready: [permission, ...rules] };
}

function configuredUsers({ spec }: BrokerScope): Record<string, object> {
  const services = Object.entries(spec.users).map(([username, user]): [string, object] => {
    const { secretName, configure = everything, write = everything, read = everything } = user;
    return [secretName, { kind: "service", username, configure, write, read }];
  });
  return Object.fromEntries([
    ...services,
    [spec.administrator.secretName, { kind: "administrator" }],
  ]);
}

/** It reads the administrator's secret whenever it makes a user, and rotates it as well. */
function administratorStatements(
  { spec: { region, accountId, administrator } }: BrokerScope,
  key: aws.kms.Key,
): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "BeAdministrator",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: secretArnPattern({ region, accountId }, administrator.secretName),
    },
    {
      Sid: "DecryptAdministrator",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: key.arn,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

interface Way {
  readonly port: number;
  readonly to: Pick<aws.vpc.SecurityGroupEgressRuleArgs, "cidrIpv4" | "referencedSecurityGroupId">;
}

/** To the broker's two ports, and to Secrets Manager. */
function openWays(
  { name, spec, owned }: BrokerScope,
  { group, brokerGroup }: RotationParts,
): aws.vpc.SecurityGroupEgressRule[] {
  const { region, rotationNetwork, tags } = spec;
  const { endpointSecurityGroupId } = rotationNetwork;
  const egress = (key: string, description: string, way: Way) =>
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-users-${key}`,
      {
        region,
        securityGroupId: group.id,
        description,
        ipProtocol: "tcp",
        fromPort: way.port,
        toPort: way.port,
        tags,
        ...way.to,
      },
      owned,
    );
  const toBroker = { referencedSecurityGroupId: brokerGroup.id };
  return [
    egress("management", "Management API of the broker", { port: managementPort, to: toBroker }),
    egress("connection", "AMQP over TLS, to try a new user", { port: brokerPort, to: toBroker }),
    endpointSecurityGroupId === undefined
      ? egress("secrets", "Secrets Manager, over the NAT gateway", {
          port: httpsPort,
          to: { cidrIpv4: "0.0.0.0/0" },
        })
      : egress("secrets", "Secrets Manager, through its endpoint", {
          port: httpsPort,
          to: { referencedSecurityGroupId: endpointSecurityGroupId },
        }),
  ];
}
