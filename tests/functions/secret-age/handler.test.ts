import {
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { handler } from "../../../functions/secret-age";
import { ageLines } from "../../../functions/secret-age/ages";
import { readOutsideSecrets } from "../../../functions/secret-age/outside-secrets";

const prefix = "auterity/prod/";
const now = new Date("2026-07-01T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const outside = (name: string, days: string) => ({
  Name: name,
  Tags: [
    { Key: "rotation", Value: "issued-outside" },
    { Key: "auterity:rotation-days", Value: days },
  ],
});

describe("the function that looks for old keys", () => {
  const mock = mockClient(SecretsManagerClient);
  beforeEach(() => mock.reset());
  after(() => {
    mock.restore();
  });
  const read = () => readOutsideSecrets(new SecretsManagerClient({}), prefix);
  const versions = (name: string, ...Versions: object[]) =>
    mock.on(ListSecretVersionIdsCommand, { SecretId: name }).resolves({ Versions });

  it("reads every page, of its environment, of keys that are issued outside", async () => {
    mock
      .on(ListSecretsCommand, { Filters: [{ Key: "name", Values: [prefix] }] })
      .resolvesOnce({ SecretList: [outside(`${prefix}b/openai`, "180")], NextToken: "2" })
      .resolvesOnce({
        SecretList: [
          outside(`${prefix}a/mail`, "90"),
          outside("AUTERITY/PROD/c/d", "1"),
          { Name: `${prefix}a/signing`, Tags: [{ Key: "rotation", Value: "generated" }] },
        ],
      });
    versions(
      `${prefix}b/openai`,
      { VersionStages: ["AWSPREVIOUS"], CreatedDate: daysAgo(300) },
      { VersionStages: ["AWSCURRENT"], CreatedDate: daysAgo(10) },
    );
    versions(`${prefix}a/mail`, {
      VersionStages: ["AUTERITY_NOT_FILLED", "AWSCURRENT"],
      CreatedDate: daysAgo(400),
    });
    expect(await read()).to.deep.equal([
      { name: `${prefix}a/mail`, rotationDays: 90, filledAt: undefined },
      { name: `${prefix}b/openai`, rotationDays: 180, filledAt: daysAgo(10) },
    ]);
    expect(
      mock.commandCalls(ListSecretsCommand).map(({ args }) => args[0].input.NextToken),
    ).to.deep.equal([undefined, "2"]);
  });

  for (const [what, days, stages, message] of [
    [
      "no number of days",
      "soon",
      ["AWSCURRENT"],
      "its tag auterity:rotation-days holds no number of days",
    ],
    ["no current version", "90", ["AWSPENDING"], "it has no current version"],
  ] as const)
    it(`fails on a secret with ${what}, so that the alarm hears of it`, async () => {
      mock.on(ListSecretsCommand).resolves({ SecretList: [outside(`${prefix}a/b`, days)] });
      versions(`${prefix}a/b`, { VersionStages: [...stages], CreatedDate: now });
      let told = "";
      await read().catch((error: unknown) => (told = (error as Error).message));
      expect(told).to.equal(`secret ${prefix}a/b: ${message}`);
    });

  it("counts a key as overdue on its day, and one that nobody filled as that", () => {
    const lines = ageLines(
      {
        environment: "prod",
        secrets: [
          { name: "due", rotationDays: 90, filledAt: daysAgo(90) },
          { name: "fresh", rotationDays: 90, filledAt: daysAgo(89.9) },
          { name: "empty", rotationDays: 90, filledAt: undefined },
        ],
      },
      now,
    ).map((line) => JSON.parse(line) as Record<string, unknown>);
    const metrics = (Dimensions: string[][], ...Metrics: object[]) => ({
      Timestamp: now.getTime(),
      CloudWatchMetrics: [{ Namespace: "Auterity/Secrets", Dimensions, Metrics }],
    });
    const age = metrics([["Environment", "Secret"]], { Name: "SecretAgeDays", Unit: "None" });
    expect(lines).to.deep.equal([
      { _aws: age, Environment: "prod", Secret: "due", SecretAgeDays: 90 },
      { _aws: age, Environment: "prod", Secret: "fresh", SecretAgeDays: 89 },
      {
        _aws: metrics(
          [["Environment"]],
          { Name: "OverdueSecrets", Unit: "Count" },
          { Name: "UnfilledSecrets", Unit: "Count" },
        ),
        Environment: "prod",
        OverdueSecrets: 1,
        UnfilledSecrets: 1,
        overdue: ["due"],
        unfilled: ["empty"],
      },
    ]);
  });

  it("says which setting it lacks", async () => {
    let told = "";
    await handler().catch((error: unknown) => (told = (error as Error).message));
    expect(told).to.equal("ENVIRONMENT is not set");
  });
});
