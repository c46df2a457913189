import { controllerVersionProblems } from "../shared/controller-chart";
import { isDnsLabel } from "../shared/kubernetes-names";
import { isBetween, repeated } from "../shared/record-workload";
import { rotationProblems } from "../shared/rotation-times";
import { kubernetesSecretName } from "../shared/secret-names";
import { isStoreUserOrigin, storeUserVariableProblem } from "../shared/store-user-values";
import type { ResolvedSecretsSyncArgs, SecretOwner } from "./args";
import { readerRoleName } from "./policies";
import { functionNames, generatedVariables } from "./scope";

const regionShape = /^[a-z]{2}(-[a-z]+)+-\d$/;
const arnShape = /^arn:aws:iam::(\d{12}|unassigned):role\/[\w+=,.@/*-]+$/;
/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const longestFunctionName = 64;
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const longestRoleName = 64;
/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Tag.html */
const longestTagValue = 256;

export function secretsSyncProblems(name: string, spec: ResolvedSecretsSyncArgs): string[] {
  return [
    ...placeProblems(name, spec),
    ...recordProblems(spec),
    ...ownerProblems(spec),
    ...controllerVersionProblems("versions.externalSecrets", spec.versions.externalSecrets),
    ...controllerVersionProblems("versions.reloader", spec.versions.reloader),
  ];
}

function placeProblems(name: string, spec: ResolvedSecretsSyncArgs): string[] {
  const { region, accountId, environment, replicaRegion, recoveryWindowDays } = spec;
  const problems: string[] = [];
  for (const longer of Object.values(functionNames(name)))
    if (!/^[\w-]+$/.test(longer) || longer.length > longestFunctionName)
      problems.push(
        `name: makes a function "${longer}", need at most ${longestFunctionName} letters, digits, hyphens and underscores`,
      );
  if (!regionShape.test(region))
    problems.push(`region: got "${region}", need a region such as us-west-2`);
  if (!/^(\d{12}|unassigned)$/.test(accountId))
    problems.push(`accountId: got "${accountId}", need 12 digits or "unassigned"`);
  if (!isDnsLabel(environment))
    problems.push(`environment: got "${environment}", need a DNS label`);
  if (replicaRegion !== undefined && !regionShape.test(replicaRegion))
    problems.push(`replicaRegion: got "${replicaRegion}", need a region such as us-west-2`);
  if (replicaRegion === region)
    problems.push(`replicaRegion: got "${replicaRegion}", need another region than region`);
  if (!isBetween(recoveryWindowDays, 7, 30))
    problems.push(`recoveryWindowDays: got ${recoveryWindowDays}, need 7 to 30`);
  if (!/^[1-9]\d*[smh]$/.test(spec.refreshInterval))
    problems.push(
      `refreshInterval: got "${spec.refreshInterval}", need a duration such as 15m or 1h`,
    );
  return problems;
}

function recordProblems(spec: ResolvedSecretsSyncArgs): string[] {
  const { records, namespaces } = spec;
  const problems = repeated(records.map((record) => record.name)).map(
    (twice) => `records: got "${twice}" twice, need each service once`,
  );
  for (const record of records) {
    const { name, product, secrets } = record;
    if (!isDnsLabel(name)) problems.push(`records: got the name "${name}", need a DNS label`);
    if (secrets.length > 0 && namespaces[product] === undefined)
      problems.push(`namespaces.${product}: got none, need one for the secrets of ${name}`);
    problems.push(...roleProblems(spec, record), ...secretProblems(record));
  }
  const inCluster = records.flatMap(({ name, product, secrets }) =>
    secrets.map((secret) => `${product}/${kubernetesSecretName(name, secret.name)}`),
  );
  // Distinct pairs may end up as one name: "a" with "b-c", and "a-b" with "c".
  for (const twice of repeated(inCluster))
    problems.push(`records: make the Kubernetes Secret ${twice} twice, need each once`);
  return problems;
}

function roleProblems(spec: ResolvedSecretsSyncArgs, { name, secrets }: SecretOwner): string[] {
  if (secrets.length === 0) return [];
  const { region, replicaRegion = region } = spec;
  return [...new Set([region, replicaRegion])]
    .map((place) => readerRoleName({ ...spec, region: place }, name))
    .filter((role) => role.length > longestRoleName)
    .map(
      (role) =>
        `records.${name}: makes a role "${role}", need at most ${longestRoleName} characters`,
    );
}

function secretProblems({ name, secrets }: SecretOwner): string[] {
  const problems: string[] = [];
  for (const secret of secrets) {
    const path = `records.${name}.secrets.${secret.name}`;
    if (!isDnsLabel(secret.name)) problems.push(`${path}: need a DNS label as its name`);
    problems.push(...rotationProblems(secret).map((problem) => `records.${name}.${problem}`));
    if (secret.filledBy === "deployment" && secret.origin !== "issued-outside")
      problems.push(
        `${path}.filledBy: got deployment with origin ${secret.origin}, need issued-outside; the others are made by functions`,
      );
    const { length } = generatedVariables(secret).join(" ");
    if (length > longestTagValue)
      problems.push(
        `${path}.variables: got ${length} characters with spaces, need at most ${longestTagValue} for the tag that names them`,
      );
  }
  for (const { name: secret, origin, variables } of secrets)
    for (const variable of isStoreUserOrigin(origin) ? variables : []) {
      const problem = storeUserVariableProblem(variable);
      if (problem !== undefined)
        problems.push(`records.${name}.secrets.${secret}.variables: ${problem}`);
    }
  for (const twice of repeated(secrets.map((secret) => secret.name)))
    problems.push(`records.${name}.secrets: got "${twice}" twice, need each name once`);
  for (const twice of repeated(secrets.flatMap((secret) => secret.variables)))
    problems.push(
      `records.${name}.secrets: got the variable ${twice} twice, need it in one secret`,
    );
  return problems;
}

/** Whoever owns secrets has to be able to fill them and to hear of them; whoever reads replicas has nothing to say. */
function ownerProblems(spec: ResolvedSecretsSyncArgs): string[] {
  const { source, administratorArns, deployerArns, alarmTopicArn } = spec;
  if (source === "replicated") {
    const given: readonly (readonly [string, boolean])[] = [
      ["administratorArns", administratorArns.length > 0],
      ["deployerArns", deployerArns.length > 0],
      ["alarmTopicArn", alarmTopicArn !== undefined],
      ["replicaRegion", spec.replicaRegion !== undefined],
      ["storeRotations", Object.keys(spec.storeRotations).length > 0],
      ["vpc", spec.vpc !== undefined],
    ];
    return given
      .filter(([, isGiven]) => isGiven)
      .map(
        ([setting]) =>
          `${setting}: got some with source "replicated", need it where the secrets are`,
      );
  }
  const problems: string[] = [];
  if (administratorArns.length === 0)
    problems.push("administratorArns: got none, need a role that may fill secrets");
  if (deployerArns.length === 0)
    problems.push("deployerArns: got none, need the role that deploys");
  for (const [setting, arns] of Object.entries({ administratorArns, deployerArns }))
    for (const arn of arns)
      if (typeof arn === "string" && !arnShape.test(arn))
        problems.push(`${setting}: got "${arn}", need the ARN of a role`);
  if (alarmTopicArn === undefined)
    problems.push("alarmTopicArn: got none, need the topic that hears of overdue keys");
  return problems;
}
