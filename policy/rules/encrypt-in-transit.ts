import { awsFoundational } from "../shared/frameworks";
import { type Statement, readDocument } from "../shared/iam-document";
import { isTree } from "../shared/is-tree";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, textAt, valueAt } from "../shared/tree";

/** Parameters that refuse connections in the clear, by the beginning of a family's name. */
const forced: readonly (readonly [family: RegExp, parameter: string, on: RegExp])[] = [
  [/postgres/, "rds.force_ssl", /^(1|on|true)$/i],
  [/mysql|mariadb/, "require_secure_transport", /^(1|on|true)$/i],
  [/docdb/, "tls", /^(enabled|tls1\.[23]\+)$/i],
];

export const encryptInTransit = resourceRule({
  name: "encrypt-in-transit",
  description:
    "Caches, brokers, databases, searches and buckets are reached by TLS, and by nobody unnamed.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "S3.5",
    "S3 general purpose buckets should require requests to use SSL",
  ),
  tags: [
    "fsbp:ElastiCache.5",
    "fsbp:ElastiCache.6",
    "fsbp:MSK.1",
    "fsbp:OpenSearch.3",
    "fsbp:OpenSearch.8",
    "ckv:CKV_AWS_81",
    "fsbp:S3.5",
    "fsbp:RDS.38",
    "ckv:CKV_AWS_6",
    "ckv:CKV_AWS_30",
    "ckv:CKV_AWS_31",
    "ckv:CKV_AWS_83",
    "ckv:CKV_AWS_228",
    "ckv:CKV2_AWS_69",
  ],
  remediationSteps:
    "Switch TLS and authentication on, set the parameter that forces it, and deny requests with aws:SecureTransport false.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
  settings: {},
  checks: [
    onResource(["aws:elasticache/replicationGroup:ReplicationGroup"], ({ props, report }) => {
      if ("globalReplicationGroupId" in props) return;
      if (!isOn(snapshot(() => props["transitEncryptionEnabled"])))
        report("transitEncryptionEnabled: is not true");
      if (snapshot(() => props["transitEncryptionMode"]) === "preferred")
        report("transitEncryptionMode: is preferred, so it takes connections in the clear");
      if (!["authToken", "authTokenWo", "userGroupIds"].some((key) => key in props))
        report("authToken, userGroupIds: are missing, so nobody has to say who it is");
    }),
    onResource(["aws:msk/cluster:Cluster"], ({ props, report }) => {
      const transit = valueAt(
        snapshot(() => props["encryptionInfo"]),
        "encryptionInTransit",
      );
      const path = "encryptionInfo.encryptionInTransit";
      // MSK's defaults are TLS and true.
      if (["TLS_PLAINTEXT", "PLAINTEXT"].includes(String(textAt(transit, "clientBroker"))))
        report(`${path}.clientBroker: is not TLS`);
      if (valueAt(transit, "inCluster") === false) report(`${path}.inCluster: is false`);
      const clients = snapshot(() => props["clientAuthentication"]);
      if (clients === unknownValue) return;
      if (!isTree(clients) || valueAt(clients, "unauthenticated") === true)
        report("clientAuthentication: lets clients in that do not say who they are");
    }),
    onResource(["aws:opensearch/domain:Domain"], ({ props, report }) => {
      const endpoint = snapshot(() => props["domainEndpointOptions"]);
      if (!isOn(valueAt(endpoint, "enforceHttps")))
        report("domainEndpointOptions.enforceHttps: is not true");
      const policy = valueAt(endpoint, "tlsSecurityPolicy");
      if (policy !== unknownValue && !String(policy).startsWith("Policy-Min-TLS-1-2"))
        report("domainEndpointOptions.tlsSecurityPolicy: takes less than TLS 1.2");
      if (
        !isOn(
          valueAt(
            snapshot(() => props["nodeToNodeEncryption"]),
            "enabled",
          ),
        )
      )
        report("nodeToNodeEncryption.enabled: is not true");
    }),
    onResource(
      [
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
      ],
      ({ type, props, report }) => {
        // Of Aurora, the cluster's group decides; its instances' groups do not have the parameter.
        const family = snapshot(() => props["family"]);
        if (type === "aws:rds/parameterGroup:ParameterGroup" && String(family).startsWith("aurora"))
          return;
        const problem = parameterProblem(
          snapshot(() => props["family"]),
          snapshot(() => props["parameters"]),
        );
        if (problem !== undefined) report(problem);
      },
    ),
    onResource(["aws:s3/bucketPolicy:BucketPolicy"], ({ props, report }) => {
      const statements = readDocument(() => props["policy"]);
      if (statements === undefined) return;
      if (statements === "unreadable") report("policy: is no JSON object");
      else if (!statements.some(refusesPlainHttp))
        report("policy: no statement denies requests with aws:SecureTransport false");
    }),
  ],
});

/** What is left out counts as off: engines differ by version in what they then do. */
function parameterProblem(family: unknown, parameters: unknown): string | undefined {
  if (typeof family !== "string" || parameters === unknownValue) return undefined;
  const rule = forced.find(([pattern]) => pattern.test(family));
  if (rule === undefined) return undefined;
  const [, name, on] = rule;
  const list = listAt({ parameters }, "parameters");
  if (list.some((entry) => valueAt(entry, "name") === unknownValue || entry === unknownValue))
    return undefined;
  const value = valueAt(
    list.find((entry) => textAt(entry, "name") === name),
    "value",
  );
  if (value === unknownValue || on.test(String(value))) return undefined;
  return `parameters: ${name} is not on`;
}

function refusesPlainHttp(statement: Statement): boolean {
  if (statement.incomplete) return true;
  const everybody = statement.principals.some(({ kind }) => kind === "*");
  const everything = statement.actions.some((action) =>
    ["*", "s3:*"].includes(action.toLowerCase()),
  );
  return (
    !statement.allows &&
    everybody &&
    everything &&
    statement.conditions.length === 1 &&
    statement.conditions.some(
      ({ operator, key, values }) =>
        /^Bool(IfExists)?$/i.test(operator) &&
        key.toLowerCase() === "aws:securetransport" &&
        values.includes("false"),
    )
  );
}

function isOn(value: unknown): boolean {
  return value === true || value === "true" || value === unknownValue;
}
