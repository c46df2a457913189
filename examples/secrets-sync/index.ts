import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../components/alarm-topic";
import { SecretsSync } from "../../components/secrets-sync";
import { charts, images } from "../../components/shared/versions";

const config = new pulumi.Config();
const region = "us-west-2";
const accountId = config.require("accountId");
const account = new aws.Provider("account", { region, allowedAccountIds: [accountId] });
const cluster = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });

const { topicArn } = new AlarmTopic("operations", { region, accountId }, { providers: [account] });
const namespace = new k8s.core.v1.Namespace(
  "examples",
  { metadata: { name: "examples" } },
  { provider: cluster },
);

const secrets = new SecretsSync(
  "example",
  {
    region,
    accountId,
    environment: "example",
    source: "own",
    records: [
      {
        name: "greeter",
        product: "examples",
        team: "platform",
        secrets: [
          {
            name: "signing",
            variables: ["SIGNING_KEY", "SIGNING_KEY_PREVIOUS", "SIGNING_KEY_NEXT"],
            origin: "generated",
            rotation: { days: 90 },
          },
          {
            name: "openai",
            variables: ["OPENAI_API_KEY"],
            origin: "issued-outside",
            rotation: { days: 180 },
          },
        ],
      },
    ],
    namespaces: { examples: namespace.metadata.name },
    // Those of SecureVpc.
    network: { clusterSubnetCidrs: ["10.0.0.0/28"], endpointSubnetCidrs: ["10.0.1.0/24"] },
    oidcIssuer: config.require("oidcIssuer"),
    administratorArns: [config.require("administratorArn")],
    deployerArns: [config.require("deployerArn")],
    alarmTopicArn: topicArn,
    versions: {
      externalSecrets: { chart: charts.externalSecrets, image: images.externalSecrets },
      reloader: { chart: charts.reloader, image: images.reloader },
    },
    recoveryWindowDays: 7,
    // An example is there to be taken down again.
    protect: false,
  },
  { providers: [account, cluster] },
);

export const { secretEnvironment } = secrets;
