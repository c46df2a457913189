export { secretAlerts, secretAlertsFor, type SecretAlert } from "./alerts";
export type {
  RotationNetwork,
  SecretOwner,
  SecretsSyncArgs,
  StoreLocation,
  StoreOrigin,
  StoreRotation,
  SyncedKey,
} from "./args";
export { secretsKeyAlias } from "./secrets-keys";
export { SecretsSync } from "./secrets-sync";
export type { SecretEnvironment } from "./synced-secrets";
