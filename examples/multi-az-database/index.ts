import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { createDatabaseUsers, DatabaseUsers } from "../../components/database-users";
import { MultiAzDatabase } from "../../components/multi-az-database";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");
const provider = new aws.Provider("account", { region, allowedAccountIds: [accountId] });
const inAccount = { providers: [provider] };

const alarms = new AlarmTopic("operations", { region, accountId, emailAddresses: [] }, inAccount);

const database = new MultiAzDatabase(
  "shop",
  {
    region,
    accountId,
    vpcId: "vpc-0123456789abcdef0",
    subnetIdByZone: {
      "us-west-2a": "subnet-0123456789abcdef0",
      "us-west-2b": "subnet-0123456789abcdef1",
    },
    clientSecurityGroupIds: { nodes: "sg-0123456789abcdef0" },
    availability: "multi-zone",
    instanceClass: "db.r6g.large",
    alarmTopicArn: alarms.topicArn,
    // An example is there to be taken down again.
    protect: false,
  },
  inAccount,
);

const users = new DatabaseUsers(
  "shop",
  {
    region,
    accountId,
    environment: "examples",
    secrets: "own",
    cluster: database,
    databases: ["orders"],
    // SecretsSync makes the secret auterity/examples/orders/database, and takes the rotation.
    clients: [
      {
        name: "orders",
        database: "orders",
        secrets: [
          {
            name: "database",
            variables: ["DATABASE_URL"],
            origin: "database-user",
            rotation: { days: 30 },
          },
        ],
      },
    ],
    network: {
      vpcId: "vpc-0123456789abcdef0",
      subnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
    },
    secretsKeyAlias: "alias/auterity-examples-secrets",
  },
  inAccount,
);

createDatabaseUsers("shop", users, { region, provider, dependsOn: [...database.instances] });

export const endpoint = database.endpoint;
