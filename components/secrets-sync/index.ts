export { secretAlerts, type SecretAlert } from "./alerts";
export type {
  RotationNetwork,
  SecretOwner,
  SecretsSyncArgs,
  StoreLocation,
  StoreOrigin,
  StoreRotation,
  SyncedKey,
} from "./args";
export { SecretsSync } from "./secrets-sync";
export type { SecretEnvironment } from "./synced-secrets";
