import { expect } from "chai";
import { full, least, policyOf, registration, replicated } from "./fixture";

const account = "123456789012";
const key = `arn:aws:kms:us-west-2:${account}:key/auterity-secrets-key-us-west-2-id`;
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
  const expected = (service: string, writers: string[]) =>
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
        writers,
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
});

describe("SecretsSync: roles", () => {
  const name = "auterity-secrets-reader-api";

  it("are taken by one service account of one cluster", async () => {
    const role = await registration(full, "aws:iam/role:Role", name);
    expect(role.inputs).to.include({
      name: "prod-us-west-2-api",
      path: "/auterity/secrets/",
      permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
    });
    const issuer = "oidc.eks.us-west-2.amazonaws.com/id/ABC";
    expect(policyOf(role, "assumeRolePolicy")).to.deep.equal(
      document({
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: "system:serviceaccount:core:api-secrets",
          },
        },
      }),
    );
    const provider = await registration(
      full,
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      "auterity-service-accounts",
    );
    expect(provider.inputs).to.deep.equal({
      url: `https://${issuer}`,
      clientIdLists: ["sts.amazonaws.com"],
      tags: { environment: "prod" },
    });
  });

  it("read the path of one service and nothing else, with the key of the region", async () => {
    const read = (region: string) => ({
      Sid: "ReadOwnSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: `arn:aws:secretsmanager:${region}:${account}:secret:auterity/prod/api/*`,
    });
    const decrypt = { Sid: "DecryptThem", Effect: "Allow", Action: "kms:Decrypt" };
    const type = "aws:iam/rolePolicy:RolePolicy";
    expect(policyOf(await registration(full, type, name))).to.deep.equal(
      document(read("us-west-2"), {
        ...decrypt,
        Resource: key,
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.us-west-2.amazonaws.com" } },
      }),
    );
    expect(policyOf(await registration(replicated, type, name))).to.deep.equal(
      document(read("us-east-1"), {
        ...decrypt,
        Resource: `arn:aws:kms:us-east-1:${account}:key/*`,
        Condition: {
          StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/auterity-prod-secrets" },
        },
      }),
    );
  });

  it("rotate what names this function, and look at ages without a value", async () => {
    const statements = async (functionName: string) => {
      const policy = policyOf(
        await registration(least, "aws:iam/rolePolicy:RolePolicy", functionName),
      ) as { Statement: unknown[] };
      return policy.Statement.slice(1);
    };
    expect(await statements("auterity-secret-rotation")).to.deep.equal([
      {
        Sid: "RotateSecrets",
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:PutSecretValue",
          "secretsmanager:UpdateSecretVersionStage",
        ],
        Resource: `arn:aws:secretsmanager:us-west-2:${account}:secret:auterity/prod/*`,
        Condition: {
          StringEquals: {
            "secretsmanager:resource/AllowRotationLambdaArn": `arn:aws:lambda:us-west-2:${account}:function:auterity-secret-rotation`,
          },
        },
      },
      {
        Sid: "EncryptThem",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: key,
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.us-west-2.amazonaws.com" } },
      },
    ]);
    const age = policyOf(
      await registration(full, "aws:iam/rolePolicy:RolePolicy", "auterity-secret-age"),
    ) as { Statement: unknown[] };
    expect(age.Statement.slice(1)).to.deep.equal([
      { Sid: "ListSecrets", Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" },
      {
        Sid: "ListVersions",
        Effect: "Allow",
        Action: "secretsmanager:ListSecretVersionIds",
        Resource: `arn:aws:secretsmanager:us-west-2:${account}:secret:auterity/prod/*`,
      },
    ]);
  });
});
