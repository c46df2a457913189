import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketClientStatements } from "../replicated-bucket";
import { ServiceIdentity } from "../service-identity";
import type { ObservabilityStackSpec } from "./args";
import { heartbeatTopicArn } from "./heartbeat";
import { namespaces } from "./parts";

type Statement = aws.iam.PolicyStatement;

interface Identity {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly statements: readonly Statement[];
}

/** Who the parts are in AWS: each may do its own work and nothing else. */
export function createIdentities(
  name: string,
  spec: ObservabilityStackSpec,
  owned: pulumi.ComponentResourceOptions,
): ServiceIdentity[] {
  const { region, accountId, clusterName, permissionsBoundaryArn, tags } = spec;
  return identities(spec).map(
    (identity) =>
      new ServiceIdentity(
        `${name}-${identity.serviceAccount}`,
        { region, accountId, clusterName, permissionsBoundaryArn, tags, ...identity },
        owned,
      ),
  );
}

function identities(spec: ObservabilityStackSpec): Identity[] {
  const { monitoring, logging, tracing } = namespaces;
  const traces = traceStatements(spec);
  return [
    {
      namespace: monitoring,
      serviceAccount: "alertmanager",
      statements: alertStatements(spec),
    },
    {
      namespace: monitoring,
      serviceAccount: "cloudwatch-exporter",
      statements: [readMetrics],
    },
    {
      namespace: logging,
      serviceAccount: "loki",
      statements: bucketClientStatements({
        region: spec.region,
        bucketArn: spec.logs.bucketArn,
        keyArn: spec.logs.bucketKeyArn,
      }),
    },
    ...(traces.length > 0
      ? [{ namespace: tracing, serviceAccount: "jaeger", statements: traces }]
      : []),
  ];
}

function alertStatements(spec: ObservabilityStackSpec): Statement[] {
  const { region, alerting } = spec;
  return [
    {
      Sid: "Tell",
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: [alerting.topicArn, heartbeatTopicArn(spec)],
    },
    {
      Sid: "EncryptWhatIsTold",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: alerting.topicKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `sns.${region}.amazonaws.com` } },
    },
  ];
}

/** No action here can be narrowed to a resource. */
const readMetrics: Statement = {
  Sid: "ReadMetrics",
  Effect: "Allow",
  Action: [
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListMetrics",
    "tag:GetResources",
  ],
  Resource: "*",
};

/** Reads and writes documents and indices; neither the domain's settings nor its deletion. */
function traceStatements({ traces: { storage } }: ObservabilityStackSpec): Statement[] {
  if (storage.kind === "badger") return [];
  return [
    {
      Sid: "UseTraces",
      Effect: "Allow",
      Action: ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"],
      Resource: pulumi.interpolate`${storage.domainArn}/*`,
    },
  ];
}
