import {
  type SecretsManagerClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-secrets-manager";

interface Version {
  readonly text?: string;
  readonly stages: readonly string[];
}

interface Request {
  readonly SecretId?: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  readonly MoveToVersionId?: string;
  readonly RemoveFromVersionId?: string;
}

/** Secrets by name, with as much of Secrets Manager as a rotation of users depends on. */
export class MemorySecrets {
  private readonly secrets = new Map<string, Map<string, Version>>();

  constructor(values: Readonly<Record<string, object>>) {
    for (const [name, value] of Object.entries(values))
      this.secrets.set(
        name,
        new Map([["v1", { text: JSON.stringify(value), stages: ["AWSCURRENT"] }]]),
      );
  }

  /** Stands for a client of AWS: it answers the commands of a rotation, and no others. */
  get client(): SecretsManagerClient {
    const send = (command: { readonly constructor: { name: string }; readonly input: Request }) =>
      Promise.resolve().then(() => this.answer(command.constructor.name, command.input));
    return { send } as unknown as SecretsManagerClient;
  }

  /** What Secrets Manager does before it calls the function for the first time. */
  announce(name: string, versionId: string): void {
    this.versions(name).set(versionId, { stages: ["AWSPENDING"] });
  }

  value(name: string, stage = "AWSCURRENT"): Record<string, string> {
    const found = [...this.versions(name).values()].find(({ stages }) => stages.includes(stage));
    return JSON.parse(found?.text ?? "{}") as Record<string, string>;
  }

  private versions(name = ""): Map<string, Version> {
    const found = this.secrets.get(name);
    if (found === undefined) throw notFound("no such secret");
    return found;
  }

  private answer(command: string, input: Request): object {
    const versions = this.versions(input.SecretId);
    switch (command) {
      case "DescribeSecretCommand":
        return {
          Name: input.SecretId,
          RotationEnabled: true,
          VersionIdsToStages: Object.fromEntries(
            [...versions].map(([id, { stages }]) => [id, [...stages]]),
          ),
        };
      case "GetSecretValueCommand":
        return { SecretString: read(versions, input) };
      case "PutSecretValueCommand":
        versions.set(input.ClientRequestToken ?? "", {
          ...(input.SecretString !== undefined && { text: input.SecretString }),
          stages: ["AWSPENDING"],
        });
        return {};
      case "UpdateSecretVersionStageCommand":
        restage(versions, input.RemoveFromVersionId, "AWSPREVIOUS");
        restage(versions, input.MoveToVersionId, "AWSCURRENT");
        return {};
      default:
        throw new Error(`a rotation sends no ${command}`);
    }
  }
}

function read(versions: ReadonlyMap<string, Version>, input: Request): string {
  const found = [...versions].find(
    ([id, { stages }]) =>
      (input.VersionId === undefined || id === input.VersionId) &&
      (input.VersionStage === undefined || stages.includes(input.VersionStage)),
  );
  if (found?.[1].text === undefined) throw notFound("no such version");
  return found[1].text;
}

function restage(versions: Map<string, Version>, id: string | undefined, stage: string): void {
  const version = versions.get(id ?? "");
  if (version === undefined) throw notFound("no such version");
  versions.set(id ?? "", { ...version, stages: [stage] });
}

function notFound(message: string): ResourceNotFoundException {
  return new ResourceNotFoundException({ message, $metadata: {} });
}
