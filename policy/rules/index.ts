import { alertComplete } from "./alert-complete";
import { chartImagesPinned } from "./chart-images-pinned";
import { chartPinned } from "./chart-pinned";
import { costBounds } from "./cost-bounds";
import { costInstanceTypes } from "./cost-instance-types";
import { costS3Lifecycle } from "./cost-s3-lifecycle";
import { costSpot } from "./cost-spot";
import { costTags } from "./cost-tags";
import { drBackupCopy } from "./dr-backup-copy";
import { drDataClass } from "./dr-data-class";
import { drFailoverHealth } from "./dr-failover-health";
import { drReplicated } from "./dr-replicated";
import { eksAccessEntries } from "./eks-access-entries";
import { eksNoClusterAdmin } from "./eks-no-cluster-admin";
import { encryptAtRest } from "./encrypt-at-rest";
import { encryptBucket } from "./encrypt-bucket";
import { encryptCustomerKey } from "./encrypt-customer-key";
import { encryptEksSecrets } from "./encrypt-eks-secrets";
import { encryptImdsv2 } from "./encrypt-imdsv2";
import { encryptInTransit } from "./encrypt-in-transit";
import { encryptKmsKey } from "./encrypt-kms-key";
import { encryptStorageClass } from "./encrypt-storage-class";
import { iamBoundary } from "./iam-boundary";
import { iamNoAdminAttachment } from "./iam-no-admin-attachment";
import { iamNoEscalation } from "./iam-no-escalation";
import { iamNoExfiltration } from "./iam-no-exfiltration";
import { iamNoStarAction } from "./iam-no-star-action";
import { iamNoStarResource } from "./iam-no-star-resource";
import { iamNoUsers } from "./iam-no-users";
import { iamOneRolePerService } from "./iam-one-role-per-service";
import { iamTrustConditions } from "./iam-trust-conditions";
import { iamTrustNoStar } from "./iam-trust-no-star";
import { imageAllowedRegistry } from "./image-allowed-registry";
import { imageEcrImmutable } from "./image-ecr-immutable";
import { imageEcrLifecycle } from "./image-ecr-lifecycle";
import { imageEcrPrivate } from "./image-ecr-private";
import { imageEcrScan } from "./image-ecr-scan";
import { imagePinned } from "./image-pinned";
import { imageReleased } from "./image-released";
import { logAlb } from "./log-alb";
import { logDataStores } from "./log-data-stores";
import { logEks } from "./log-eks";
import { logFlow } from "./log-flow";
import { logRetention } from "./log-retention";
import { logS3 } from "./log-s3";
import { logWaf } from "./log-waf";
import { networkBucketPrivate } from "./network-bucket-private";
import { networkCniPolicy } from "./network-cni-policy";
import { networkDataPrivate } from "./network-data-private";
import { networkDefaultDeny } from "./network-default-deny";
import { networkDefaultGroupClosed } from "./network-default-group-closed";
import { networkEksEndpoint } from "./network-eks-endpoint";
import { networkEnvironmentsApart } from "./network-environments-apart";
import { networkEndpoints } from "./network-endpoints";
import { networkIngressTls } from "./network-ingress-tls";
import { networkLb } from "./network-lb";
import { networkNacl } from "./network-nacl";
import { networkNaclAttached } from "./network-nacl-attached";
import { networkNoAutoPublicIp } from "./network-no-auto-public-ip";
import { networkNoLoadBalancerService } from "./network-no-load-balancer-service";
import { networkNoOpenEgress } from "./network-no-open-egress";
import { networkNoPublicIngress } from "./network-no-public-ingress";
import { networkOneRuleStyle } from "./network-one-rule-style";
import { networkPolicyScoped } from "./network-policy-scoped";
import { networkPrivateNodes } from "./network-private-nodes";
import { networkRuleDescribed } from "./network-rule-described";
import { networkWafAttached } from "./network-waf-attached";
import { networkWafRules } from "./network-waf-rules";
import { rbacNoEscalation } from "./rbac-no-escalation";
import { rbacNoWildcard } from "./rbac-no-wildcard";
import { resilienceBackup } from "./resilience-backup";
import { resilienceChaosStop } from "./resilience-chaos-stop";
import { resilienceDatabaseReaders } from "./resilience-database-readers";
import { resilienceDeletionGuard } from "./resilience-deletion-guard";
import { resilienceEksVersion } from "./resilience-eks-version";
import { resilienceMultiAzData } from "./resilience-multi-az-data";
import { resilienceNatPerZone } from "./resilience-nat-per-zone";
import { resilienceThreeZones } from "./resilience-three-zones";
import { secretExternal } from "./secret-external";
import { secretFiles } from "./secret-files";
import { secretManagedDbPassword } from "./secret-managed-db-password";
import { secretNoPlaintext } from "./secret-no-plaintext";
import { secretRotation } from "./secret-rotation";
import { secretSyncFresh } from "./secret-sync-fresh";
import { secretUserData } from "./secret-user-data";
import { workloadJobBounds } from "./workload-job-bounds";
import { workloadNamespace } from "./workload-namespace";
import { workloadNamespaceGuard } from "./workload-namespace-guard";
import { workloadNoDangling } from "./workload-no-dangling";
import { workloadNoToken } from "./workload-no-token";
import { workloadOwnAccount } from "./workload-own-account";
import { workloadPdb } from "./workload-pdb";
import { workloadProbes } from "./workload-probes";
import { workloadReadonlyRoot } from "./workload-readonly-root";
import { workloadReplicas } from "./workload-replicas";
import { workloadResources } from "./workload-resources";
import { workloadRestricted } from "./workload-restricted";
import { workloadRollout } from "./workload-rollout";
import { workloadSpread } from "./workload-spread";
import type { ResourceRule, StackRule } from "../shared/rule";

export type Rule = ResourceRule | StackRule;

/** Images and supply chain. */
export const imageRules: readonly Rule[] = [
  imagePinned,
  imageAllowedRegistry,
  imageReleased,
  imageEcrScan,
  imageEcrImmutable,
  imageEcrPrivate,
  imageEcrLifecycle,
  chartPinned,
  chartImagesPinned,
];

/** Identity, least privilege. */
export const identityRules: readonly Rule[] = [
  iamNoStarAction,
  iamNoStarResource,
  iamNoEscalation,
  iamNoExfiltration,
  iamNoAdminAttachment,
  iamTrustNoStar,
  iamTrustConditions,
  iamNoUsers,
  iamBoundary,
  iamOneRolePerService,
  eksNoClusterAdmin,
  eksAccessEntries,
  rbacNoWildcard,
  rbacNoEscalation,
];

/** Network. */
export const networkRules: readonly Rule[] = [
  networkDefaultDeny,
  networkPolicyScoped,
  networkCniPolicy,
  networkNoPublicIngress,
  networkNoOpenEgress,
  networkRuleDescribed,
  networkOneRuleStyle,
  networkDefaultGroupClosed,
  networkNoAutoPublicIp,
  networkNacl,
  networkNaclAttached,
  networkEndpoints,
  networkEnvironmentsApart,
  networkEksEndpoint,
  networkPrivateNodes,
  networkNoLoadBalancerService,
  networkIngressTls,
  networkLb,
  networkWafAttached,
  networkWafRules,
  networkDataPrivate,
  networkBucketPrivate,
];

/** Workloads. */
export const workloadRules: readonly Rule[] = [
  workloadRestricted,
  workloadReadonlyRoot,
  workloadProbes,
  workloadResources,
  workloadNoToken,
  workloadOwnAccount,
  workloadReplicas,
  workloadSpread,
  workloadPdb,
  workloadNamespace,
  workloadNamespaceGuard,
  workloadRollout,
  workloadJobBounds,
  workloadNoDangling,
];

/** Secrets. */
export const secretRules: readonly Rule[] = [
  secretNoPlaintext,
  secretExternal,
  secretFiles,
  secretRotation,
  secretManagedDbPassword,
  secretUserData,
  secretSyncFresh,
];

/** Encryption. */
export const encryptionRules: readonly Rule[] = [
  encryptEksSecrets,
  encryptAtRest,
  encryptBucket,
  encryptCustomerKey,
  encryptKmsKey,
  encryptInTransit,
  encryptStorageClass,
  encryptImdsv2,
];

/** Logging. */
export const loggingRules: readonly Rule[] = [
  logEks,
  logFlow,
  logAlb,
  logWaf,
  logS3,
  logDataStores,
  logRetention,
  alertComplete,
];

/** Resilience. */
export const resilienceRules: readonly Rule[] = [
  resilienceThreeZones,
  resilienceNatPerZone,
  resilienceMultiAzData,
  resilienceDatabaseReaders,
  resilienceDeletionGuard,
  resilienceBackup,
  resilienceEksVersion,
  resilienceChaosStop,
];

/** Cost. */
export const costRules: readonly Rule[] = [
  costTags,
  costInstanceTypes,
  costSpot,
  costBounds,
  costS3Lifecycle,
];

/** Disaster recovery. */
export const recoveryRules: readonly Rule[] = [
  drDataClass,
  drReplicated,
  drBackupCopy,
  drFailoverHealth,
];

export const rules: readonly Rule[] = [
  ...imageRules,
  ...identityRules,
  ...networkRules,
  ...workloadRules,
  ...secretRules,
  ...encryptionRules,
  ...loggingRules,
  ...resilienceRules,
  ...costRules,
  ...recoveryRules,
];
