import { awsFoundational } from "../shared/frameworks";
import { isBoundBy, readDocument } from "../shared/iam-document";
import { known } from "../shared/known";
import { type Subject, onResource, resourceRule } from "../shared/rule";

interface Settings {
  /** Shortest time, in days, in which the deletion of a key can be taken back. */
  fewestDays: number;
  /** Condition keys (patterns) that keep a statement for everybody to callers of our own. */
  boundBy: string[];
}

const keyType = "aws:kms/key:Key";
const replicaType = "aws:kms/replicaKey:ReplicaKey";
const policyType = "aws:kms/keyPolicy:KeyPolicy";

export const encryptKmsKey = resourceRule<Settings>({
  name: "encrypt-kms-key",
  description:
    "A key is rotated, its deletion can be taken back for a while, and its policy admits nobody unnamed.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational("KMS.4", "AWS KMS key rotation should be enabled"),
  tags: ["fsbp:KMS.4", "fsbp:KMS.5", "ckv:CKV_AWS_7", "ckv:CKV_AWS_33"],
  remediationSteps:
    "Set enableKeyRotation, deletionWindowInDays, and a policy whose principals are named, or bound by kms:CallerAccount or aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4",
  settings: {
    fewestDays: { type: "number", default: 14 },
    boundBy: {
      type: "array",
      items: { type: "string" },
      default: [
        "kms:CallerAccount",
        "aws:PrincipalAccount",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalArn",
        "aws:SourceAccount",
        "aws:SourceArn",
      ],
    },
  },
  checks: [
    onResource([keyType], ({ props, report }) => {
      const symmetric =
        known(() => props["customerMasterKeySpec"] ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
      if (symmetric && known(() => props["enableKeyRotation"], true) !== true)
        report("enableKeyRotation: is not true");
    }),
    onResource([keyType, replicaType], ({ props, settings, report }) => {
      // Left out it is KMS's longest.
      const days = known(() => props["deletionWindowInDays"]);
      if (typeof days === "number" && days < settings.fewestDays)
        report(`deletionWindowInDays: is ${days}, need ${settings.fewestDays} or more`);
    }),
    onResource([keyType, replicaType, policyType], (subject) => {
      const { props, report } = subject;
      if (known(() => props["bypassPolicyLockoutSafetyCheck"]) === true)
        report("bypassPolicyLockoutSafetyCheck: is true");
      judgePolicy(subject);
    }),
  ],
});

function judgePolicy({ props, settings, report }: Subject<Settings>): void {
  const statements = readDocument(() => props["policy"]);
  if (statements === undefined) return;
  if (statements === "unreadable") {
    report("policy: is no JSON object");
    return;
  }
  for (const statement of statements) {
    const open =
      statement.excludesPrincipals || statement.principals.some(({ kind }) => kind === "*");
    if (
      statement.allows &&
      open &&
      !statement.incomplete &&
      !isBoundBy(statement, settings.boundBy)
    )
      report(`policy, ${statement.label}: admits everybody`);
  }
}
