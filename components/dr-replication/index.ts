export type { ClassPlan, DrReplicationArgs, KeptStore, RestoreTest, VaultLock } from "./args";
export type { BucketCheck, DatabaseCheck } from "./checks";
export { DrReplication } from "./dr-replication";
