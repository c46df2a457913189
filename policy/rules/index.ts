import { chartImagesPinned } from "./chart-images-pinned";
import { chartPinned } from "./chart-pinned";
import { eksAccessEntries } from "./eks-access-entries";
import { eksNoClusterAdmin } from "./eks-no-cluster-admin";
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
import { rbacNoEscalation } from "./rbac-no-escalation";
import { rbacNoWildcard } from "./rbac-no-wildcard";
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

export const rules: readonly Rule[] = [...imageRules, ...identityRules];
