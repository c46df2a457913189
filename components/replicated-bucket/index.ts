export { ReplicatedBucket } from "./replicated-bucket";
export type { BucketReplica, ObjectLock, ReplicatedBucketArgs } from "./args";
export type { Folder, FolderLifecycle } from "./lifecycle";
export { bucketClientStatements, type BucketReference } from "./policies";
