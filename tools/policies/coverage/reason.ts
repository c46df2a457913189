/** Why no rule of the pack covers a control. */
export type Verdict =
  /** Made or shown elsewhere: a component does it, a test, a drill or another rule shows it. */
  | "shown elsewhere"
  /** Done by AWS, where neither a program nor its owner can change it. */
  | "run by AWS"
  /** What an account has once; its owner makes it outside of this program. */
  | "the account's"
  /** A state that no program has: it is seen in the running account. */
  | "seen at run time"
  /** We do it otherwise, and say why. */
  | "decided otherwise"
  /** What the control is about is no part of the platform. */
  | "not used"
  /** Nobody has got to it. */
  | "open";

export interface Reason {
  /** Ids; `*` is any run of characters, and `CKV_K8S_68..75` a range. */
  readonly ids: string;
  readonly verdict: Verdict;
  readonly why: string;
}

/** Of what belongs to a node. */
export const image =
  "nodes run AWS's own AMI, whose kubelet files and flags come with it; the platform pins its release";
