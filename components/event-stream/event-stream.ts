import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ChildOptions, childOptions } from "../shared/child-options";
import { createStoreAlarms } from "../shared/store-alarms";
import { createStoreKey } from "../shared/store-key";
import { createStoreGroup, type StoreGroup } from "../shared/store-network";
import { storeEngines } from "../shared/versions";
import { eventStreamAlarms } from "./alarms";
import {
  type EventStreamArgs,
  eventStreamPort,
  type EventStreamSpec,
  resolveEventStreamArgs,
  zones,
} from "./args";
import { serverProperties } from "./configuration";

interface Scope {
  readonly name: string;
  readonly spec: EventStreamSpec;
  readonly owned: ChildOptions;
}

const storageTargetPercent = 60;

/**
 * A Kafka cluster (Amazon MSK) over three zones: every record in all of them, encrypted on the wire and at rest, entered by
 * IAM roles alone. A record is taken only when two zones have it, so the loss of one loses none and stops nothing.
 */
export class EventStream extends pulumi.ComponentResource {
  readonly clusterArn: pulumi.Output<string>;
  /** "host:port" of every broker, parted by commas, for clients that sign with IAM. */
  readonly bootstrapServers: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: EventStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = resolveEventStreamArgs(name, args);
    super("platform:data:EventStream", name, spec, opts);
    const scope: Scope = { name, spec, owned: childOptions(this, opts) };

    const surroundings = createSurroundings(scope);
    const cluster = createCluster(scope, surroundings);
    growStorage(scope, cluster);
    createStoreAlarms(
      name,
      { ...spec, namespace: "AWS/Kafka", alarms: eventStreamAlarms(spec) },
      scope.owned,
    );

    this.clusterArn = cluster.arn;
    this.bootstrapServers = cluster.bootstrapBrokersSaslIam;
    this.keyArn = surroundings.key.arn;
    this.registerOutputs({
      clusterArn: this.clusterArn,
      bootstrapServers: this.bootstrapServers,
      keyArn: this.keyArn,
    });
  }
}

function logGroupName({ clusterName }: EventStreamSpec): string {
  return `/aws/msk/${clusterName}`;
}

/** What a cluster needs before it is there. */
interface Surroundings {
  readonly key: aws.kms.Key;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly configuration: aws.msk.Configuration;
  readonly access: StoreGroup;
}

function createSurroundings({ name, spec, owned }: Scope): Surroundings {
  const { region, clusterName, network, tags } = spec;
  const key = createStoreKey(
    name,
    {
      ...spec,
      description: `Event stream ${clusterName} and its logs`,
      logGroupNames: [logGroupName(spec)],
    },
    owned,
  );
  const logGroup = new aws.cloudwatch.LogGroup(
    name,
    {
      region,
      name: logGroupName(spec),
      retentionInDays: spec.logRetentionDays,
      kmsKeyId: key.arn,
      tags,
    },
    owned,
  );
  const configuration = new aws.msk.Configuration(
    name,
    {
      region,
      name: clusterName,
      description: `Event stream ${clusterName}`,
      kafkaVersions: [storeEngines.kafka.version],
      serverProperties: serverProperties(spec),
    },
    owned,
  );
  const access = createStoreGroup(
    `${name}-access`,
    {
      ...{ region, network, tags },
      description: `Event stream ${clusterName}`,
      ports: [{ port: eventStreamPort, protocol: "Kafka over TLS, with IAM" }],
    },
    owned,
  );
  return { key, logGroup, configuration, access };
}

function createCluster(
  { name, spec, owned }: Scope,
  { key, logGroup, configuration, access }: Surroundings,
): aws.msk.Cluster {
  const { region, clusterName, network, storageGiB, tags } = spec;
  return new aws.msk.Cluster(
    name,
    {
      region,
      clusterName,
      kafkaVersion: storeEngines.kafka.version,
      numberOfBrokerNodes: zones * spec.brokersPerZone,
      brokerNodeGroupInfo: {
        instanceType: spec.instanceType,
        clientSubnets: [...network.subnetIds],
        securityGroups: [access.group.id],
        storageInfo: { ebsStorageInfo: { volumeSize: storageGiB.first } },
        connectivityInfo: { publicAccess: { type: "DISABLED" } },
      },
      clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: key.arn,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
      enhancedMonitoring: "PER_BROKER",
      // For Prometheus; its ports are opened to whoever scrapes, and until then to nobody.
      openMonitoring: {
        prometheus: {
          jmxExporter: { enabledInBroker: true },
          nodeExporter: { enabledInBroker: true },
        },
      },
      loggingInfo: {
        brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logGroup.name } },
      },
      tags,
    },
    {
      ...owned,
      protect: spec.protect,
      dependsOn: [...access.rules],
      // Grows by itself.
      ignoreChanges: ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"],
    },
  );
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html */
function growStorage({ name, spec, owned }: Scope, cluster: aws.msk.Cluster): void {
  const { region, storageGiB, tags } = spec;
  const target = new aws.appautoscaling.Target(
    `${name}-storage`,
    {
      region,
      serviceNamespace: "kafka",
      scalableDimension: "kafka:broker-storage:VolumeSize",
      resourceId: cluster.arn,
      minCapacity: 1,
      maxCapacity: storageGiB.most,
      tags,
    },
    owned,
  );
  new aws.appautoscaling.Policy(
    `${name}-storage`,
    {
      region,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: storageTargetPercent,
        disableScaleIn: true,
        predefinedMetricSpecification: {
          predefinedMetricType: "KafkaBrokerStorageUtilization",
        },
      },
    },
    owned,
  );
}
