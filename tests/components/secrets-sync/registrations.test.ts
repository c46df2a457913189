import { expect } from "chai";
import type { SecretsSyncArgs } from "../../../components/secrets-sync";
import { full, least, registered, registration, replicated } from "./fixture";

const component = "platform:secrets:SecretsSync auterity";

const inCluster = [
  component,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider auterity-service-accounts",
  "aws:iam/role:Role auterity-secrets-reader-api",
  "aws:iam/rolePolicy:RolePolicy auterity-secrets-reader-api",
  "kubernetes:core/v1:Namespace auterity-external-secrets",
  "kubernetes:core/v1:Namespace auterity-reloader",
  "kubernetes:core/v1:ServiceAccount auterity-secrets-api",
  "kubernetes:external-secrets.io/v1:ExternalSecret auterity-secret-api/signing",
  "kubernetes:external-secrets.io/v1:SecretStore auterity-secrets-api",
  "kubernetes:helm.sh/v3:Release auterity-external-secrets",
  "kubernetes:helm.sh/v3:Release auterity-reloader",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-external-secrets-allow-dns",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-external-secrets-default-deny",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-policy-external-secrets",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-policy-external-secrets-cert-controller",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-policy-external-secrets-webhook",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-policy-reloader",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-reloader-allow-dns",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-reloader-default-deny",
  "kubernetes:rbac.authorization.k8s.io/v1:Role auterity-secrets-api",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding auterity-secrets-api",
];

const stored = (secret: string) => [
  `aws:secretsmanager/secret:Secret auterity-secret-${secret} protected`,
  `aws:secretsmanager/secretPolicy:SecretPolicy auterity-secret-${secret}`,
  `aws:secretsmanager/secretVersion:SecretVersion auterity-secret-${secret}`,
];

const own = [
  ...inCluster,
  ...stored("api/signing"),
  "aws:cloudwatch/logGroup:LogGroup auterity-secret-rotation",
  "aws:cloudwatch/metricAlarm:MetricAlarm auterity-rotation-failed-generated",
  "aws:iam/role:Role auterity-secret-rotation",
  "aws:iam/rolePolicy:RolePolicy auterity-secret-rotation",
  "aws:kms/alias:Alias auterity-secrets-key-us-west-2",
  "aws:kms/key:Key auterity-secrets-key-us-west-2 protected",
  "aws:lambda/function:Function auterity-secret-rotation",
  "aws:lambda/permission:Permission auterity-secret-rotation",
  "aws:secretsmanager/secretRotation:SecretRotation auterity-rotation-api/signing",
];

const everything = [
  ...own,
  ...["worker/openai", "worker/database", "worker/broker"].flatMap((secret) => [
    ...stored(secret),
    `kubernetes:external-secrets.io/v1:ExternalSecret auterity-secret-${secret}`,
  ]),
  "aws:cloudwatch/logGroup:LogGroup auterity-secret-age",
  "aws:cloudwatch/metricAlarm:MetricAlarm auterity-rotation-failed-database-user",
  "aws:cloudwatch/metricAlarm:MetricAlarm auterity-secret-age",
  "aws:ec2/securityGroup:SecurityGroup auterity-secret-rotation",
  "aws:iam/role:Role auterity-secret-age",
  "aws:iam/role:Role auterity-secret-age-schedule",
  "aws:iam/role:Role auterity-secrets-reader-worker",
  "aws:iam/rolePolicy:RolePolicy auterity-secret-age",
  "aws:iam/rolePolicy:RolePolicy auterity-secret-age-schedule",
  "aws:iam/rolePolicy:RolePolicy auterity-secrets-reader-worker",
  "aws:kms/alias:Alias auterity-secrets-key-us-east-1",
  "aws:kms/key:Key auterity-secrets-key-us-east-1 protected",
  "aws:lambda/function:Function auterity-secret-age",
  "aws:scheduler/schedule:Schedule auterity-secret-age-schedule",
  "aws:secretsmanager/secretRotation:SecretRotation auterity-rotation-worker/database",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule auterity-secret-rotation",
  "kubernetes:core/v1:ServiceAccount auterity-secrets-worker",
  "kubernetes:external-secrets.io/v1:SecretStore auterity-secrets-worker",
  "kubernetes:rbac.authorization.k8s.io/v1:Role auterity-secrets-worker",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding auterity-secrets-worker",
];

async function identities(args: SecretsSyncArgs, mode: "known" | "unknown"): Promise<string[]> {
  const { registrations } = await registered(args, mode);
  return registrations
    .map(({ type, name, protect }) => `${type} ${name}${protect ? " protected" : ""}`)
    .sort();
}

describe("SecretsSync: what it registers", () => {
  for (const mode of ["known", "unknown"] as const) {
    it(`is the cluster's part alone where secrets are replicas (${mode} values)`, async () => {
      expect(await identities(replicated, mode)).to.deep.equal([...inCluster].sort());
    });

    it(`is a key, the secrets and their rotation where it owns them (${mode} values)`, async () => {
      expect(await identities(least, mode)).to.deep.equal([...own].sort());
    });

    it(`is replicas, rotation of stores, a network and a reminder as well (${mode} values)`, async () => {
      expect(await identities(full, mode)).to.deep.equal([...everything].sort());
    });
  }

  it("hangs under the component, unprotected where that is asked, in the region it belongs to", async () => {
    const { registrations } = await registered({ ...full, protect: false });
    const self = registrations.find(({ type }) => type === "platform:secrets:SecretsSync");
    const children = registrations.filter((one) => one !== self);
    expect(new Set(children.map(({ parent }) => parent))).to.deep.equal(new Set([self?.urn]));
    expect(registrations.filter(({ protect }) => protect)).to.deep.equal([]);
    const elsewhere = children.filter(({ inputs }) => inputs["region"] === "us-east-1");
    expect(elsewhere.map(({ name }) => name)).to.deep.equal([
      "auterity-secrets-key-us-east-1",
      "auterity-secrets-key-us-east-1",
    ]);
  });

  it("comes in the order in which one part needs the other", async () => {
    const { registrations } = await registered(full);
    const names = (type: string, name: string) =>
      registrations
        .find((one) => one.type === type && one.name === name)
        ?.dependencies.map((urn) =>
          urn
            .split("::")
            .slice(-2)
            .map((part) => part.split("$").at(-1))
            .join(" "),
        );
    expect(
      names("aws:secretsmanager/secretRotation:SecretRotation", "auterity-rotation-api/signing"),
    ).to.include.members([
      "aws:secretsmanager/secretPolicy:SecretPolicy auterity-secret-api/signing",
      "aws:lambda/permission:Permission auterity-secret-rotation",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule auterity-secret-rotation",
    ]);
    expect(
      names("aws:secretsmanager/secretPolicy:SecretPolicy", "auterity-secret-api/signing"),
    ).to.include("aws:secretsmanager/secretVersion:SecretVersion auterity-secret-api/signing");
    expect(
      names("kubernetes:external-secrets.io/v1:SecretStore", "auterity-secrets-api"),
    ).to.include.members([
      "kubernetes:helm.sh/v3:Release auterity-external-secrets",
      "aws:iam/rolePolicy:RolePolicy auterity-secrets-reader-api",
    ]);
    expect(names("kubernetes:helm.sh/v3:Release", "auterity-reloader")).to.include(
      "kubernetes:networking.k8s.io/v1:NetworkPolicy auterity-reloader-default-deny",
    );
  });
});

describe("SecretsSync: a stored secret", () => {
  it("is named by its path, encrypted, replicated and tagged", async () => {
    const { inputs } = await registration(
      full,
      "aws:secretsmanager/secret:Secret",
      "auterity-secret-api/signing",
    );
    expect(inputs).to.deep.equal({
      region: "us-west-2",
      name: "auterity/prod/api/signing",
      description: "signing of api",
      kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/auterity-secrets-key-us-west-2-id",
      recoveryWindowInDays: 7,
      replicas: [
        {
          region: "us-east-1",
          kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/auterity-secrets-key-us-east-1-id",
        },
      ],
      tags: {
        environment: "prod",
        service: "api",
        team: "platform",
        rotation: "generated",
        "auterity:rotation-days": "90",
        "auterity:variables": "SECRET_KEY",
      },
    });
  });

  it("says at first that nobody has filled it, and never again", async () => {
    const { inputs, ignoreChanges } = await registration(
      least,
      "aws:secretsmanager/secretVersion:SecretVersion",
      "auterity-secret-api/signing",
    );
    const { secretStringWo, ...others } = inputs;
    expect(secretStringWo).to.include({ value: '{"AUTERITY_NOT_FILLED":"true"}' });
    // Its own stage: a second version of it would not become the current one.
    expect(others).to.deep.equal({
      region: "us-west-2",
      secretId: "auterity-secret-api/signing-id",
      secretStringWoVersion: 1,
      versionStages: ["AUTERITY_NOT_FILLED"],
    });
    expect(ignoreChanges).to.deep.equal([
      "secretStringWo",
      "secretStringWoVersion",
      "versionStages",
    ]);
  });

  it("is rotated on a schedule, in a window, where its record asks for one", async () => {
    const record = least.records[0]!;
    const rotation = { schedule: "cron(0 9 ? * SUN#1 *)", window: "3h" };
    const secrets = record.secrets.map((secret) => ({ ...secret, rotation }));
    const args = { ...least, records: [{ ...record, secrets }] };
    const { inputs } = await registration(
      args,
      "aws:secretsmanager/secretRotation:SecretRotation",
      "auterity-rotation-api/signing",
    );
    expect(inputs["rotationRules"]).to.deep.equal({
      scheduleExpression: "cron(0 9 ? * SUN#1 *)",
      duration: "3h",
    });
    const stored = await registration(
      args,
      "aws:secretsmanager/secret:Secret",
      "auterity-secret-api/signing",
    );
    expect(stored.inputs["tags"]).to.deep.include({ "auterity:rotation-days": "35" });
  });

  it("is rotated at once if the key is ours, and by the stores' function at its time", async () => {
    const type = "aws:secretsmanager/secretRotation:SecretRotation";
    const ours = await registration(full, type, "auterity-rotation-api/signing");
    expect(ours.inputs).to.deep.equal({
      region: "us-west-2",
      secretId: "auterity-secret-api/signing-id",
      rotationLambdaArn: "arn:aws:lambda:us-west-2:123456789012:auterity-secret-rotation",
      rotateImmediately: true,
      rotationRules: { automaticallyAfterDays: 90, duration: "2h" },
    });
    const theirs = await registration(full, type, "auterity-rotation-worker/database");
    expect(theirs.inputs).to.deep.equal({
      region: "us-west-2",
      secretId: "auterity-secret-worker/database-id",
      rotationLambdaArn: "arn:aws:lambda:us-west-2:123456789012:function:postgres",
      rotateImmediately: false,
      rotationRules: { automaticallyAfterDays: 30, duration: "2h" },
    });
  });
});
