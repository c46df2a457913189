import type { SyntheticMonitoringArgs } from "../../../components/synthetic-monitoring";

export const account = "123456789012";
export const boundary = `arn:aws:iam::${account}:policy/boundary`;
export const topic = `arn:aws:sns:us-west-2:${account}:alarms`;

export const args: SyntheticMonitoringArgs = {
  region: "us-west-2",
  accountId: account,
  canaries: {
    "start-page": {
      steps: [
        {
          ...{ name: "answer", url: "https://shop.example/", expectedStatus: 200 },
          leastCertificateDays: 14,
        },
        {
          ...{ name: "plain-http", url: "http://shop.example/", expectedStatus: 301 },
          redirectsTo: "https://shop.example/",
        },
      ],
    },
    orders: {
      internal: true,
      slowRunMilliseconds: 2000,
      steps: [
        {
          ...{ name: "list", url: "https://orders.internal/", expectedStatus: 200 },
          ...{ signedIn: true, slowAfterMilliseconds: 2500 },
        },
      ],
    },
  },
  everyMinutes: 5,
  retentionDays: 30,
  bucket: {
    name: "results",
    arn: "arn:aws:s3:::results",
    keyArn: `arn:aws:kms:us-west-2:${account}:key/results`,
  },
  network: { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
  signIn: {
    endpoint: "https://cognito-idp.us-west-2.amazonaws.com/",
    clientId: "client",
    secretArn: `arn:aws:secretsmanager:us-west-2:${account}:secret:canary`,
    secretKeyArn: `arn:aws:kms:us-west-2:${account}:key/secrets`,
  },
  alarmTopicArn: topic,
  permissionsBoundaryArn: boundary,
};
