export type { ClassPlan, DrReplicationArgs, KeptStore, RestoreTest, VaultLock } from "./args";
export type { BucketCheck, DatabaseCheck } from "./checks";
export { keepingProblems } from "./problems";
export { DrReplication } from "./dr-replication";
