import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markOf, readHistory } from "../../../tools/audit/history";
import { readReports } from "../../../tools/audit/read-reports";
import { writeReport } from "../../../tools/audit/report";
import { writeSarif } from "../../../tools/audit/sarif";
import { nodeArguments } from "../../../tools/node-arguments";
import { finding, trivy, zap } from "./scanner-reports";

describe("audit report", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "auterity-audit-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (name: string, document: unknown) => {
    const file = join(folder, name);
    writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
    return file;
  };
  const cli = (...args: string[]) =>
    spawnSync(process.execPath, [...nodeArguments, "tools/cli.ts", "audit-report", ...args], {
      encoding: "utf8",
    });

  describe("writes", () => {
    const base = { files: 1, exceptions: [], historyLost: false };
    const first = writeReport({
      ...base,
      findings: [finding({}), finding({ id: "CVE-2026-2", severity: "LOW", fixable: false })],
      history: { weeks: [], firstSeen: {} },
      today: "2026-11-23",
    });

    it("counts, and what is overdue after the term of its severity", () => {
      expect(first).to.contain("| CRITICAL | 1 | 1 |").and.to.contain("| LOW | 1 | 0 |");
      expect(first).to.contain("## Overdue\n\nNone.");
      const later = (today: string) =>
        writeReport({ ...base, findings: [finding({})], ...readHistory(first), today });
      expect(later("2026-11-30")).to.contain("## Overdue\n\nNone.");
      expect(later("2026-12-01")).to.contain(
        "## Overdue: 1\n\n| severity | id | what | where | since | deadline | to do |",
      );
      expect(later("2026-12-01")).to.contain(
        "| CRITICAL | CVE-2026-1 | libssl3 3.0.1 | quay.io/owner/image:v1.2.3 | 2026-11-23 | 2026-11-30 |",
      );
    });

    it("the trend, newest first, one row a day, half a year long", () => {
      let body = first;
      for (let week = 1; week <= 30; week += 1) {
        const today = new Date(Date.parse("2026-11-23") + week * 7 * 86_400_000);
        for (const findings of [[], [finding({ severity: "HIGH" })]])
          body = writeReport({
            ...{ ...base, findings, ...readHistory(body) },
            today: today.toISOString().slice(0, 10),
          });
      }
      const trend = body.slice(body.indexOf("## Trend")).split("\n").slice(4, -3);
      expect(trend).to.have.length(26);
      expect(trend[0]).to.equal("| 2027-06-21 | 0 | 1 | 0 | 0 | 0 |");
    });

    it("exceptions with what is left of them", () => {
      const exceptions = [
        { id: "LATE", ends: "2026-11-22", statement: "s" },
        { id: "SOON", ends: "2026-12-01", statement: "s" },
        { id: "FAR", ends: "2027-06-01", statement: "s" },
      ];
      const history = { weeks: [], firstSeen: {} };
      const report = writeReport({
        ...{ ...base, findings: [], exceptions, history },
        today: "2026-11-23",
      });
      expect(report).to.contain("| LATE | 2026-11-22 | **ended**: mend it or decide anew | s |");
      expect(report).to.contain("| SOON | 2026-12-01 | ends in 8 days | s |");
      expect(report).to.contain("| FAR | 2027-06-01 | holds | s |");
    });

    it("says so when somebody has edited the history away", () => {
      expect(readHistory("")).to.deep.equal({
        history: { weeks: [], firstSeen: {} },
        lost: false,
      });
      expect(readHistory(first.replace('"weeks"', '"x"')).lost).to.equal(true);
      expect(readHistory("nothing of ours").lost).to.equal(true);
      const report = writeReport({
        ...{ ...base, findings: [], historyLost: true },
        ...{ history: { weeks: [], firstSeen: {} }, today: "2026-11-23" },
      });
      expect(report).to.contain("terms and trend start anew");
    });

    it("a scanner's text as text, in a body that an issue can hold", () => {
      const findings = Array.from({ length: 5000 }, (_, index) =>
        finding({ id: `CVE-${index}`, subject: `--> | <img> @everyone ${"x".repeat(500)}` }),
      );
      const old = { "2026-01-01": findings.slice(0, 100).map(markOf) };
      const report = writeReport({
        ...{ ...base, findings, history: { weeks: [], firstSeen: old } },
        today: "2026-11-23",
      });
      expect(report).to.contain("--&#62; &#124; &#60;img&#62; @\u200beveryone");
      expect(report).to.contain("And 60 more.");
      expect(report.length).to.be.below(65_536);
      expect(readHistory(report).lost).to.equal(false);
    });

    it("SARIF of the site's scan, which it reads again", () => {
      write("zap.json", zap);
      const { findings } = readReports(folder);
      rmSync(join(folder, "zap.json"));
      write("zap.sarif", writeSarif("OWASP ZAP", findings));
      expect(readReports(folder).findings).to.deep.equal([
        {
          ...{ id: "ZAP-10038", severity: "MEDIUM", subject: "login", target: "OWASP ZAP" },
          ...{ title: "No CSP", fixable: false, scanner: "OWASP ZAP" },
        },
      ]);
    });
  });

  describe("as a command", () => {
    before(function () {
      const known = execFileSync(process.execPath, [...nodeArguments, "tools/cli.ts", "--help"], {
        encoding: "utf8",
      });
      expect(known).to.contain("audit-report");
    });

    it("fails at the gate for what is severe and can be fixed, and for nothing else", () => {
      write("trivy.json", trivy);
      const ignore = write("none.yaml", "");
      const severe = cli("--reports", folder, "--exceptions", ignore, "--gate");
      expect(severe.status, severe.stderr).to.equal(1);
      expect(severe.stdout).to.equal(
        "CRITICAL aws-key: image (debian 12):3 in secrets: revoke it, then remove it\n" +
          "CRITICAL CVE-2026-1: libssl3 3.0.1 in quay.io/owner/image:v1.2.3: update to 3.0.2\n" +
          "2 severe findings that can be fixed\n",
      );
      write("trivy.json", { ...trivy, Results: [] });
      expect(cli("--reports", folder, "--exceptions", ignore, "--gate").status).to.equal(0);
    });

    it("goes on from the report before", () => {
      write("trivy.json", trivy);
      const out = join(folder, "report.md");
      expect(cli("--reports", folder, "--out", out).status).to.equal(0);
      expect(readFileSync(out, "utf8")).to.contain("| CRITICAL | 2 | 2 |");
      expect(cli("--reports", folder, "--previous", out).stdout).not.to.contain("start anew");
      const missing = cli("--reports", folder, "--previous", join(folder, "no.md"));
      expect(missing.status).to.equal(1);
      expect(missing.stderr).to.contain("error: --previous: there is no file");
    });
  });
});
