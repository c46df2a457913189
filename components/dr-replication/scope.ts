import type * as aws from "@pulumi/aws";
import type { ChildOptions } from "../shared/child-options";
import type { DrReplicationSpec } from "./args";

/** What every part is told. */
export interface Scope {
  readonly name: string;
  readonly spec: DrReplicationSpec;
  readonly owned: ChildOptions;
}

/** A vault that can be filled. */
export interface Vault {
  readonly vault: aws.backup.Vault;
  readonly key: aws.kms.Key;
}

export interface Vaults {
  readonly here: Vault;
  /** In the other region. */
  readonly copy: Vault | undefined;
}
