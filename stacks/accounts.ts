import type { Environment } from "./environment";

/** A role of the environment's account, by its name in IAM. */
export function roleArn({ accountId }: Environment, name: string): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}

/** The policy that bounds every role that the platform makes. */
export function boundaryArn({ access, accountId }: Environment): string {
  return `arn:aws:iam::${accountId}:policy/${access.permissionsBoundary}`;
}
