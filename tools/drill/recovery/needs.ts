import type { ServiceRecord } from "../../../components/shared/service-record";
import { secretName } from "../../../components/shared/secret-names";
import { modelCopyName } from "../../../stacks/data/model-bucket";
import type { Registration } from "../../offline/registration";
import { isRecord } from "../../plan/values";

/** Both environments as they are planned, the home of which nothing is left. */
export interface Disaster {
  /** What is lost, and what it had put elsewhere before. */
  readonly home: Side;
  /** What is to serve instead, whole. */
  readonly standby: Side;
  readonly services: readonly ServiceRecord[];
}

export interface Side {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly registrations: readonly Registration[];
}

/** Something that critical services need in the region that is left. */
export interface Need {
  readonly what: string;
  /** Where it comes from; undefined if it is missing. */
  readonly from: string | undefined;
}

/** Of critical services, everything that has to be in the region that is left. */
export function needsOf(disaster: Disaster): Need[] {
  const critical = disaster.services.filter(({ tier }) => tier === "critical");
  return [
    ...critical.flatMap((record) => [
      workload(disaster, record),
      image(disaster, record),
      ...secrets(disaster, record),
    ]),
    ...shared(disaster, critical),
  ];
}

const ofType = ({ registrations }: Side, type: string): Registration[] =>
  registrations.filter((one) => one.type === type);

const here = ({ region }: Side, { inputs }: Registration): boolean =>
  inputs["region"] === undefined || inputs["region"] === region;

function workload({ standby }: Disaster, { name }: ServiceRecord): Need {
  const found = standby.registrations.find(
    (one) =>
      /:(Deployment|Rollout)$/.test(one.type) && one.name === `auterity-${standby.name}-${name}`,
  );
  return {
    what: `workload of ${name}`,
    from: found && `${found.type.split(":").at(-1) ?? ""} of ${standby.name}`,
  };
}

/** In the registry of the region that is left, put there by replication. */
function image({ home, standby }: Disaster, { name, image: repository }: ServiceRecord): Need {
  const what = `image of ${name}`;
  const registry = `${standby.accountId}.dkr.ecr.${standby.region}.amazonaws.com/auterity/${repository}`;
  const used = standby.registrations
    .filter(({ type }) => /:(Deployment|Rollout)$/.test(type))
    .some(({ inputs }) => JSON.stringify(inputs).includes(`"${registry}`));
  const replicated = ofType(home, "aws:ecr/replicationConfiguration:ReplicationConfiguration").some(
    ({ inputs }) => {
      const rules = JSON.stringify(inputs);
      return (
        rules.includes(`"region":"${standby.region}"`) && rules.includes('"filter":"auterity/"')
      );
    },
  );
  const exists = ofType(home, "aws:ecr/repository:Repository").some(
    ({ inputs }) => inputs["name"] === `auterity/${repository}`,
  );
  return { what, from: used && replicated && exists ? "replication of ECR" : undefined };
}

function secrets({ home, standby }: Disaster, { name, secrets: declared }: ServiceRecord): Need[] {
  const asked = JSON.stringify(
    standby.registrations
      .filter(({ type }) => type.includes("ExternalSecret"))
      .map(({ inputs }) => inputs),
  );
  return declared.map((secret) => {
    const path = secretName(home.name, name, secret.name);
    const copied = ofType(home, "aws:secretsmanager/secret:Secret").some(
      ({ inputs }) => inputs["name"] === path && replicaRegions(inputs).includes(standby.region),
    );
    const isAsked = asked.includes(`"${path}"`);
    return {
      what: `secret ${path}`,
      from: copied && isAsked ? "replica of Secrets Manager" : undefined,
    };
  });
}

function replicaRegions(inputs: Record<string, unknown>): unknown[] {
  const { replicas } = inputs;
  return Array.isArray(replicas)
    ? replicas.map((replica) => (isRecord(replica) ? replica["region"] : undefined))
    : [];
}

function shared(disaster: Disaster, critical: readonly ServiceRecord[]): Need[] {
  const stores = new Set(critical.flatMap(({ talksTo }) => talksTo.stores));
  return [
    ...secretsKey(disaster),
    database(disaster),
    ...(stores.has("model-bucket") ? [models(disaster)] : []),
    ...(stores.has("redis")
      ? [own(disaster, "cache", "aws:elasticache/replicationGroup:ReplicationGroup")]
      : []),
    ...(stores.has("rabbitmq") ? [own(disaster, "broker", "aws:mq/broker:Broker")] : []),
    ...(stores.has("kafka") ? [own(disaster, "event stream", "aws:msk/cluster:Cluster")] : []),
    own(disaster, "certificate", "aws:acm/certificate:Certificate"),
    own(disaster, "firewall", "aws:wafv2/webAcl:WebAcl"),
    own(disaster, "user pool, empty: people sign up again", "aws:cognito/userPool:UserPool"),
    own(disaster, "way in", "kubernetes:networking.k8s.io/v1:Ingress"),
    backups(disaster),
  ];
}

function own({ standby }: Disaster, what: string, type: string): Need {
  const found = ofType(standby, type).some((one) => here(standby, one));
  return { what, from: found ? `${standby.name} itself` : undefined };
}

/** The alias by which readers there know the key of the copies. */
function secretsKey({ home, standby }: Disaster): Need[] {
  const alias = `alias/auterity-${home.name}-secrets`;
  const found = ofType(home, "aws:kms/alias:Alias").some(
    ({ inputs }) => inputs["name"] === alias && inputs["region"] === standby.region,
  );
  return [
    {
      what: `key of the secrets' copies, ${alias}`,
      from: found ? `${home.name}, made in ${standby.region}` : undefined,
    },
  ];
}

function database({ home, standby }: Disaster): Need {
  const globals = ofType(home, "aws:rds/globalCluster:GlobalCluster").map(
    ({ inputs }) => inputs["globalClusterIdentifier"],
  );
  const joined = ofType(standby, "aws:rds/cluster:Cluster").some(
    (cluster) =>
      globals.includes(cluster.inputs["globalClusterIdentifier"]) && here(standby, cluster),
  );
  const instances = ofType(standby, "aws:rds/clusterInstance:ClusterInstance").length;
  return {
    what: "database, with instances and the same data",
    from: joined && instances > 0 ? `global database, ${instances} instances` : undefined,
  };
}

function models({ home, standby }: Disaster): Need {
  const name = modelCopyName(home.name, home.accountId);
  const copied = ofType(home, "aws:s3/bucket:Bucket").some(
    ({ inputs }) => inputs["bucket"] === name && inputs["region"] === standby.region,
  );
  const used = standby.registrations.some(
    ({ type, inputs }) =>
      type.startsWith("aws:iam/rolePolicy") && JSON.stringify(inputs).includes(name),
  );
  return {
    what: `bucket of models, ${name}`,
    from: copied && used ? "replication of S3" : undefined,
  };
}

function backups({ home, standby }: Disaster): Need {
  const vaults = ofType(home, "aws:backup/vault:Vault").filter(
    ({ inputs }) => inputs["region"] === standby.region,
  );
  return {
    what: "backups, should the copy of the database be damaged too",
    from: vaults.length > 0 ? `copies of AWS Backup in ${standby.region}` : undefined,
  };
}
