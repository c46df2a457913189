import { encryptInTransit } from "../../policy/rules/encrypt-in-transit";
import { unknownText } from "../support/check-policy";
import { document } from "./fixtures";
import { describeRule } from "./rule-table";

const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
const stream = "aws:msk/cluster:Cluster";
const search = "aws:opensearch/domain:Domain";
const parameters = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const iam = { clientAuthentication: { sasl: { iam: true } } };
const refusal = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const openBucket = "policy: no statement denies requests with aws:SecureTransport false";
const force = (value: string) => ({
  family: "aurora-postgresql16",
  parameters: [{ name: "rds.force_ssl", value }],
});

describeRule(encryptInTransit, [
  [
    "a cache of defaults is in the clear, for everybody",
    cache,
    { replicationGroupId: "c" },
    [
      "transitEncryptionEnabled: is not true",
      "authToken, userGroupIds: are missing, so nobody has to say who it is",
    ],
  ],
  [
    "a cache that takes both is reported",
    cache,
    {
      transitEncryptionEnabled: true,
      transitEncryptionMode: "preferred",
      userGroupIds: ["services"],
    },
    ["transitEncryptionMode: is preferred, so it takes connections in the clear"],
  ],
  [
    "a cache with TLS and users passes",
    cache,
    { transitEncryptionEnabled: true, userGroupIds: unknownText },
    [],
  ],
  ["a member of a global cache is as that is", cache, { globalReplicationGroupId: "global" }, []],
  [
    "a stream of defaults has TLS, and nobody's name",
    stream,
    { clusterName: "s" },
    ["clientAuthentication: lets clients in that do not say who they are"],
  ],
  [
    "a stream in the clear is reported",
    stream,
    {
      ...iam,
      encryptionInfo: { encryptionInTransit: { clientBroker: "TLS_PLAINTEXT", inCluster: false } },
    },
    [
      "encryptionInfo.encryptionInTransit.clientBroker: is not TLS",
      "encryptionInfo.encryptionInTransit.inCluster: is false",
    ],
  ],
  [
    "a stream that lets strangers in beside others is reported",
    stream,
    { clientAuthentication: { sasl: { iam: true }, unauthenticated: true } },
    ["clientAuthentication: lets clients in that do not say who they are"],
  ],
  ["a stream with names passes", stream, iam, []],
  [
    "a search of defaults is reported",
    search,
    { domainName: "d" },
    [
      "domainEndpointOptions.enforceHttps: is not true",
      "domainEndpointOptions.tlsSecurityPolicy: takes less than TLS 1.2",
      "nodeToNodeEncryption.enabled: is not true",
    ],
  ],
  [
    "a hardened search passes",
    search,
    {
      domainEndpointOptions: {
        enforceHttps: true,
        tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
      },
      nodeToNodeEncryption: { enabled: true },
    },
    [],
  ],
  ["a database that forces TLS passes", parameters, force("1"), []],
  [
    "one that does not is reported",
    parameters,
    force("0"),
    ["parameters: rds.force_ssl is not on"],
  ],
  [
    "one that says nothing is reported, by the name that its engine has for it",
    "aws:rds/parameterGroup:ParameterGroup",
    { family: "mysql8.4" },
    ["parameters: require_secure_transport is not on"],
  ],
  [
    "the instances of Aurora do not decide it",
    "aws:rds/parameterGroup:ParameterGroup",
    { family: "aurora-postgresql17" },
    [],
  ],
  ["another engine is left alone", parameters, { family: "sqlserver-se-16.0" }, []],
  ["parameters that a preview does not know pass", parameters, force(unknownText), []],
  ["a bucket that refuses HTTP passes", bucketPolicy, { policy: document(refusal) }, []],
  [
    "a bucket without the refusal is reported",
    bucketPolicy,
    { policy: document({ ...refusal, Effect: "Allow" }) },
    [openBucket],
  ],
  [
    "a refusal of reading alone is none",
    bucketPolicy,
    { policy: document({ ...refusal, Action: "s3:GetObject" }) },
    [openBucket],
  ],
  [
    "nor is one that a second condition narrows",
    bucketPolicy,
    {
      policy: document({
        ...refusal,
        Condition: { ...refusal.Condition, StringEquals: { "aws:PrincipalTag/x": "y" } },
      }),
    },
    [openBucket],
  ],
  [
    "a policy that cannot be read is reported",
    bucketPolicy,
    { policy: "{" },
    ["policy: is no JSON object"],
  ],
  ["one that a preview does not know is not guessed", bucketPolicy, { policy: unknownText }, []],
]);
