import { expect } from "chai";
import { secretRotation } from "../../policy/rules/secret-rotation";
import { analyzeAll, resource, unknownText } from "../support/check-policy";

const secretType = "aws:secretsmanager/secret:Secret";
const rotated =
  "urn:pulumi:test::auterity::aws:secretsmanager/secretRotation:SecretRotation::subject";
const nothing = "nothing rotates it";

/** A rotation of the secret with this name in the cloud. */
const rotation = (rotationRules: unknown, secretId = "app/db") =>
  resource("aws:secretsmanager/secretRotation:SecretRotation", { secretId, rotationRules });

describe("secret-rotation", () => {
  const secret = resource(secretType, { name: "app/db" }, { name: "db" });
  const found = async (...resources: ReturnType<typeof resource>[]) => {
    const violations = await analyzeAll(resources, {}, [secretRotation]);
    return violations.map(({ urn, message }) => [urn, message]);
  };

  it("reports a secret that nothing rotates", async () => {
    expect(await found(secret)).to.deep.equal([[secret.urn, nothing]]);
  });
  it("takes a rotation within the time", async () => {
    expect(await found(secret, rotation({ automaticallyAfterDays: 90 }))).to.deep.equal([]);
  });
  it("reports a rotation that is too seldom", async () => {
    expect(await found(secret, rotation({ automaticallyAfterDays: 91 }))).to.deep.equal([
      [rotated, "rotationRules: every 91 days, need 90 at most"],
    ]);
  });
  it("reads a rate, and of a calendar the months that it skips", async () => {
    const every = (scheduleExpression: string) => found(secret, rotation({ scheduleExpression }));
    expect(await every("rate(100 days)")).to.deep.equal([
      [rotated, "rotationRules: every 100 days, need 90 at most"],
    ]);
    expect(await every("rate(24 hours)")).to.deep.equal([]);
    for (const month of ["*", "1/3", "JAN,APR,JUL,OCT", "2-12"])
      expect(await every(`cron(0 16 1 ${month} ? *)`)).to.deep.equal([]);
    const seldom = [
      ["1", 360],
      ["DEC,mar,6", 180],
      ["*/6", 180],
    ] as const;
    for (const [month, days] of seldom)
      expect(await every(`cron(0 16 ? ${month} SUN#1 *)`)).to.deep.equal([
        [rotated, `rotationRules: every ${days} days, need 90 at most`],
      ]);
  });
  it("finds the rotation by what it depends on, in a preview too", async () => {
    const unnamed = resource(
      "aws:secretsmanager/secretRotation:SecretRotation",
      { secretId: unknownText, rotationRules: unknownText },
      { propertyDependencies: { secretId: [secret.urn] } },
    );
    expect(await found(secret, unnamed)).to.deep.equal([]);
  });
  it("reports a secret next to another's rotation", async () => {
    const other = resource(secretType, { name: "app/web" }, { name: "web" });
    const webRotation = rotation({ automaticallyAfterDays: 30 }, "app/web");
    expect(await found(secret, other, webRotation)).to.deep.equal([[secret.urn, nothing]]);
  });
  it("leaves out what somebody else issues, as its tag says, where an alarm reminds of its age", async () => {
    const tagged = (value: string) =>
      resource(secretType, { name: "app/db", tags: { rotation: value } });
    const alarm = (metricName: string) =>
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", {
        namespace: "Auterity/Secrets",
        metricName,
      });
    expect(await found(tagged("issued-outside"), alarm("OverdueSecrets"))).to.deep.equal([]);
    const [alone] = await found(tagged("issued-outside"), alarm("Others"));
    expect(alone?.[1]).to.equal(
      "is issued outside, and no alarm on Auterity/Secrets OverdueSecrets reminds anybody of its age",
    );
    expect(await found(tagged(unknownText))).to.deep.equal([]);
    expect(await found(tagged("later"))).to.have.length(1);
  });
  it("excuses what a waiver names, and takes another time", async () => {
    const exempt = [{ urnPattern: "*::db", reason: "a test", until: "9999-12-31" }];
    const judged = async (settings: object, ...others: ReturnType<typeof resource>[]) =>
      analyzeAll([secret, ...others], { "secret-rotation": settings }, [secretRotation]);
    expect(await judged({ exempt })).to.deep.equal([]);
    const monthly = rotation({ automaticallyAfterDays: 31 });
    expect(await judged({ mostDays: 30 }, monthly)).to.have.length(1);
  });
});
