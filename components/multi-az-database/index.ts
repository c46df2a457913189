export type { DatabaseNetwork, GlobalDatabase, MultiAzDatabaseArgs } from "./args";
export { MultiAzDatabase } from "./multi-az-database";
