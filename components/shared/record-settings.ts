import { isDnsLabel } from "./kubernetes-names";
import { repeated } from "./record-workload";
import { rotationProblems } from "./rotation-times";
import { isNeighbour, nextVariable, previousVariable } from "./secret-names";
import type { SecretDeclaration, ServiceRecord } from "./service-record";
import { isStoreUserOrigin, storeUserVariableProblem } from "./store-user-values";

/** Set on every container from what Kubernetes knows about it. */
const downwardVariables = ["NODE_NAME", "POD_NAME"] as const;

export function settingProblems(record: ServiceRecord): string[] {
  const { secrets, settings } = record;
  const problems = databaseProblems(record);
  for (const twice of repeated(secrets.map((secret) => secret.name))) {
    problems.push(`secrets: got "${twice}" twice, need each name once`);
  }
  for (const { name, variables } of secrets) {
    if (!isDnsLabel(name)) problems.push(`secrets: got the name "${name}", need a DNS label`);
    if (variables.length === 0)
      problems.push(`secrets.${name}.variables: got none, need at least one`);
  }
  problems.push(
    ...secrets.flatMap(rotationProblems),
    ...secrets.flatMap(neighbourProblems),
    ...secrets.flatMap(storeUserProblems),
  );
  const variables = secrets.flatMap((secret) => secret.variables);
  for (const variable of new Set(variables))
    problems.push(...variableProblems("secrets", variable));
  for (const twice of repeated(variables)) {
    problems.push(`secrets: got the variable ${twice} twice, need each once`);
  }
  for (const [variable, value] of Object.entries(settings)) {
    problems.push(...literalProblems(variable, value));
    if (variables.includes(variable)) {
      problems.push(
        `settings.${variable}: got a variable that a secret sets too, need one of them`,
      );
    }
  }
  return problems;
}

/** Shorter than PostgreSQL would take: roles are named after it. */
const longestDatabaseName = 32;

function databaseProblems({ database, talksTo, secrets }: ServiceRecord): string[] {
  const connects = talksTo.stores.includes("postgresql");
  if (database === undefined) {
    const user = secrets.find(({ origin }) => origin === "database-user");
    return [
      ...(connects
        ? ["database: got none with postgresql in talksTo.stores, need the name of the database"]
        : []),
      ...(user !== undefined && !connects
        ? [`secrets.${user.name}.origin: got database-user, need postgresql in talksTo.stores`]
        : []),
    ];
  }
  const problems: string[] = [];
  if (!connects)
    problems.push(`database: got "${database}", need none without postgresql in talksTo.stores`);
  if (!/^[a-z][a-z0-9_]*$/.test(database) || database.length > longestDatabaseName)
    problems.push(
      `database: got "${database}", need at most ${longestDatabaseName} lower-case letters, digits and _, beginning with a letter`,
    );
  return problems;
}

/** A user's variables are made out of its name and password: nobody could fill another. */
function storeUserProblems({ name, origin, variables }: SecretDeclaration): string[] {
  if (!isStoreUserOrigin(origin)) return [];
  return variables.flatMap((variable) => {
    const problem = storeUserVariableProblem(variable);
    return problem === undefined ? [] : [`secrets.${name}.variables: ${problem}`];
  });
}

/** Only our own rotation keeps the keys before and after the current one; whoever takes one of them needs all three. */
function neighbourProblems({ name, origin, variables }: SecretDeclaration): string[] {
  const neighbours = variables.filter(isNeighbour);
  const path = `secrets.${name}.variables`;
  if (neighbours.length > 0 && origin !== "generated")
    return [`${path}: got ${neighbours.join(", ")} with origin ${origin}, need origin generated`];
  const kept = variables.flatMap((variable) => [
    previousVariable(variable),
    nextVariable(variable),
  ]);
  const problems = neighbours
    .filter((variable) => !kept.includes(variable))
    .map((variable) => `${path}: got ${variable} alone, need the variable that it keeps as well`);
  for (const variable of variables) {
    const [previous, next] = [previousVariable(variable), nextVariable(variable)];
    if (variables.includes(previous) && !variables.includes(next))
      problems.push(
        `${path}: got ${previous} without ${next}, need both: pods get keys one by one`,
      );
    if (variables.includes(next) && !variables.includes(previous))
      problems.push(`${path}: got ${next} without ${previous}, need both: tokens outlive a key`);
  }
  return problems;
}

/** What is wrong with an environment variable and its literal value. The value itself is never repeated. */
export function literalProblems(variable: string, value: unknown): string[] {
  const problems = variableProblems("settings", variable);
  if (isCredentialName(variable)) {
    problems.push(
      `settings.${variable}: got the name of a credential, need it declared in secrets`,
    );
  }
  const why = typeof value === "string" ? credentialIn(value) : undefined;
  if (why !== undefined) problems.push(`settings.${variable}: got ${why}, need a value without it`);
  return problems;
}

export function variableProblems(path: string, variable: string): string[] {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(variable)) {
    return [`${path}: got the variable "${variable}", need capital letters, digits and _`];
  }
  return downwardVariables.some((ours) => ours === variable)
    ? [`${path}.${variable}: got a variable that every container has, need another name`]
    : [];
}

function isCredentialName(variable: string): boolean {
  return (
    /PASSW(OR)?D|PASSPHRASE|SECRET|CREDENTIAL/.test(variable) ||
    /(^|_)(PWD|TOKEN|KEY|DSN|ACCOUNT_SID|WEBHOOK_URL)$/.test(variable)
  );
}

function credentialIn(value: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*:[^/?#\s]*@/i.test(value)) return "a URL with a password";
  if (value.includes("PRIVATE KEY-----")) return "a private key";
  if (
    /^(AKIA|ASIA)[A-Z0-9]{16}$|^(sk-|xox[a-z]-|gh[a-z]_|github_pat_)|^eyJ[\w-]+\.[\w-]+\./.test(
      value,
    )
  ) {
    return "what looks like an access key or token";
  }
  // Compose fills these in; Kubernetes hands them on as they are, with the default that was meant to be secret.
  return value.includes("${") ? "a placeholder that nothing fills in" : undefined;
}
