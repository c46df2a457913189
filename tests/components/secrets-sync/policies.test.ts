import { expect } from "chai";
import { full, least, policyOf, registration } from "./fixture";

const account = "123456789012";
const document = (...Statement: unknown[]) => ({ Version: "2012-10-17", Statement });

const use = (Sid: string, service: string) => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
  ],
  Resource: "*",
  Condition: {
    StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `${service}.amazonaws.com` },
  },
});

const logs = (Sid: string, functionName: string) => ({
  Sid,
  Effect: "Allow",
  Principal: { Service: "logs.us-west-2.amazonaws.com" },
  Action: [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
  ],
  Resource: "*",
  Condition: {
    ArnEquals: {
      "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:us-west-2:${account}:log-group:/aws/lambda/${functionName}`,
    },
  },
});

const administer = {
  Sid: "AdministerKey",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
  ],
  Resource: "*",
};

describe("SecretsSync: policies of the keys", () => {
  const keyPolicy = async (args: typeof full, region: string) =>
    policyOf(await registration(args, "aws:kms/key:Key", `auterity-secrets-key-${region}`));

  it("lets nobody decrypt but through Secrets Manager, and functions keep their logs", async () => {
    expect(await keyPolicy(full, "us-west-2")).to.deep.equal(
      document(
        administer,
        use("UseForSecrets", "secretsmanager.us-west-2"),
        use("UseForFunctions", "lambda.us-west-2"),
        logs("LogsEncrypt1", "auterity-secret-rotation"),
        logs("LogsEncrypt2", "auterity-secret-age"),
      ),
    );
  });

  it("knows no functions where there are none", async () => {
    expect(await keyPolicy(full, "us-east-1")).to.deep.equal(
      document(administer, use("UseForSecrets", "secretsmanager.us-east-1")),
    );
    expect(await keyPolicy({ ...least, records: [] }, "us-west-2")).to.deep.equal(
      document(administer, use("UseForSecrets", "secretsmanager.us-west-2")),
    );
  });
});

describe("SecretsSync: policies of the secrets", () => {
  const policy = async (secret: string) =>
    policyOf(
      await registration(
        full,
        "aws:secretsmanager/secretPolicy:SecretPolicy",
        `auterity-secret-${secret}`,
      ),
    );
  const administrators = "arn:aws:iam::123456789012:role/secret-administrators";
  const readers = (service: string) => [
    `arn:aws:iam::${account}:role/auterity/secrets/prod-us-west-2-${service}`,
    `arn:aws:iam::${account}:role/auterity/secrets/prod-us-east-1-${service}`,
  ];
  const deny = (Sid: string, Action: string[], but: string[]) => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action,
    Resource: "*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": but } },
  });
  const expected = (service: string, writers: string[], writersOnly: string[] = []) =>
    document(
      deny(
        "ReadByNobodyElse",
        ["secretsmanager:GetSecretValue"],
        [...readers(service), ...writers],
      ),
      deny(
        "WriteByNobodyElse",
        [
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecret",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        [...writers, ...writersOnly],
      ),
      deny(
        "ChangeByNobodyElse",
        [
          "secretsmanager:CancelRotateSecret",
          "secretsmanager:DeleteResourcePolicy",
          "secretsmanager:DeleteSecret",
          "secretsmanager:PutResourcePolicy",
          "secretsmanager:RemoveRegionsFromReplication",
          "secretsmanager:ReplicateSecretToRegions",
          "secretsmanager:RotateSecret",
          "secretsmanager:StopReplicationToReplica",
          "secretsmanager:TagResource",
          "secretsmanager:UntagResource",
        ],
        [
          administrators,
          "arn:aws:iam::123456789012:role/deployer",
          "arn:aws:iam::123456789012:root",
        ],
      ),
    );

  it("keep everybody out but reader, our rotation and administrators", async () => {
    const rotation = `arn:aws:iam::${account}:role/auterity-secret-rotation`;
    expect(await policy("api/signing")).to.deep.equal(expected("api", [rotation, administrators]));
  });

  it("let in the stores' rotation where there is one, and nothing that does not rotate", async () => {
    const postgres = `arn:aws:iam::${account}:role/postgres`;
    expect(await policy("worker/database")).to.deep.equal(
      expected("worker", [postgres, administrators]),
    );
    for (const secret of ["worker/broker", "worker/openai"])
      expect(await policy(secret), secret).to.deep.equal(expected("worker", [administrators]));
  });

  it("let whoever deploys write what the deployment fills, and still read nothing", async () => {
    const secrets = [
      {
        name: "pager",
        variables: ["pagerduty-platform"],
        origin: "issued-outside" as const,
        filledBy: "deployment" as const,
        rotation: { days: 365 },
      },
    ];
    const records = [{ name: "alert", product: "core", team: "platform", secrets }];
    const stored = await registration(
      { ...full, records },
      "aws:secretsmanager/secretPolicy:SecretPolicy",
      "auterity-secret-alert/pager",
    );
    expect(policyOf(stored)).to.deep.equal(
      expected("alert", [administrators], ["arn:aws:iam::123456789012:role/deployer"]),
    );
  });
});
