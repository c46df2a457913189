import { expect } from "chai";
import { notFilledValue } from "../../../components/shared/secret-names";
import type { DeclaredSecret } from "../../../tools/secrets/declared-secrets";
import { readStatus, type SecretStatus } from "../../../tools/secrets/secret-status";
import { openSecretStore } from "../../../tools/secrets/secret-store";
import type { FakeSecretsManager } from "./fake-secrets-manager";
import { byPath, daysAgo, fill, now, onAws } from "./status-stage";

function statusOf(aws: FakeSecretsManager, secret: DeclaredSecret): Promise<SecretStatus> {
  process.env["AWS_ACCESS_KEY_ID"] ??= "test";
  process.env["AWS_SECRET_ACCESS_KEY"] ??= "test";
  const store = openSecretStore({ region: "us-west-2", endpointUrl: aws.url });
  return readStatus(secret, { store, syncTimes: undefined, now }).finally(store.close);
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
      { filled: "not filled", overdue: false, problems: ["lacks OPENAI_API_KEY"] },
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
      { filled: "not filled", problems: ["lacks username, password, dbname"] },
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

  it("shows what can be seen by those who may not read values", () =>
    onAws(async (aws) => {
      fill(aws, openAi);
      aws.fault = ({ operation }) =>
        operation === "GetSecretValue" ? { status: 400, type: "AccessDeniedException" } : undefined;
      const { filled, problems } = await statusOf(aws, openAi);
      expect([filled, problems.length]).to.deep.equal(["unreadable", 1]);
    }));
});
