import { expect } from "chai";
import { SecretsSync, type SecretsSyncArgs } from "../../../components/secrets-sync";
import { charts, images } from "../../../components/shared/versions";
import { startOfflineEngine, type Registration } from "../../support/engine";

const administrator = "arn:aws:iam::123456789012:role/secret-administrators";
const deployer = "arn:aws:iam::123456789012:role/deployer";
const topic = "arn:aws:sns:us-west-2:123456789012:alarms";

const versions = {
  externalSecrets: { chart: charts.externalSecrets, image: images.externalSecrets },
  reloader: { chart: charts.reloader, image: images.reloader },
};

/** One service with keys of our own, where another environment owns them. */
export const replicated: SecretsSyncArgs = {
  region: "us-east-1",
  accountId: "123456789012",
  environment: "prod",
  source: "replicated",
  records: [
    {
      name: "api",
      product: "core",
      team: "platform",
      secrets: [
        {
          name: "signing",
          variables: ["SECRET_KEY", "SECRET_KEY_PREVIOUS", "SECRET_KEY_NEXT"],
          origin: "generated",
          rotation: { days: 90 },
        },
      ],
    },
    { name: "quiet", product: "other", team: "platform", secrets: [] },
  ],
  namespaces: { core: "core" },
  network: { clusterSubnetCidrs: ["10.0.0.0/28"], endpointSubnetCidrs: ["10.0.1.0/24"] },
  oidcIssuer: "oidc.eks.us-east-1.amazonaws.com/id/ABC",
  versions,
};

/** The least that the owner of secrets needs. */
export const least: SecretsSyncArgs = {
  ...replicated,
  region: "us-west-2",
  oidcIssuer: "oidc.eks.us-west-2.amazonaws.com/id/ABC",
  source: "own",
  administratorArns: [administrator],
  deployerArns: [deployer],
  alarmTopicArn: topic,
};

/** Secrets of every origin, and everything that can be asked for. */
export const full: SecretsSyncArgs = {
  ...least,
  records: [
    ...replicated.records,
    {
      name: "worker",
      product: "flows",
      team: "automation",
      secrets: [
        {
          name: "openai",
          variables: ["OPENAI_API_KEY"],
          origin: "issued-outside",
          rotation: { days: 180 },
        },
        {
          name: "database",
          variables: ["DATABASE_URL"],
          origin: "database-user",
          rotation: { days: 30 },
        },
        {
          name: "broker",
          variables: ["BROKER_URL"],
          origin: "broker-user",
          rotation: { days: 30 },
        },
      ],
    },
  ],
  namespaces: { core: "core", flows: "flows" },
  versions: {
    ...versions,
    externalSecrets: {
      ...versions.externalSecrets,
      image: { ...images.externalSecrets, digest: `sha256:${"a".repeat(64)}` },
    },
  },
  replicaRegion: "us-east-1",
  recoveryWindowDays: 7,
  vpc: { vpcId: "vpc-1", subnetIds: ["subnet-1"], endpointSecurityGroupId: "sg-endpoints" },
  storeRotations: {
    "database-user": {
      functionArn: "arn:aws:lambda:us-west-2:123456789012:function:postgres",
      roleArn: "arn:aws:iam::123456789012:role/postgres",
    },
  },
  refreshInterval: "1h",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
  tags: { environment: "prod" },
};

export async function registered(args: SecretsSyncArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const secrets = new SecretsSync("auterity", args);
  await engine.settle();
  return { secrets, registrations: engine.registrations };
}

/** The only registration of that type and name. */
export async function registration(
  args: SecretsSyncArgs,
  type: string,
  name: string,
): Promise<Registration> {
  const { registrations } = await registered(args);
  const found = registrations.filter((one) => one.type === type && one.name === name);
  expect(found.map((one) => one.name)).to.deep.equal([name]);
  return found[0]!;
}

/** A policy document that a resource got as text. */
export function policyOf({ inputs }: Registration, key = "policy"): unknown {
  return JSON.parse(inputs[key] as string) as unknown;
}
