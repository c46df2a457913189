import { awsFoundational } from "../shared/frameworks";
import { known } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";

const passwords = ["password", "passwordWo", "masterPassword", "masterPasswordWo"];
/** Whoever joins another database, or is restored, has the password of that one. */
const inherits = [
  "snapshotIdentifier",
  "replicateSourceDb",
  "replicationSourceIdentifier",
  "globalClusterIdentifier",
  "restoreToPointInTime",
];

export const secretManagedDbPassword = resourceRule({
  name: "secret-managed-db-password",
  description: "The master password of a database is made and kept by RDS, not given by a program.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "SecretsManager.1",
    "Secrets Manager secrets should have automatic rotation enabled",
  ),
  tags: ["fsbp:SecretsManager.1"],
  remediationSteps: "Set manageMasterUserPassword to true and leave the password out.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
  settings: {},
  checks: [
    onResource(
      ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster"],
      ({ props, report }) => {
        // RDS manages none in a global database: there its first cluster is given one.
        if (!("globalClusterIdentifier" in props))
          for (const key of passwords) if (key in props) report(`${key}: is given by the program`);
        if (inherits.some((key) => key in props)) return;
        if (known(() => props["manageMasterUserPassword"], true) !== true)
          report("manageMasterUserPassword: is not true");
      },
    ),
  ],
});
