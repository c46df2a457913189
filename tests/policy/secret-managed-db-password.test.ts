import { secretManagedDbPassword } from "../../policy/rules/secret-managed-db-password";
import { describeRule } from "./rule-table";

const instance = "aws:rds/instance:Instance";
const cluster = "aws:rds/cluster:Cluster";
const missing = "manageMasterUserPassword: is not true";

describeRule(secretManagedDbPassword, [
  ["one that RDS keeps passes", instance, { manageMasterUserPassword: true }, []],
  ["none at all is reported", instance, { engine: "postgres" }, [missing]],
  [
    "a password is reported, its value not",
    instance,
    { password: "hunter2" },
    ["password: is given by the program", missing],
  ],
  [
    "a cluster's password is reported",
    cluster,
    { clusterIdentifier: "c", masterPassword: "hunter2" },
    ["masterPassword: is given by the program", missing],
  ],
  [
    "one that is never read back is given all the same",
    cluster,
    { masterPasswordWo: "hunter2" },
    ["masterPasswordWo: is given by the program", missing],
  ],
  ["a cluster's own name excuses nothing", cluster, { clusterIdentifier: "c" }, [missing]],
  ["a replica has the password of what it follows", instance, { replicateSourceDb: "db" }, []],
  ["what is restored has the password of then", cluster, { snapshotIdentifier: "s" }, []],
  [
    "a password beside a snapshot is reported",
    cluster,
    { snapshotIdentifier: "s", masterPassword: "x" },
    ["masterPassword: is given by the program"],
  ],
  [
    "a global database has one of its own, since RDS manages none there",
    cluster,
    { globalClusterIdentifier: "g", masterPassword: "x" },
    [],
  ],
  ["false is reported", cluster, { manageMasterUserPassword: false }, [missing]],
]);
