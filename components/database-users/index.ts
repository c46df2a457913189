export type { DatabaseClient, DatabaseCluster, DatabaseUsersArgs, FunctionSubnets } from "./args";
export { createDatabaseUsers, DatabaseUsers } from "./database-users";
export { makerRoleArn } from "./policies";
