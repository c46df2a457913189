import type { Outputs } from ".";

/** The account of AWS's own documentation examples: it stands for the account that a plan never asks. */
const exampleAccount = "123456789012";
const exampleRegion = "us-west-2";

/** By type token, what the resources of this package compute where the general form of an ARN is not theirs. */
export const awsOutputs: Record<string, Outputs | undefined> = {
  "aws:iam/role:Role": globalResource("iam", "role"),
  "aws:iam/policy:Policy": globalResource("iam", "policy"),
  "aws:iam/instanceProfile:InstanceProfile": globalResource("iam", "instance-profile"),
  "aws:iam/user:User": globalResource("iam", "user"),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (name, inputs) => ({
    arn: `arn:aws:iam::${exampleAccount}:oidc-provider/${text(inputs["url"], name).replace("https://", "")}`,
  }),
  "aws:kms/key:Key": (name, inputs) => ({
    keyId: `${name}-id`,
    arn: regionalArn("kms", `key/${name}-id`, inputs),
  }),
  "aws:kms/alias:Alias": (name, inputs) => {
    const alias = text(inputs["name"], `alias/${name}`);
    return { name: alias, arn: regionalArn("kms", alias, inputs) };
  },
  "aws:acm/certificate:Certificate": (name, inputs) => ({
    arn: regionalArn("acm", `certificate/${name}-id`, inputs),
    domainValidationOptions: certifiedNames(inputs).map((domainName) => ({
      domainName,
      // One record proves a domain and the wildcard below it.
      resourceRecordName: `_proof.${domainName.replace(/^\*\./, "")}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: "_proof.acm-validations.aws.",
    })),
  }),
  "aws:s3/bucketObject:BucketObject": (name) => ({ versionId: `${name}-version` }),
  // AWS makes a function of each, with a name and a version of its own.
  "aws:synthetics/canary:Canary": (name, inputs) => {
    const canary = text(inputs["name"], name);
    return {
      name: canary,
      arn: regionalArn("synthetics", `canary:${canary}`, inputs),
      engineArn: regionalArn("lambda", `function:cwsyn-${canary}-id:1`, inputs),
    };
  },
  "aws:cloudwatch/logGroup:LogGroup": (name, inputs) => {
    const group = text(inputs["name"], name);
    return { name: group, arn: regionalArn("logs", `log-group:${group}`, inputs) };
  },
  "aws:ec2/securityGroup:SecurityGroup": (name, inputs) => ({
    name: text(inputs["name"], name),
    arn: regionalArn("ec2", `security-group/${name}-id`, inputs),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": (name, inputs) => ({
    name: text(inputs["name"], name),
    arn: regionalArn("ec2", `launch-template/${name}-id`, inputs),
    defaultVersion: 1,
    latestVersion: 1,
  }),
  "aws:ecr/repository:Repository": (name, inputs) => {
    const repository = text(inputs["name"], name);
    const region = text(inputs["region"], exampleRegion);
    return {
      name: repository,
      arn: regionalArn("ecr", `repository/${repository}`, inputs),
      registryId: exampleAccount,
      repositoryUrl: `${exampleAccount}.dkr.ecr.${region}.amazonaws.com/${repository}`,
    };
  },
  "aws:rds/cluster:Cluster": (name, inputs) => {
    const cluster = text(inputs["clusterIdentifier"], name);
    const zone = `example.${text(inputs["region"], exampleRegion)}.rds.amazonaws.com`;
    return {
      clusterIdentifier: cluster,
      arn: regionalArn("rds", `cluster:${cluster}`, inputs),
      endpoint: `${cluster}.cluster-${zone}`,
      readerEndpoint: `${cluster}.cluster-ro-${zone}`,
      ...(inputs["manageMasterUserPassword"] === true && {
        masterUserSecrets: [
          { secretArn: regionalArn("secretsmanager", `secret:rds!${cluster}`, inputs) },
        ],
      }),
    };
  },
  "aws:backup/vault:Vault": (name, inputs) => {
    const vault = text(inputs["name"], name);
    return { name: vault, arn: regionalArn("backup", `backup-vault:${vault}`, inputs) };
  },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": (name, inputs) => {
    const plan = text(inputs["name"], name);
    return {
      name: plan,
      arn: regionalArn("backup", `restore-testing-plan:${plan}-example`, inputs),
    };
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": (name, inputs) => {
    const group = text(inputs["replicationGroupId"], name);
    const zone = `example.${text(inputs["region"], exampleRegion)}.cache.amazonaws.com`;
    return {
      replicationGroupId: group,
      arn: regionalArn("elasticache", `replicationgroup:${group}`, inputs),
      primaryEndpointAddress: `master.${group}.${zone}`,
      readerEndpointAddress: `replica.${group}.${zone}`,
    };
  },
  "aws:mq/broker:Broker": (name, inputs) => {
    const host = `b-${name}.mq.${text(inputs["region"], exampleRegion)}.on.aws`;
    return {
      arn: regionalArn("mq", `broker:${text(inputs["brokerName"], name)}:b-${name}`, inputs),
      instances: [{ consoleUrl: `https://${host}`, endpoints: [`amqps://${host}:5671`] }],
    };
  },
  "aws:mq/configuration:Configuration": () => ({ latestRevision: 1 }),
  "aws:msk/configuration:Configuration": (name, inputs) => ({
    arn: regionalArn("kafka", `configuration/${text(inputs["name"], name)}/example-1`, inputs),
    latestRevision: 1,
  }),
  "aws:msk/cluster:Cluster": (name, inputs) => {
    const cluster = text(inputs["clusterName"], name);
    const zone = `${cluster}.kafka.${text(inputs["region"], exampleRegion)}.amazonaws.com`;
    return {
      arn: regionalArn("kafka", `cluster/${cluster}/example-1`, inputs),
      bootstrapBrokersSaslIam: [1, 2, 3].map((broker) => `b-${broker}.${zone}:9098`).join(),
    };
  },
  "aws:opensearch/domain:Domain": (name, inputs) => {
    const domain = text(inputs["domainName"], name);
    const zone = `${text(inputs["region"], exampleRegion)}.es.amazonaws.com`;
    return {
      arn: regionalArn("es", `domain/${domain}`, inputs),
      endpoint: `vpc-${domain}-example.${zone}`,
    };
  },
  "aws:s3/bucket:Bucket": (name, inputs) => {
    const bucket = text(inputs["bucket"], name);
    const region = text(inputs["region"], exampleRegion);
    return {
      bucket,
      arn: `arn:aws:s3:::${bucket}`,
      bucketDomainName: `${bucket}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
    };
  },
};

function certifiedNames(inputs: Record<string, unknown>): string[] {
  return [inputs["domainName"], inputs["subjectAlternativeNames"]]
    .flat()
    .filter((name) => typeof name === "string");
}

function globalResource(service: string, kind: string): Outputs {
  return (name, inputs) => {
    const physicalName = text(inputs["name"], name);
    return {
      name: physicalName,
      arn: `arn:aws:${service}::${exampleAccount}:${kind}/${physicalName}`,
    };
  };
}

function regionalArn(service: string, resource: string, inputs: Record<string, unknown>): string {
  return `arn:aws:${service}:${text(inputs["region"], exampleRegion)}:${exampleAccount}:${resource}`;
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
