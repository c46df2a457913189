import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { rotate } from "../../../functions/rotation/rotate";
import type { Step, StepOutcome } from "../../../functions/shared/secret-rotation";

interface Version {
  /** Absent for a version that is announced and has no value yet. */
  text?: string;
  stages: string[];
}

/** One secret with its versions, which behaves as Secrets Manager does where rotation depends on it. */
export class SecretVersions {
  readonly versions = new Map<string, Version>();
  rotationEnabled = true;
  tags: { Key: string; Value: string }[] = [
    { Key: "auterity:variables", Value: "SECRET_KEY SECRET_KEY_PREVIOUS TOKEN" },
  ];
  /** Names of the calls that were answered, in order. */
  readonly calls: string[] = [];
  /** Thrown by the next call of this name, once: before it takes effect, or after. */
  failure: { call: string; when: "before" | "after"; error: Error } | undefined;
  readonly mock: ReturnType<typeof mockClient>;
  readonly client = new SecretsManagerClient({ region: "us-west-2" });

  /** `mocked`: this client, or, as the class, every one that there is. */
  constructor(current: string | undefined, mocked?: typeof SecretsManagerClient) {
    this.versions.set("v1", {
      stages: ["AWSCURRENT"],
      ...(current !== undefined && { text: current }),
    });
    this.mock = mockClient(mocked ?? this.client);
    const { mock } = this;
    mock
      .on(DescribeSecretCommand)
      .callsFake(() => this.answer("DescribeSecret", () => this.describe()));
    mock
      .on(GetSecretValueCommand)
      .callsFake((input: GetSecretValueCommand["input"]) =>
        this.answer("GetSecretValue", () => this.read(input)),
      );
    mock
      .on(PutSecretValueCommand)
      .callsFake((input: PutSecretValueCommand["input"]) =>
        this.answer("PutSecretValue", () => this.put(input)),
      );
    mock
      .on(UpdateSecretVersionStageCommand)
      .callsFake((input: UpdateSecretVersionStageCommand["input"]) =>
        this.answer("UpdateSecretVersionStage", () => this.move(input)),
      );
  }

  /** What Secrets Manager does before it calls the function for the first time. */
  announce(versionId: string): void {
    this.versions.set(versionId, { stages: ["AWSPENDING"] });
  }

  /** What a person does in the middle of it. */
  overwrite(versionId: string, value: Record<string, unknown>): void {
    for (const version of this.versions.values())
      version.stages = version.stages.filter((stage) => stage !== "AWSCURRENT");
    this.versions.set(versionId, { text: JSON.stringify(value), stages: ["AWSCURRENT"] });
  }

  value(stage: string): Record<string, string> {
    const [, version] = this.staged(stage) ?? [];
    return JSON.parse(version?.text ?? "{}") as Record<string, string>;
  }

  /** Everything, to compare before and after. */
  snapshot(): unknown {
    return structuredClone([...this.versions]);
  }

  private staged(stage: string): [string, Version] | undefined {
    return [...this.versions].find(([, { stages }]) => stages.includes(stage));
  }

  private answer<T>(call: string, act: () => T): Promise<T> {
    const { failure } = this;
    const due = failure?.call === call;
    try {
      if (due && failure.when === "before") throw failure.error;
      this.calls.push(call);
      const answer = act();
      if (due) throw failure.error;
      return Promise.resolve(answer);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    } finally {
      if (due) this.failure = undefined;
    }
  }

  private describe() {
    return {
      RotationEnabled: this.rotationEnabled,
      Tags: this.tags,
      VersionIdsToStages: Object.fromEntries(
        [...this.versions]
          .filter(([, { stages }]) => stages.length > 0)
          .map(([id, { stages }]) => [id, [...stages]]),
      ),
    };
  }

  private read({ VersionId, VersionStage }: GetSecretValueCommand["input"]) {
    const version = this.versions.get(
      VersionId ?? this.staged(VersionStage ?? "AWSCURRENT")?.[0] ?? "",
    );
    const staged = VersionStage === undefined || version?.stages.includes(VersionStage);
    if (version === undefined || staged !== true || !("text" in version || VersionId === "v1"))
      throw new ResourceNotFoundException({ message: "no such version", $metadata: {} });
    return version.text === undefined ? {} : { SecretString: version.text };
  }

  private put({
    ClientRequestToken: id = "",
    SecretString: text = "",
  }: PutSecretValueCommand["input"]) {
    const version = this.versions.get(id);
    if (version?.text !== undefined && version.text !== text)
      throw new ResourceExistsException({ message: "another value", $metadata: {} });
    this.versions.set(id, { text, stages: ["AWSPENDING"] });
    return { VersionId: id };
  }

  private move(input: UpdateSecretVersionStageCommand["input"]) {
    const stage = input.VersionStage ?? "";
    const from = this.versions.get(input.RemoveFromVersionId ?? "");
    const to = this.versions.get(input.MoveToVersionId ?? "");
    if (from?.stages.includes(stage) !== true || to === undefined)
      throw new Error("InvalidParameterException: the stage is not attached there");
    for (const version of this.versions.values())
      version.stages = version.stages.filter((name) => name !== "AWSPREVIOUS");
    from.stages = [...from.stages.filter((name) => name !== stage), "AWSPREVIOUS"];
    to.stages.push(stage);
    return {};
  }
}

export const secretId =
  "arn:aws:secretsmanager:us-west-2:123456789012:secret:auterity/dev/api/signing";

/** In use for more than a period, but for a token of whose next one nobody was told yet. */
export const filled = {
  SECRET_KEY: "old-key",
  SECRET_KEY_PREVIOUS: "older-key",
  SECRET_KEY_NEXT: "next-key",
  TOKEN: "old-token",
  MODE: "x",
};

/** A secret in use as `v1`, whose rotation to `v2` has begun. */
export function announced(current: Readonly<Record<string, string>>): SecretVersions {
  const secret = new SecretVersions(JSON.stringify(current));
  secret.announce("v2");
  return secret;
}

export function take(secret: SecretVersions, step: Step, versionId = "v2"): Promise<StepOutcome> {
  return rotate({ SecretId: secretId, ClientRequestToken: versionId, Step: step }, secret.client);
}
