import { expect } from "chai";
import {
  gatewayEndpointPolicy,
  interfaceEndpointPolicy,
} from "../../../components/secure-vpc/endpoint-policies";
import { flowLogKeyPolicy } from "../../../components/secure-vpc/flow-log-policies";
import {
  baselineInterfaceEndpoints,
  interfaceEndpoints,
} from "../../../components/secure-vpc/interface-endpoints";
import { buildVpc } from "./fixture";

const place = { accountId: "123456789012", region: "us-west-2" };
const ownPrincipals = {
  Sid: "OwnPrincipals",
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
};
const ownPrincipalsOnOwnResources = {
  ...ownPrincipals,
  Sid: "OwnPrincipalsOnOwnResources",
  Condition: {
    StringEquals: {
      "aws:PrincipalAccount": "123456789012",
      "aws:ResourceAccount": "123456789012",
    },
  },
};
const ownDeliveries = {
  StringEquals: { "aws:SourceAccount": "123456789012" },
  ArnLike: { "aws:SourceArn": "arn:aws:logs:us-west-2:123456789012:*" },
};

describe("endpoint policies", () => {
  it("let the account's own principals use its own tables in DynamoDB", () => {
    expect(JSON.parse(gatewayEndpointPolicy("dynamodb", place))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [ownPrincipalsOnOwnResources],
    });
  });

  it("let them write to own buckets only, read any, and anyone read image layers and node packages", () => {
    expect(JSON.parse(gatewayEndpointPolicy("s3", place))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        ownPrincipalsOnOwnResources,
        {
          ...ownPrincipals,
          Sid: "OwnPrincipalsReadElsewhere",
          Action: ["s3:Get*", "s3:List*"],
        },
        {
          Sid: "AnyoneReadsImageLayersAndNodePackages",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: [
            "arn:aws:s3:::prod-us-west-2-starport-layer-bucket/*",
            "arn:aws:s3:::al2023-repos-us-west-2-de612dc2/*",
          ],
        },
      ],
    });
  });

  it("let web identities, who are nobody's principals yet, assume the account's roles at STS", () => {
    expect(JSON.parse(interfaceEndpointPolicy("sts", place))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        ownPrincipals,
        {
          Sid: "WebIdentityForOwnRoles",
          Effect: "Allow",
          Principal: "*",
          Action: "sts:AssumeRoleWithWebIdentity",
          Resource: "arn:aws:iam::123456789012:role/*",
        },
      ],
    });
  });

  for (const service of interfaceEndpoints.filter((name) => name !== "sts")) {
    it(`keep ${service} to the account's own principals`, () => {
      expect(JSON.parse(interfaceEndpointPolicy(service, place))).to.deep.equal({
        Version: "2012-10-17",
        Statement: [ownPrincipals],
      });
    });
  }

  it("the baseline holds what a private cluster calls all day", () => {
    expect(baselineInterfaceEndpoints).to.deep.equal([
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "eks",
      "eks-auth",
      "elasticloadbalancing",
      "kms",
      "logs",
      "secretsmanager",
      "ssm",
      "sts",
      "xray",
    ]);
  });
});

describe("flow log policies", () => {
  it("the key serves the account's administration and its own deliveries", () => {
    expect(JSON.parse(flowLogKeyPolicy(place))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministers",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "LogDeliveryEncrypts",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
          ],
          Resource: "*",
          Condition: ownDeliveries,
        },
      ],
    });
  });

  it("the bucket takes the account's own deliveries under its prefix, and nobody over bad TLS", async () => {
    const { find } = await buildVpc();
    const policy = find("aws:s3/bucketPolicy:BucketPolicy", "net-flow-logs-policy").inputs[
      "policy"
    ];
    const delivery = { Service: "delivery.logs.amazonaws.com" };
    const everything = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::net-flow-logs", "arn:aws:s3:::net-flow-logs/*"],
    };
    expect(JSON.parse(policy as string)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LogDeliveryWrites",
          Effect: "Allow",
          Principal: delivery,
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::net-flow-logs/AWSLogs/aws-account-id=123456789012/*",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "123456789012",
              "s3:x-amz-acl": "bucket-owner-full-control",
            },
            ArnLike: ownDeliveries.ArnLike,
          },
        },
        {
          Sid: "LogDeliveryChecks",
          Effect: "Allow",
          Principal: delivery,
          Action: ["s3:GetBucketAcl", "s3:ListBucket"],
          Resource: "arn:aws:s3:::net-flow-logs",
          Condition: ownDeliveries,
        },
        {
          ...everything,
          Sid: "NobodyWithoutTls",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          ...everything,
          Sid: "NobodyWithOldTls",
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
      ],
    });
  });
});
