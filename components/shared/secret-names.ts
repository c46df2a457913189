/** Every secret of an environment lies below this path, so that one prefix names them in policies. */
export function environmentSecretPath(environment: string): string {
  return `auterity/${environment}`;
}

/** Where the secrets of one service lie: the path its reader may read, and nothing else. */
export function serviceSecretPath(environment: string, service: string): string {
  return `${environmentSecretPath(environment)}/${service}`;
}

/** Name in Secrets Manager. Its value is a JSON object, keyed by environment variable. */
export function secretName(environment: string, service: string, secret: string): string {
  return `${serviceSecretPath(environment, service)}/${secret}`;
}

/** Name of the Kubernetes Secret that carries it, in the namespace of the service; keyed by environment variable. */
export function kubernetesSecretName(service: string, secret: string): string {
  return `${service}-${secret}`;
}

/** Only key of a secret that nobody has filled: without the keys it asks for, a sync fails and says so. */
export const notFilledKey = "AUTERITY_NOT_FILLED";

/** First version of every secret, until it is filled. */
export const notFilledValue = JSON.stringify({ [notFilledKey]: "true" });

const previousSuffix = "_PREVIOUS";
const nextSuffix = "_NEXT";

/** Variable that carries the key before the current one, which stays valid until the next rotation. */
export function previousVariable(variable: string): string {
  return `${variable}${previousSuffix}`;
}

/** Variable that carries the key after the current one: known to whoever checks before anybody signs with it. */
export function nextVariable(variable: string): string {
  return `${variable}${nextSuffix}`;
}

/** A variable with those that rotation keeps beside it. */
export function withNeighbours(variable: string): string[] {
  return [variable, previousVariable(variable), nextVariable(variable)];
}

export function isNeighbour(variable: string): boolean {
  return variable.endsWith(previousSuffix) || variable.endsWith(nextSuffix);
}
