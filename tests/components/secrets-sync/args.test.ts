import { expect } from "chai";
import { ArgsError } from "../../../components/shared/args-error";
import { SecretsSync, type SecretsSyncArgs } from "../../../components/secrets-sync";
import { startOfflineEngine } from "../../support/engine";
import { full, least, replicated } from "./fixture";

async function problemsOf(args: SecretsSyncArgs, name = "auterity"): Promise<readonly string[]> {
  const engine = await startOfflineEngine();
  try {
    new SecretsSync(name, args);
  } catch (error) {
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
    expect(error).to.be.instanceOf(ArgsError);
    return (error as ArgsError).problems;
  }
  await engine.settle();
  return [];
}

describe("SecretsSync: what it refuses", () => {
  it("is every wrong place at once", async () => {
    const wrong = {
      ...least,
      region: "west",
      accountId: "12",
      environment: "Prod",
      replicaRegion: "west",
      recoveryWindowDays: 6,
      refreshInterval: "often",
      records: [],
    };
    expect(await problemsOf(wrong, "a".repeat(50))).to.deep.equal([
      `name: makes a function "${"a".repeat(50)}-secret-rotation", need at most 64 letters, digits, hyphens and underscores`,
      'region: got "west", need a region such as us-west-2',
      'accountId: got "12", need 12 digits or "unassigned"',
      'environment: got "Prod", need a DNS label',
      'replicaRegion: got "west", need a region such as us-west-2',
      'replicaRegion: got "west", need another region than region',
      "recoveryWindowDays: got 6, need 7 to 30",
      'refreshInterval: got "often", need a duration such as 15m or 1h',
    ]);
  });

  it("is services and secrets that clash or have no place", async () => {
    const secret = (name: string, ...variables: string[]) => ({
      name,
      variables,
      origin: "generated" as const,
      rotation: { days: 90 },
    });
    const long = "V".repeat(257);
    const service = `s${"x".repeat(55)}`;
    const records = [
      {
        name: "api",
        product: "core",
        team: "t",
        secrets: [secret("one", "A"), secret("one", "A")],
      },
      { name: "api", product: "core", team: "t", secrets: [] },
      { name: "Api", product: "nowhere", team: "t", secrets: [secret("B c", long)] },
      { name: service, product: "core", team: "t", secrets: [secret("one", "A")] },
    ];
    expect(await problemsOf({ ...least, records })).to.deep.equal([
      'records: got "api" twice, need each service once',
      'records.api.secrets: got "one" twice, need each name once',
      "records.api.secrets: got the variable A twice, need it in one secret",
      'records: got the name "Api", need a DNS label',
      "namespaces.nowhere: got none, need one for the secrets of Api",
      "records.Api.secrets.B c: need a DNS label as its name",
      "records.Api.secrets.B c.variables: got 257 characters with spaces, need at most 256 for the tag that names them",
      `records.${service}: makes a role "prod-us-west-2-${service}", need at most 64 characters`,
      "records: make the Kubernetes Secret core/api-one twice, need each once",
    ]);
  });

  it("is a key of ours that the deployment is to fill", async () => {
    const secrets = [
      {
        ...{ name: "signing", variables: ["SECRET_KEY"], origin: "generated" as const },
        ...{ filledBy: "deployment" as const, rotation: { days: 90 } },
      },
    ];
    const records = [{ name: "api", product: "core", team: "t", secrets }];
    expect(await problemsOf({ ...least, records })).to.deep.equal([
      "records.api.secrets.signing.filledBy: got deployment with origin generated, need issued-outside; the others are made by functions",
    ]);
  });

  it("is a rotation that Secrets Manager does not know", async () => {
    const record = least.records[0]!;
    const records = [
      {
        ...record,
        secrets: record.secrets.map((secret) => ({
          ...secret,
          rotation: { schedule: "cron(0 22 ? * SUN *)", window: "3h" },
        })),
      },
    ];
    expect(await problemsOf({ ...least, records })).to.deep.equal([
      'records.api.secrets.signing.rotation.window: got "3h", need 2h at most: it may not run into the next one, nor past midnight UTC',
    ]);
  });

  it("is an owner that nobody can fill or hear", async () => {
    const { alarmTopicArn, ...unheard } = least;
    expect(alarmTopicArn).to.not.equal(undefined);
    expect(await problemsOf({ ...unheard, administratorArns: [], deployerArns: [] })).to.deep.equal(
      [
        "administratorArns: got none, need a role that may fill secrets",
        "deployerArns: got none, need the role that deploys",
        "alarmTopicArn: got none, need the topic that hears of overdue keys",
      ],
    );
    expect(
      await problemsOf({ ...least, administratorArns: ["*"], deployerArns: ["me"] }),
    ).to.deep.equal([
      'administratorArns: got "*", need the ARN of a role',
      'deployerArns: got "me", need the ARN of a role',
    ]);
  });

  it("is an owner's business where another environment owns the secrets", async () => {
    expect(await problemsOf({ ...full, source: "replicated" })).to.deep.equal(
      [
        "administratorArns",
        "deployerArns",
        "alarmTopicArn",
        "replicaRegion",
        "storeRotations",
        "vpc",
      ].map(
        (setting) => `${setting}: got some with source "replicated", need it where the secrets are`,
      ),
    );
  });

  it("is a controller without an exact version", async () => {
    const loose = {
      chart: { repository: "http://charts", version: "2.x" },
      image: { repository: "ghcr.io/x", tag: "latest", digest: "sha256:0" },
    };
    const versions = { ...replicated.versions, externalSecrets: loose, reloader: loose };
    const expected = (path: string) => [
      `${path}.chart.repository: got "http://charts", need an https:// repository, an oci:// path or a local folder`,
      `${path}.chart.version: got "2.x", need an exact version`,
      `${path}.image.tag: got "latest", need an exact version, such as v1.2.3`,
      `${path}.image.digest: got "sha256:0", need sha256: and 64 hexadecimal digits`,
    ];
    expect(await problemsOf({ ...replicated, versions })).to.deep.equal([
      ...expected("versions.externalSecrets"),
      ...expected("versions.reloader"),
    ]);
  });
});
