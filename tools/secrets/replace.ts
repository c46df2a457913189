import { randomBytes } from "node:crypto";
import { isStoreUserOrigin } from "../../components/shared/store-user-values";
import {
  chooseSecrets,
  declaredSecrets,
  type DeclaredSecret,
  type SecretOwner,
} from "./declared-secrets";
import { isPlaceholder } from "./placeholder";
import type { SecretStore } from "./secret-store";
import type { SecretText } from "./secret-text";
import { SecretsError } from "./secrets-error";
import { refuseReplicas, unassignedNotice, type TargetEnvironment } from "./target-environment";
import { describeStoreFailure, refuseChange, writeSecret, type Change } from "./write-secret";

interface ReplaceRequest {
  /** "SERVICE/SECRET", or "SECRET" for every service that asks for it. */
  readonly secret: string;
  /** Needed where a secret has several variables. */
  readonly variable: string | undefined;
  readonly target: TargetEnvironment;
  readonly records: readonly SecretOwner[];
  readonly anyOrigin: boolean;
  readonly forcePlaceholders: boolean;
  /** Asked for once it is clear that the value is wanted. */
  readonly readValue: (variable: string) => Promise<SecretText>;
  readonly openStore: () => SecretStore;
  readonly say: (line: string) => void;
}

/** Puts a new value of a key into its secrets; the one before stays as AWSPREVIOUS. */
export async function replaceKey(request: ReplaceRequest): Promise<0 | 1> {
  refuseReplicas(request.target);
  const chosen = chooseSecrets(
    request.secret,
    declaredSecrets(request.target.secretsEnvironment, request.records),
  );
  const variable = chooseVariable(request, chosen);
  const value = await request.readValue(variable);
  const problem = valueProblem(value, request.forcePlaceholders);
  if (problem !== undefined)
    throw new SecretsError("the value was refused", [`${variable}: ${problem}`]);
  if (request.target.accountId === undefined)
    request.say(`note: ${unassignedNotice(request.target)}`);
  const store = request.openStore();
  try {
    return await writeChanges(
      request,
      store,
      await prepare(request, store, { chosen, variable, value }),
    );
  } finally {
    store.close();
  }
}

function chooseVariable(request: ReplaceRequest, chosen: readonly DeclaredSecret[]): string {
  const { variable, anyOrigin } = request;
  const problems = chosen.flatMap(({ path, declaration }) => {
    const { variables, origin, filledBy } = declaration;
    if (filledBy === "deployment")
      return `${path}: is filled by the deployment, which gets it from its issuer (docs/paging.md)`;
    if (isStoreUserOrigin(origin))
      return `${path}: is of the origin ${origin}, made and rotated by the platform; a new one: ${rotateCommand(path)}`;
    if (origin !== "issued-outside" && !anyOrigin)
      return (
        `${path}: is of the origin ${origin} and rotates by itself; a new one: ${rotateCommand(path)}; ` +
        "--any-origin replaces it all the same"
      );
    const found: string[] = [];
    if (variable === undefined && variables.length > 1)
      found.push(
        `${path}: has several variables, name one with --variable: ${variables.join(", ")}`,
      );
    if (variable !== undefined && !variables.includes(variable))
      found.push(`${path}: --variable: got "${variable}", need one of ${variables.join(", ")}`);
    return found;
  });
  const only = variable ?? chosen[0]?.declaration.variables[0];
  const other = chosen.find(({ declaration }) => !declaration.variables.includes(only ?? ""));
  if (problems.length === 0 && other !== undefined)
    problems.push(
      `${other.path}: has other variables than the others, name the service: SERVICE/SECRET`,
    );
  if (problems.length > 0 || only === undefined)
    throw new SecretsError("the key cannot be replaced", problems);
  return only;
}

function rotateCommand(path: string): string {
  return `aws secretsmanager rotate-secret --secret-id ${path}`;
}

function valueProblem(value: SecretText, forcePlaceholders: boolean): string | undefined {
  const text = value.reveal();
  if (text === "") return "is empty";
  if (text !== text.trim()) return "begins or ends with blanks";
  // A key is one line; a PEM file is several.
  if (text.includes("\n") && !text.startsWith("-----BEGIN ")) return "has several lines, need one";
  if (/[^\P{Cc}\n\t]/u.test(text.replaceAll("\r\n", "\n"))) return "holds control characters";
  if (!forcePlaceholders && isPlaceholder(text))
    return "is a placeholder (--force-placeholders takes it as it is)";
  return undefined;
}

async function prepare(
  request: ReplaceRequest,
  store: SecretStore,
  replacement: {
    readonly chosen: readonly DeclaredSecret[];
    readonly variable: string;
    readonly value: SecretText;
  },
): Promise<Change[]> {
  const { chosen, variable, value } = replacement;
  const salt = randomBytes(32).toString("hex");
  const problems: string[] = [];
  const changes: Change[] = [];
  for (const { path } of chosen) {
    try {
      const stored = await store.read(path);
      const change = { path, stored, values: new Map([[variable, value]]), salt };
      const refusal = refuseChange(change, request.target.accountId);
      if (refusal !== undefined) problems.push(refusal);
      changes.push(change);
    } catch (error) {
      problems.push(`${path}: ${describeStoreFailure(error)}`);
    }
  }
  if (problems.length > 0)
    throw new SecretsError("the key cannot be replaced; nothing was changed", problems);
  return changes;
}

async function writeChanges(
  { say }: ReplaceRequest,
  store: SecretStore,
  changes: readonly Change[],
): Promise<0 | 1> {
  let failed = 0;
  for (const change of changes) {
    const { path, stored } = change;
    try {
      const outcome = await writeSecret(store, change);
      if (outcome.kind === "written")
        say(
          `${path}: version ${outcome.versionId} is current, ${stored.versionId} stays as AWSPREVIOUS`,
        );
      else if (outcome.kind === "already there") say(`${path}: holds this value already`);
      else {
        failed += 1;
        say(`not done: ${path}: ${outcome.why}`);
      }
    } catch (error) {
      failed += 1;
      say(`not done: ${path}: ${describeStoreFailure(error)}`);
    }
  }
  if (failed > 0)
    say(`done: ${changes.length - failed} of ${changes.length} secrets; run again for the rest`);
  return failed > 0 ? 1 : 0;
}
