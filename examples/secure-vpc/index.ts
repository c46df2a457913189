import * as aws from "@pulumi/aws";
import { baselineInterfaceEndpoints, SecureVpc } from "../../components/secure-vpc";

const region = "us-west-2";
// The account of AWS's documentation: put your own here and the provider refuses every other.
const accountId = "123456789012";

const provider = new aws.Provider("aws", { region, allowedAccountIds: [accountId] });

const network = new SecureVpc(
  "example",
  {
    region,
    accountId,
    cidrBlock: "10.40.0.0/16",
    availabilityZones: ["us-west-2a", "us-west-2b", "us-west-2c"],
    interfaceEndpoints: baselineInterfaceEndpoints,
    flowLogRetentionDays: 30,
    clusterName: "example",
    // An example is there to be taken down again.
    protect: false,
    tags: { project: "example" },
  },
  { providers: [provider] },
);

export const vpcId = network.vpcId;
export const privateSubnetIdByZone = network.privateSubnetIdByZone;
export const flowLogBucketName = network.flowLogBucketName;
