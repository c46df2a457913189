export type {
  DatabaseNetwork,
  GlobalDatabase,
  GlobalPrimary,
  GlobalSecondary,
  MultiAzDatabaseArgs,
} from "./args";
export { MultiAzDatabase } from "./multi-az-database";
