import { expect } from "chai";
import { notFilledValue } from "../../../components/shared/secret-names";
import type { DeclaredSecret } from "../../../tools/secrets/declared-secrets";
import { readStatus, type SecretStatus } from "../../../tools/secrets/secret-status";
import { openSecretStore } from "../../../tools/secrets/secret-store";
import type { FakeSecretsManager } from "./fake-secrets-manager";
import { byPath, daysAgo, dev, fill, now, onAws } from "./status-stage";

type Target = Parameters<typeof readStatus>[1]["target"];

function statusOf(
  aws: FakeSecretsManager,
  secret: DeclaredSecret,
  target: Target = dev,
): Promise<SecretStatus> {
  process.env["AWS_ACCESS_KEY_ID"] ??= "test";
  process.env["AWS_SECRET_ACCESS_KEY"] ??= "test";
  const store = openSecretStore({ region: "us-west-2", endpointUrl: aws.url });
  return readStatus(secret, { target, store, syncTimes: undefined, now }).finally(store.close);
}

describe("status of a secret", () => {
  const openAi = byPath("relaycore/openai");
  const signing = byPath("relaycore/signing-key");
  const twilio = byPath("automatrix-api/twilio");

  const cases: readonly (readonly [
    string,
    DeclaredSecret,
    (aws: FakeSecretsManager) => void,
    Partial<SecretStatus>,
  ])[] = [
    [
      "is missing",
      openAi,
      () => undefined,
      { filled: "missing", problems: ["missing: deploy the environment"] },
    ],
    [
      "holds the marker alone",
      openAi,
      (aws) => aws.create(openAi.path, notFilledValue),
      {
        filled: "not filled",
        overdue: false,
        problems: ["lacks OPENAI_API_KEY: fill it with replace"],
      },
    ],
    [
      "holds some of its variables",
      twilio,
      (aws) => aws.create(twilio.path, '{"TWILIO_AUTH_TOKEN":"x"}'),
      { filled: "partly filled", lacks: ["TWILIO_ACCOUNT_SID"] },
    ],
    [
      "is of a user whom nobody has made yet",
      byPath("relaycore/database"),
      (aws) => aws.create(byPath("relaycore/database").path, notFilledValue),
      {
        filled: "not filled",
        problems: [
          "lacks username, password, dbname: a function of the platform fills it, look at its log (docs/secrets.md)",
        ],
      },
    ],
    [
      "is filled",
      openAi,
      (aws) => {
        fill(aws, openAi, 90);
      },
      { filled: "filled", ageDays: 90, rotation: "by people", overdue: false, problems: [] },
    ],
    [
      "is older than people are to keep it",
      openAi,
      (aws) => {
        fill(aws, openAi, 91);
      },
      { overdue: true, problems: ["older than 90 days: replace it"] },
    ],
    [
      "rotates in time",
      signing,
      (aws) => {
        fill(aws, signing, 29);
        Object.assign(aws.secrets.get(signing.path)!.describe, {
          LastRotatedDate: daysAgo(29),
          NextRotationDate: daysAgo(-1),
        });
      },
      { rotation: "on", overdue: false, lastRotated: "2026-06-02T00:00:00.000Z", problems: [] },
    ],
    [
      "should have rotated",
      signing,
      (aws) => {
        fill(aws, signing, 33);
        Object.assign(aws.secrets.get(signing.path)!.describe, { NextRotationDate: daysAgo(2) });
      },
      { overdue: true, problems: ["its rotation is overdue"] },
    ],
    [
      "does not rotate",
      signing,
      (aws) => {
        fill(aws, signing, 31);
        aws.secrets.get(signing.path)!.describe["RotationEnabled"] = false;
      },
      { rotation: "off", overdue: true, problems: ["older than 30 days, and its rotation is off"] },
    ],
    [
      "has a replica that failed",
      openAi,
      (aws) => {
        fill(aws, openAi);
        aws.secrets.get(openAi.path)!.describe["ReplicationStatus"] = [
          { Region: "us-east-2", Status: "Failed" },
        ];
      },
      {
        replicas: [{ region: "us-east-2", status: "Failed" }],
        problems: ["its replica in us-east-2 failed"],
      },
    ],
    [
      "is being deleted",
      openAi,
      (aws) => aws.create(openAi.path, notFilledValue, { DeletedDate: daysAgo(1) }),
      { filled: "being deleted" },
    ],
  ];
  for (const [what, secret, prepare, expected] of cases)
    it(`tells that it ${what}`, () =>
      onAws(async (aws) => {
        prepare(aws);
        expect(await statusOf(aws, secret)).to.deep.include(expected);
      }));

  const replicating: Target = { ...dev, replicaRegion: "us-east-2" };
  const hoursAgo = (hours: number): number => daysAgo(hours / 24);
  const copies: readonly (readonly [string, Record<string, unknown>, readonly string[]])[] = [
    ["none", {}, ["has no replica in us-east-2: deploy the environment"]],
    [
      "one elsewhere",
      { ReplicationStatus: [{ Region: "eu-west-1", Status: "InSync" }] },
      ["has no replica in us-east-2: deploy the environment"],
    ],
    ["one in sync", { ReplicationStatus: [{ Region: "us-east-2", Status: "InSync" }] }, []],
    [
      "one that failed",
      { ReplicationStatus: [{ Region: "us-east-2", Status: "Failed" }] },
      ["its replica in us-east-2 failed"],
    ],
    [
      "one in progress for an hour",
      {
        ReplicationStatus: [{ Region: "us-east-2", Status: "InProgress" }],
        LastChangedDate: hoursAgo(1),
      },
      [],
    ],
    [
      "one in progress for longer",
      {
        ReplicationStatus: [{ Region: "us-east-2", Status: "InProgress" }],
        LastChangedDate: hoursAgo(1.1),
      },
      ["its replica in us-east-2 is in progress for an hour"],
    ],
    [
      "one in progress of which nobody knows since when",
      { ReplicationStatus: [{ Region: "us-east-2", Status: "InProgress" }] },
      ["its replica in us-east-2 is in progress for an hour"],
    ],
  ];
  for (const [what, described, problems] of copies)
    it(`with replicas asked for, judges ${what}`, () =>
      onAws(async (aws) => {
        fill(aws, openAi);
        Object.assign(aws.secrets.get(openAi.path)!.describe, described);
        expect((await statusOf(aws, openAi, replicating)).problems).to.deep.equal(problems);
      }));

  const replicated: Target = {
    region: "us-east-2",
    source: "replicated",
    replicaRegion: undefined,
  };
  it("tells of a replica that it rotates elsewhere, and of one that was promoted", () =>
    onAws(async (aws) => {
      fill(aws, signing, 29);
      const { describe: described } = aws.secrets.get(signing.path)!;
      Object.assign(described, { PrimaryRegion: "us-west-2", RotationEnabled: undefined });
      const { rotation, problems } = await statusOf(aws, signing, replicated);
      expect([rotation, problems]).to.deep.equal(["elsewhere", []]);
      described["PrimaryRegion"] = undefined;
      expect((await statusOf(aws, signing, replicated)).problems).to.deep.equal([
        "is no replica any more, changes do not reach it: it was promoted",
      ]);
      aws.secrets.clear();
      expect((await statusOf(aws, signing, replicated)).problems).to.deep.equal([
        "missing: it is not replicated to this region",
      ]);
    }));

  it("tells of a replica that is too old where to look", () =>
    onAws(async (aws) => {
      fill(aws, signing, 31);
      aws.secrets.get(signing.path)!.describe = { PrimaryRegion: "us-west-2" };
      expect((await statusOf(aws, signing, replicated)).problems).to.deep.equal([
        "older than 30 days: look at it where it comes from",
      ]);
    }));

  it("shows what can be seen by those who may not read values", () =>
    onAws(async (aws) => {
      fill(aws, openAi);
      aws.fault = ({ operation }) =>
        operation === "GetSecretValue" ? { status: 400, type: "AccessDeniedException" } : undefined;
      const { filled, problems } = await statusOf(aws, openAi);
      expect([filled, problems.length]).to.deep.equal(["unreadable", 1]);
    }));
});
