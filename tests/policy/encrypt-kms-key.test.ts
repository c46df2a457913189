import { encryptKmsKey } from "../../policy/rules/encrypt-kms-key";
import { document } from "./fixtures";
import { describeRule } from "./rule-table";

const key = "aws:kms/key:Key";
const good = { enableKeyRotation: true, deletionWindowInDays: 30 };
const statement = { Sid: "Use", Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
const withPolicy = (more: object) => ({ ...good, policy: document({ ...statement, ...more }) });
const everybody = 'policy, statement "Use": admits everybody';
const Condition = { StringEquals: { "kms:CallerAccount": "111122223333" } };

describeRule(encryptKmsKey, [
  ["a key that is rotated passes", key, good, []],
  ["the default time to take a deletion back passes", key, { enableKeyRotation: true }, []],
  [
    "no rotation is reported",
    key,
    { deletionWindowInDays: 30 },
    ["enableKeyRotation: is not true"],
  ],
  ["a key pair cannot be rotated", key, { customerMasterKeySpec: "RSA_2048" }, []],
  [
    "a short time is reported",
    key,
    { ...good, deletionWindowInDays: 7 },
    ["deletionWindowInDays: is 7, need 14 or more"],
  ],
  [
    "the time can be raised",
    key,
    { ...good, deletionWindowInDays: 14 },
    ["deletionWindowInDays: is 14, need 30 or more"],
    { settings: { fewestDays: 30 } },
  ],
  ["everybody is reported", key, withPolicy({ Principal: { AWS: "*" } }), [everybody]],
  [
    "everybody but one is everybody",
    key,
    withPolicy({ NotPrincipal: { AWS: "111122223333" } }),
    [everybody],
  ],
  ["everybody under a condition passes", key, withPolicy({ Principal: "*", Condition }), []],
  ["refusing everybody passes", key, withPolicy({ Effect: "Deny", Principal: "*" }), []],
  [
    "an account passes",
    key,
    withPolicy({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
    [],
  ],
  [
    "a policy of its own is judged, and needs no rotation",
    "aws:kms/keyPolicy:KeyPolicy",
    { policy: document({ ...statement, Principal: "*" }), bypassPolicyLockoutSafetyCheck: true },
    ["bypassPolicyLockoutSafetyCheck: is true", everybody],
  ],
  [
    "a replica is rotated with its key",
    "aws:kms/replicaKey:ReplicaKey",
    withPolicy({ Principal: "*" }),
    [everybody],
  ],
  [
    "a policy that cannot be read is reported",
    key,
    { ...good, policy: "nonsense" },
    ["policy: is no JSON object"],
  ],
]);
