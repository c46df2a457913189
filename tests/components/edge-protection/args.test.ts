import { expect } from "chai";
import {
  EdgeProtection,
  type EdgeProtectionArgs,
  edgeProtectionDefaults,
} from "../../../components/edge-protection";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { full, least } from "./fixture";

async function problemsOf(args: EdgeProtectionArgs, name = "auterity-dev") {
  const engine = await startOfflineEngine({ mode: "known" });
  let problems: readonly string[] = [];
  try {
    new EdgeProtection(name, args);
  } catch (error) {
    if (!(error instanceof ArgsError)) throw error;
    problems = error.problems;
  }
  await engine.settle();
  if (problems.length > 0) expect(engine.registrations).to.deep.equal([]);
  return problems;
}

describe("EdgeProtection: what it refuses", () => {
  it("is everything at once, and registers nothing", async () => {
    expect(
      await problemsOf(
        {
          ...least,
          region: "oregon",
          accountId: "12",
          environment: "",
          domain: "platform",
          hosts: [],
          // Out of a file, as its author spelt it.
          countUntil: { "bot-control": "2026-12-01" } as EdgeProtectionArgs["countUntil"] & object,
          requestsPerFiveMinutes: 9,
          logRetentionDays: 0,
          largeBodyPaths: [{ host: "files.platform.example", pathPrefix: "/" }],
          today: "2026-11-23",
        },
        "Auterity_Dev",
      ),
    ).to.deep.equal([
      'name: got "Auterity_Dev", need at most 23 lower-case letters, digits and single hyphens',
      'region: got "oregon", need an AWS region',
      'accountId: got "12", need 12 digits, or unassigned',
      'environment: got "", need a name',
      'domain: got "platform", need a DNS name such as "platform.example.com"',
      "hosts: got none, need at least one",
      "countUntil.bot-control: no such rule, need one of rate-limit, ip-reputation, anonymous-ip, known-bad-inputs, common, sql-injection",
      "requestsPerFiveMinutes: got 9, need 10 to 3000",
      "logRetentionDays: got 0, need a whole number of at least 1",
      'largeBodyPaths: got the host "files.platform.example", need one of hosts',
      'largeBodyPaths: got "/", need a path such as "/api/v1/datasets"',
    ]);
  });

  it("is a name that leaves no room for what WAF asks of a bucket's", async () => {
    expect(await problemsOf(least, "a".repeat(23))).to.deep.equal([]);
    expect(await problemsOf(least, "a".repeat(24))).to.deep.equal([
      `name: got "${"a".repeat(24)}", need at most 23 lower-case letters, digits and single hyphens`,
    ]);
  });

  for (const host of [
    "a.b.platform.example",
    "platform.example.org",
    "notplatform.example",
    "*.platform.example",
  ])
    it(`is the host ${host}, which the certificate does not cover`, async () => {
      expect(await problemsOf({ ...least, hosts: [host] })).to.deep.equal([
        `hosts: got "${host}", need platform.example or a name directly below it`,
      ]);
    });

  it("is a host given twice; the domain itself is one", async () => {
    const host = "api.platform.example";
    expect(await problemsOf({ ...least, hosts: [host, host] })).to.deep.equal([
      `hosts: got "${host}" twice, need each once`,
    ]);
    expect(await problemsOf({ ...least, hosts: ["platform.example"] })).to.deep.equal([]);
  });

  for (const pathPrefix of ["", "datasets", "/a/../b", "/a b", "/a?b", "//"])
    it(`is a large body at ${JSON.stringify(pathPrefix)}`, async () => {
      const largeBodyPaths = [{ host: "api.platform.example", pathPrefix }];
      expect(await problemsOf({ ...least, largeBodyPaths })).to.deep.equal([
        `largeBodyPaths: got "${pathPrefix}", need a path such as "/api/v1/datasets"`,
      ]);
    });

  it("is a path given twice", async () => {
    const path = { host: "api.platform.example", pathPrefix: "/files" };
    expect(await problemsOf({ ...least, largeBodyPaths: [path, path] })).to.deep.equal([
      'largeBodyPaths: got "api.platform.example/files" twice, need each once',
    ]);
  });

  it("is none of these", async () => {
    expect(await problemsOf(full)).to.deep.equal([]);
    expect(await problemsOf({ ...full, accountId: "unassigned" })).to.deep.equal([]);
  });
});

describe("EdgeProtection: rules that count", () => {
  const until = (day: string, today: string) =>
    problemsOf({ ...least, countUntil: { common: day }, today });

  it("count to the end of their last day, and not a day longer", async () => {
    expect(await until("2026-11-23", "2026-11-23")).to.deep.equal([]);
    expect(await until("2026-11-23", "2026-11-24")).to.deep.equal([
      "countUntil.common: ended on 2026-11-23; take it out so that the rule blocks, or give another day with a reason",
    ]);
  });

  it("count for half a year at most", async () => {
    expect(await until("2027-05-22", "2026-11-23")).to.deep.equal([]);
    expect(await until("2027-05-23", "2026-11-23")).to.deep.equal([
      'countUntil.common: got "2027-05-23", need 2027-05-22 at the latest, 180 days ahead',
    ]);
  });

  for (const day of ["", "soon", "2026-12", "2027-02-30", "2026-12-01T00:00:00Z", "01.12.2026"])
    it(`count until no such day as ${JSON.stringify(day)}`, async () => {
      expect(await until(day, "2026-11-23")).to.deep.equal([
        `countUntil.common: got "${day}", need a day such as "2027-03-31"`,
      ]);
    });

  it("are compared with a day that exists", async () => {
    expect(await until("2026-12-01", "2026-13-01")).to.deep.equal([
      'today: got "2026-13-01", need a day such as "2027-03-31"',
    ]);
  });

  it("are compared with the day of the run where no other is given", async () => {
    const day = (ahead: number) =>
      new Date(Date.now() + ahead * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    expect(await problemsOf({ ...least, countUntil: { common: day(2) } })).to.deep.equal([]);
    expect(await problemsOf({ ...least, countUntil: { common: day(-2) } })).to.have.length(1);
  });
});

describe("EdgeProtection: its defaults", () => {
  it("are those of the documentation", () => {
    expect(edgeProtectionDefaults).to.deep.equal({
      countUntil: {},
      requestsPerFiveMinutes: 1000,
      largeBodyPaths: [],
      logRetentionDays: 365,
      protect: true,
      tags: {},
    });
  });
});
