/** A digest that looks like a real one. */
export const digest = `sha256:${"0f".repeat(32)}`;
export const registry = "111122223333.dkr.ecr.us-west-2.amazonaws.com/auterity";

export const deployment = "kubernetes:apps/v1:Deployment";
export const release = "kubernetes:helm.sh/v3:Release";

/** A Deployment of one container, or of the pod given. */
export function deploymentOf(image: string | undefined, pod: Record<string, unknown> = {}) {
  const containers = [{ name: "api", ...(image !== undefined && { image }) }];
  return { spec: { template: { spec: { containers, ...pod } } } };
}

export function document(...statements: Record<string, unknown>[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** An identity policy with one statement that allows something. */
export function allowing(statement: Record<string, unknown>) {
  return { policy: document({ Sid: "Test", Effect: "Allow", ...statement }) };
}

/** A role whose trust policy has one statement. */
export function trusting(statement: Record<string, unknown>) {
  return {
    assumeRolePolicy: document({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }),
  };
}

export const identityPolicy = "aws:iam/policy:Policy";
export const role = "aws:iam/role:Role";
