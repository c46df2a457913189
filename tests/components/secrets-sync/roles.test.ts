import { expect } from "chai";
import { full, least, policyOf, registration, replicated } from "./fixture";

const account = "123456789012";
const key = `arn:aws:kms:us-west-2:${account}:key/auterity-secrets-key-us-west-2-id`;
const document = (...Statement: unknown[]) => ({ Version: "2012-10-17", Statement });

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
    const ownContext = {
      "kms:EncryptionContext:SecretARN": `arn:aws:secretsmanager:*:${account}:secret:auterity/prod/api/*`,
    };
    const type = "aws:iam/rolePolicy:RolePolicy";
    expect(policyOf(await registration(full, type, name))).to.deep.equal(
      document(read("us-west-2"), {
        ...decrypt,
        Resource: key,
        Condition: {
          StringEquals: { "kms:ViaService": "secretsmanager.us-west-2.amazonaws.com" },
          StringLike: ownContext,
        },
      }),
    );
    expect(policyOf(await registration(replicated, type, name))).to.deep.equal(
      document(read("us-east-1"), {
        ...decrypt,
        Resource: `arn:aws:kms:us-east-1:${account}:key/*`,
        Condition: {
          StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
          StringLike: ownContext,
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
