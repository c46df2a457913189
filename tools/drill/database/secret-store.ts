import {
  type DescribeSecretCommand,
  type GetSecretValueCommand,
  type PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  type UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { randomUUID } from "node:crypto";
import { notFilledValue } from "../../../components/shared/secret-names";

type Command =
  | DescribeSecretCommand
  | GetSecretValueCommand
  | PutSecretValueCommand
  | UpdateSecretVersionStageCommand;

interface Version {
  text?: string;
  stages: Set<string>;
}

/** Secrets Manager as far as the functions use it, in memory; it fails when it is told to. */
export class SecretStore {
  readonly secrets = new Map<string, Map<string, Version>>();
  /** Fails the n-th write from now, before it takes effect or after. */
  failure: { countdown: number; when: "before" | "after" } | undefined;

  readonly client = {
    send: (command: Command) => Promise.resolve(this.answer(command)),
  } as unknown as SecretsManagerClient;

  create(name: string, text = notFilledValue): void {
    this.secrets.set(name, new Map([[randomUUID(), { text, stages: new Set(["AWSCURRENT"]) }]]));
  }

  valueOf(name: string, stage = "AWSCURRENT"): Record<string, string> {
    const version = [...this.versionsOf(name).values()].find(({ stages }) => stages.has(stage));
    return JSON.parse(version?.text ?? "{}") as Record<string, string>;
  }

  /** As Secrets Manager does before the first step of a rotation. */
  announce(name: string): string {
    const id = randomUUID();
    this.versionsOf(name).set(id, { stages: new Set(["AWSPENDING"]) });
    return id;
  }

  private versionsOf(name: string): Map<string, Version> {
    const versions = this.secrets.get(name);
    if (versions === undefined) throw notFound(name);
    return versions;
  }

  private answer(command: Command): unknown {
    const { input } = command;
    const name = input.SecretId ?? "";
    switch (command.constructor.name) {
      case "DescribeSecretCommand":
        return {
          VersionIdsToStages: Object.fromEntries(
            [...this.versionsOf(name)].map(([id, { stages }]) => [id, [...stages]]),
          ),
        };
      case "GetSecretValueCommand":
        return this.read(name, input);
      case "PutSecretValueCommand":
        return this.write(() => {
          this.put(name, input);
        });
      default:
        return this.write(() => {
          const { VersionStage = "", MoveToVersionId = "" } =
            input as UpdateSecretVersionStageCommand["input"];
          this.move(name, VersionStage, MoveToVersionId);
        });
    }
  }

  private read(
    name: string,
    { VersionId, VersionStage }: GetSecretValueCommand["input"],
  ): { SecretString: string } {
    const stage = VersionStage ?? (VersionId === undefined ? "AWSCURRENT" : undefined);
    const found = [...this.versionsOf(name)].find(
      ([id, { stages }]) =>
        (VersionId === undefined || id === VersionId) && (stage === undefined || stages.has(stage)),
    );
    if (found?.[1].text === undefined) throw notFound(name);
    return { SecretString: found[1].text };
  }

  private put(
    name: string,
    { ClientRequestToken, SecretString, VersionStages }: PutSecretValueCommand["input"],
  ): void {
    const id = ClientRequestToken ?? randomUUID();
    const versions = this.versionsOf(name);
    const version = versions.get(id) ?? { stages: new Set<string>() };
    versions.set(id, version);
    if (SecretString !== undefined) version.text = SecretString;
    for (const stage of VersionStages ?? ["AWSCURRENT"]) this.move(name, stage, id);
  }

  private move(name: string, stage: string, to: string): void {
    for (const { stages } of this.versionsOf(name).values()) stages.delete(stage);
    const version = this.versionsOf(name).get(to);
    version?.stages.add(stage);
    if (stage === "AWSCURRENT") version?.stages.delete("AWSPENDING");
  }

  private write(act: () => void): object {
    const { failure } = this;
    if (failure !== undefined) failure.countdown -= 1;
    const fails = failure?.countdown === 0;
    if (fails && failure.when === "before") throw new Error("cut off");
    act();
    if (fails) throw new Error("cut off");
    return {};
  }
}

function notFound(name: string): Error {
  return new ResourceNotFoundException({ message: name, $metadata: {} });
}
