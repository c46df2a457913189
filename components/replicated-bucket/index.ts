export { ReplicatedBucket } from "./replicated-bucket";
export type { BucketReplica, ObjectLock, ReplicatedBucketArgs } from "./args";
export type { Folder, FolderLifecycle } from "./lifecycle";
export { bucketClientStatements, type BucketKey, type BucketReference } from "./policies";
