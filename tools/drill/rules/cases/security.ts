import { type AlertCase, counter, steady, values } from "../case";

const secret =
  'exported_namespace="relaycore",name="relaycore-database",namespace="external-secrets"';
const ofSecret = { exported_namespace: "relaycore", name: "relaycore-database" };
const image = 'image_repository="auterity/relaycore",image_tag="v1.0.0"';
const ofImage = { image_repository: "auterity/relaycore", image_tag: "v1.0.0" };

/** Secrets, and what the scanner finds. */
export const securityCases: readonly AlertCase[] = [
  {
    alert: "SecretSyncFailed",
    series: {
      [`externalsecret_status_condition{${secret},condition="Ready",status="False"}`]: values(
        [10, 0],
        [60, 1],
      ),
    },
    silentAt: "19m",
    firesAt: "20m",
    told: ["critical", "platform"],
    labels: ofSecret,
    summary:
      "Secret relaycore/relaycore-database cannot be read: not filled, refused or without a variable",
  },
  {
    alert: "SecretSyncErrors",
    series: { [`externalsecret_sync_calls_error{${secret}}`]: counter([10, 0], [120, 1]) },
    silentAt: "28m",
    firesAt: "29m",
    told: ["warning", "platform"],
    labels: ofSecret,
    summary: "Syncs of relaycore/relaycore-database fail again and again",
  },
  {
    alert: "SecretSyncStale",
    series: { [`externalsecret_sync_calls_total{${secret}}`]: counter([30, 1], [120, 0]) },
    silentAt: "1h14m",
    firesAt: "1h15m",
    told: ["warning", "platform"],
    labels: ofSecret,
    summary: "Secret relaycore/relaycore-database has not been looked at for 30 minutes",
  },
  {
    alert: "SecretSyncAbsent",
    series: { [`externalsecret_sync_calls_total{${secret}}`]: `${counter([10, 1])} stale` },
    silentAt: "24m",
    firesAt: "25m",
    told: ["critical", "platform"],
    labels: {},
    summary: "External Secrets reports nothing: changed secrets reach no service",
  },
  {
    alert: "SecretStoreNotReady",
    series: {
      'secretstore_status_condition{exported_namespace="relaycore",name="relaycore",condition="Ready",status="False"}':
        steady(1),
    },
    silentAt: "4m",
    firesAt: "5m",
    told: ["critical", "platform"],
    labels: { exported_namespace: "relaycore", name: "relaycore" },
    summary:
      "relaycore/relaycore cannot sign in at Secrets Manager: none of its service's secrets is refreshed",
  },
  {
    alert: "SecretProviderErrors",
    series: {
      'externalsecret_provider_api_calls_count{provider="AWS/SecretsManager",call="GetSecretValue",status="error"}':
        counter([100, 12]),
    },
    silentAt: "15m",
    firesAt: "16m",
    told: ["warning", "platform"],
    labels: { provider: "AWS/SecretsManager", call: "GetSecretValue" },
    summary:
      "AWS/SecretsManager refuses GetSecretValue again and again: throttled, or without the right",
  },
  {
    alert: "CriticalVulnerability",
    series: { [`trivy_image_vulnerabilities{${image},severity="Critical",name="r"}`]: steady(2) },
    silentAt: "23h59m",
    firesAt: "24h",
    told: ["warning", "platform"],
    labels: ofImage,
    summary: "auterity/relaycore:v1.0.0 runs with 2 critical vulnerabilities since a day",
  },
  {
    alert: "SecretInImage",
    series: { [`trivy_image_exposedsecrets{${image},severity="High",name="r"}`]: steady(1) },
    silentAt: "9m",
    firesAt: "10m",
    told: ["critical", "platform"],
    labels: ofImage,
    summary: "auterity/relaycore:v1.0.0 carries a secret: whoever can pull the image has it",
  },
  {
    alert: "ScannerSilent",
    series: { [`trivy_image_vulnerabilities{${image},severity="Low",name="r"}`]: "0x9 stale" },
    silentAt: "6h9m",
    firesAt: "6h10m",
    told: ["warning", "platform"],
    labels: {},
    summary: "The vulnerability scanner has reported nothing for six hours",
  },
];
