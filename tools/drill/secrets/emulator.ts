import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { notFilledValue } from "../../../components/shared/secret-names";
import { answers, waitFor, type RunningProgram, type Stage } from "../processes";
import type { PythonTool } from "../python-tools";
import type { PlannedReader, PlannedSecrets } from "./planned";

/** The account that moto keeps everything in. */
const account = "123456789012";
/** Time for Python to load it. */
const startSeconds = 60;

export interface EmulatorArgs {
  readonly projectDirectory: string;
  readonly python: PythonTool;
  readonly port: number;
  /** File with the key that service account tokens are signed with. */
  readonly issuerKey: string;
  readonly planned: PlannedSecrets;
  /** Command of the function that rotates. */
  readonly rotation: readonly string[];
}

/** AWS, as far as this drill needs it, with permissions enforced and nothing remembered between two starts. */
export interface Emulator {
  readonly program: RunningProgram;
  readonly url: string;
  /** As whoever administers secrets. */
  readonly client: SecretsManagerClient;
  /** Of a program that calls it as the same. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts it with the planned secrets, empty as they are created, and the planned readers. */
export async function startEmulator(stage: Stage, args: EmulatorArgs): Promise<Emulator> {
  const { projectDirectory, python, port, issuerKey, planned } = args;
  const functionFile = join(stage.folder, "function.json");
  const url = `http://127.0.0.1:${port}`;
  const script = join(projectDirectory, "tests/drills/secrets/emulator.py");
  const program = stage.start({
    name: "aws",
    program: python.program,
    args: [script, "--host", "127.0.0.1", "--port", `${port}`],
    environment: {
      ...{ PATH: process.env["PATH"], HOME: stage.folder },
      ...{ PYTHONPATH: python.packages, PYTHONDONTWRITEBYTECODE: "1" },
      AUTERITY_ISSUER_KEY: issuerKey,
      AUTERITY_FUNCTION: functionFile,
    },
  });
  const wait = { what: "the emulator of AWS", seconds: startSeconds, needs: [program] };
  await waitFor(wait, () => answers(`${url}/moto-api/`));
  const administrator = await createAdministrator(url);
  for (const reader of planned.readers) await createReader(url, reader);
  const { region } = planned;
  // The SDK's notice on Node's version is for those who choose it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const client = new SecretsManagerClient({ region, endpoint: url, credentials: administrator });
  for (const { name, tags } of planned.secrets)
    await client.send(
      new CreateSecretCommand({
        Name: name,
        SecretString: notFilledValue,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
  await enforcePermissions(url);
  const environment = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const invocation = { command: args.rotation, environment };
  writeFileSync(functionFile, JSON.stringify(invocation), { mode: 0o600 });
  return { program, url, client, environment };
}

export async function readSecret(
  { client }: Emulator,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  return JSON.parse(SecretString ?? "{}") as Record<string, string>;
}

/** Of a role as the emulator has it. */
export function roleArn({ path, roleName }: PlannedReader): string {
  return `arn:aws:iam::${account}:role${path}${roleName}`;
}

async function createAdministrator(
  url: string,
): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const UserName = "administrator";
  await callIam(url, { Action: "CreateUser", UserName });
  const everything = { Effect: "Allow", Action: "secretsmanager:*", Resource: "*" };
  await callIam(url, {
    ...{ Action: "PutUserPolicy", UserName, PolicyName: "secrets" },
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [everything] }),
  });
  const keys = await callIam(url, { Action: "CreateAccessKey", UserName });
  const field = (name: string): string =>
    new RegExp(`<${name}>([^<]+)</${name}>`).exec(keys)?.[1] ?? "";
  return { accessKeyId: field("AccessKeyId"), secretAccessKey: field("SecretAccessKey") };
}

/** As planned, word for word; only that the plan of an environment without an account names none. */
async function createReader(url: string, reader: PlannedReader): Promise<void> {
  const { roleName: RoleName, path: Path, trust, policies } = reader;
  await callIam(url, {
    ...{ Action: "CreateRole", RoleName, Path },
    AssumeRolePolicyDocument: trust,
  });
  for (const [index, policy] of policies.entries())
    await callIam(url, {
      ...{ Action: "PutRolePolicy", RoleName, PolicyName: `policy-${index}` },
      PolicyDocument: policy.replaceAll(":unassigned:", `:${account}:`),
    });
}

/** From now on every call needs a signature and a permission. @see https://docs.getmoto.org/en/latest/docs/iam.html */
async function enforcePermissions(url: string): Promise<void> {
  const response = await fetch(`${url}/moto-api/reset-auth`, { method: "POST", body: "0" });
  if (!response.ok) throw new Error(`moto enforces no permissions: HTTP ${response.status}`);
}

/** Nothing checks a signature yet; its scope says which service is meant. */
async function callIam(url: string, parameters: Record<string, string>): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=none/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none",
    },
    body: new URLSearchParams({ ...parameters, Version: "2010-05-08" }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${parameters["Action"]}: HTTP ${response.status} ${answer}`);
  return answer;
}
