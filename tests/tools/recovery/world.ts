import { ACMClient } from "@aws-sdk/client-acm";
import { BackupClient } from "@aws-sdk/client-backup";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { ECRClient } from "@aws-sdk/client-ecr";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { mockClient } from "aws-sdk-client-mock";
import type { Sides } from "../../../tools/recovery/sides";

const account = "123456789012";
export const now = new Date("2026-12-01T12:00:00Z");
type Region = "us-west-2" | "us-east-2" | "us-east-1";
interface Fault {
  readonly name: string;
  readonly code?: string;
}

interface Client {
  readonly config: { readonly region: () => Promise<string> };
}

export const sides: Sides = {
  project: "auterity",
  home: { name: "prod", region: "us-west-2", prefix: "auterity-prod" },
  standby: { name: "recovery", region: "us-east-2", prefix: "auterity-recovery" },
  accountId: account,
  mode: "pilot-light",
  rpoSeconds: 60,
  backupHours: 26,
  domain: "platform.example",
  hasDns: true,
  answers: ["https://api-recovery.platform.example/health"],
  secretPaths: ["auterity/prod/shop/cache", "auterity/prod/shop/openai"],
  storeUsers: [{ path: "auterity/prod/shop/cache", functionName: "auterity-recovery-cache-users" }],
  images: [{ repository: "auterity/shop", digest: `sha256:${"a".repeat(64)}` }],
  processors: 100,
};

/** Two regions in memory, as the calls of the command see them; the SDK's clients are real up to the wire. */
export class World {
  readonly calls: string[] = [];
  readonly instances = { "us-west-2": 3, "us-east-2": 1 };
  writer: "us-west-2" | "us-east-2" | "both" = "us-west-2";
  lagSeconds: number | undefined = 0.4;
  backupAgeHours = 5;
  missingSecrets: string[] = [];
  missingImages: string[] = [];
  certified = true;
  quota = 500;
  readonly open: Record<string, boolean> = {
    "auterity-prod-dns": true,
    "auterity-recovery-dns": false,
  };
  readonly promotedSecrets = new Set<string>();
  readonly rotated = new Set<string>();
  policy = JSON.stringify({
    Statement: [
      {
        Condition: {
          ArnNotEquals: {
            "aws:PrincipalArn": [
              `arn:aws:iam::${account}:role/other`,
              `arn:aws:iam::${account}:role/auterity-prod-cache-users-1`,
            ],
          },
        },
      },
    ],
  });
  /** What a call of that name in that region is answered with instead; asked each time. */
  fault: (operation: string, region: Region) => Fault | undefined = () => undefined;

  readonly #mocks = [
    RDSClient,
    CloudWatchClient,
    SecretsManagerClient,
    ECRClient,
    BackupClient,
    ACMClient,
    LambdaClient,
    ServiceQuotasClient,
    Route53Client,
  ].map((client) => mockClient(client as typeof RDSClient));

  constructor() {
    for (const mock of this.#mocks)
      mock.send.callsFake((command: object) => {
        const client = mock.send.lastCall.thisValue as Client;
        return this.#answer(command, client) as ReturnType<typeof mock.send>;
      });
  }

  restore(): void {
    for (const mock of this.#mocks) mock.restore();
  }

  async #answer(command: object, client: Client): Promise<unknown> {
    const operation = command.constructor.name.replace(/Command$/, "");
    const region = (await client.config.region()) as Region;
    const input = (command as { input: Record<string, unknown> }).input;
    this.calls.push(`${region} ${operation}`);
    const fault = this.fault(operation, region);
    if (fault !== undefined)
      throw Object.assign(new Error("a message that quotes SECRET-CANARY"), fault);
    const answer = this.#answers[operation];
    if (answer === undefined) throw new Error(`no answer for ${operation}`);
    return answer(input, region);
  }

  readonly #answers: Record<string, (input: Record<string, unknown>, region: Region) => unknown> = {
    DescribeDBClusters: (_, region) => ({
      DBClusters: [
        {
          DBClusterIdentifier: region === "us-west-2" ? "auterity-prod" : "auterity-recovery",
          DBClusterArn: arnOf(region),
          Status: "available",
          ...(this.writer !== region &&
            this.writer !== "both" && { ReplicationSourceIdentifier: arnOf(this.writer) }),
        },
      ],
    }),
    DescribeDBInstances: (_, region) => ({
      DBInstances: Array.from({ length: this.instances[region as "us-west-2"] }, () => ({
        DBInstanceStatus: "available",
      })),
    }),
    DescribeGlobalClusters: () => ({
      GlobalClusters: [
        {
          Status: "available",
          GlobalClusterMembers: (["us-west-2", "us-east-2"] as const).map((region) => ({
            DBClusterArn: arnOf(region),
            IsWriter: this.writer === region,
          })),
        },
      ],
    }),
    GetMetricStatistics: () => ({
      Datapoints: this.lagSeconds === undefined ? [] : [{ Maximum: this.lagSeconds * 1000 }],
    }),
    FailoverGlobalCluster: ({ TargetDbClusterIdentifier: target }) => {
      this.#moveTo(target);
    },
    SwitchoverGlobalCluster: ({ TargetDbClusterIdentifier: target }) => {
      this.#moveTo(target);
    },
    ListRecoveryPointsByBackupVault: () => ({
      RecoveryPoints: [
        {
          Status: "COMPLETED",
          CreationDate: new Date(now.getTime() - this.backupAgeHours * 3_600_000),
        },
      ],
    }),
    DescribeSecret: ({ SecretId }) => {
      const path = String(SecretId);
      if (this.missingSecrets.includes(path)) throw named("ResourceNotFoundException");
      return {
        ...(!this.promotedSecrets.has(path) && { PrimaryRegion: "us-west-2" }),
        ...(this.rotated.has(path) && {
          RotationEnabled: true,
          RotationLambdaARN: `arn:aws:lambda:us-east-2:${account}:function:auterity-recovery-cache-users`,
          LastRotatedDate: now,
        }),
      };
    },
    StopReplicationToReplica: ({ SecretId }) => this.promotedSecrets.add(String(SecretId)),
    GetResourcePolicy: () => ({ ResourcePolicy: this.policy }),
    PutResourcePolicy: ({ ResourcePolicy }) => {
      this.policy = String(ResourcePolicy);
    },
    RotateSecret: ({ SecretId }) => this.rotated.add(String(SecretId)),
    GetFunctionConfiguration: () => ({
      Role: `arn:aws:iam::${account}:role/auterity-recovery-cache-users-2`,
      FunctionArn: `arn:aws:lambda:us-east-2:${account}:function:auterity-recovery-cache-users`,
    }),
    DescribeImages: ({ repositoryName }) => {
      if (this.missingImages.includes(String(repositoryName)))
        throw named("ImageNotFoundException");
      return {};
    },
    ListCertificates: () => ({
      CertificateSummaryList: this.certified ? [{ DomainName: "platform.example" }] : [],
    }),
    GetServiceQuota: () => ({ Quota: { Value: this.quota } }),
    ListHealthChecks: () => ({
      HealthChecks: [
        { Id: "endpoint", HealthCheckConfig: { Type: "HTTPS" } },
        ...Object.entries(this.open).map(([Id, open]) => ({
          ...{ Id, HealthCheckConfig: { Type: "CALCULATED", Disabled: !open, Inverted: !open } },
        })),
      ],
    }),
    ListTagsForResources: () => ({
      ResourceTagSets: Object.keys(this.open).map((id) => ({
        ...{ ResourceId: id, Tags: [{ Key: "Name", Value: id }] },
      })),
    }),
    UpdateHealthCheck: ({ HealthCheckId, Disabled }) => {
      this.open[String(HealthCheckId)] = Disabled !== true;
    },
  };

  #moveTo(target: unknown): void {
    this.writer = String(target).includes("us-west-2") ? "us-west-2" : "us-east-2";
  }
}

function arnOf(region: string): string {
  const cluster = region === "us-west-2" ? "auterity-prod" : "auterity-recovery";
  return `arn:aws:rds:${region}:${account}:cluster:${cluster}`;
}

function named(name: string): Error {
  return Object.assign(new Error("not there"), { name });
}
