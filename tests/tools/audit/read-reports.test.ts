import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readExceptions } from "../../../tools/audit/exceptions";
import { identityOf } from "../../../tools/audit/finding";
import { readReports } from "../../../tools/audit/read-reports";
import { finding, npmAudit, snyk, trivy, zap } from "./scanner-reports";

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

  describe("reads the scanners", () => {
    it("each in its form, below folders, and bills of materials not at all", () => {
      mkdirSync(join(folder, "deep"));
      write("deep/trivy.json", trivy);
      write("npm.json", npmAudit);
      write("snyk.sarif", snyk);
      write("zap.json", zap);
      write("sbom.cdx.json", "no JSON");
      const { findings, files } = readReports(folder);
      expect(files).to.equal(4);
      expect(
        findings.map(({ id, severity, subject, fixable, fix }) =>
          [id, severity, subject, fixable, fix ?? "-"].join(" | "),
        ),
      ).to.have.members([
        "CVE-2026-1 | CRITICAL | libssl3 3.0.1 | true | update to 3.0.2",
        "CVE-2026-2 | HIGH | bash | false | -",
        "KSV-1 | MEDIUM | image (debian 12) | true | -",
        "aws-key | CRITICAL | image (debian 12):3 | true | revoke it, then remove it",
        "GHSA-aaaa-bbbb-cccc | MEDIUM | leaf <2.0.0 | true | update root to 3.0.0",
        "SNYK-1 | HIGH |  | true | -",
        "ZAP-10038 | MEDIUM | https://dev.example.com/login | true | Set it.",
      ]);
    });

    it("never takes over a secret that was found", () => {
      write("trivy.json", trivy);
      expect(JSON.stringify(readReports(folder))).not.to.contain("AKIA");
    });

    it("refuses what it cannot read, naming every file", () => {
      write("a.json", "{");
      write("b.json", { hello: 1 });
      expect(() => readReports(folder)).to.throw(
        /^reports: a\.json: .*; b\.json: need a report of Trivy, npm audit or OWASP ZAP in JSON, or SARIF 2\.1\.0$/,
      );
      expect(() => readReports(join(folder, "none"))).to.throw(/^reports: ENOENT/);
    });

    it("keeps the identity over a new tag and a new version", () => {
      const later = finding({ target: "quay.io/owner/image:v1.2.4", subject: "libssl3 3.0.1-2" });
      expect(identityOf(later)).to.equal(identityOf(finding({})));
      expect(identityOf(finding({ id: "CVE-2026-9" }))).not.to.equal(identityOf(finding({})));
      expect(identityOf(finding({ target: "quay.io/owner/other:v1.2.3" }))).not.to.equal(
        identityOf(finding({})),
      );
    });
  });

  describe("reads exceptions", () => {
    it("with their ends, whether quoted or not", () => {
      const file = write(
        "ignore.yaml",
        [
          "vulnerabilities:",
          "  - id: CVE-2026-1",
          "    expired_at: 2027-01-31",
          "    statement: not reachable, decided by the platform's owner",
          "secrets:",
          '  - { id: test-key, expired_at: "2027-02-28", statement: "a made-up key of the tests" }',
        ].join("\n"),
      );
      expect(readExceptions(file).map(({ id, ends }) => `${id} ${ends}`)).to.deep.equal([
        "CVE-2026-1 2027-01-31",
        "test-key 2027-02-28",
      ]);
    });

    it("and refuses those without an end or a reason, all at once", () => {
      const file = write(
        "ignore.yaml",
        "vulnerabilities: [{id: CVE-1, statement: long enough a reason here}, {id: CVE-2, expired_at: 2027-01-31, statement: no}]",
      );
      expect(() => readExceptions(file)).to.throw(
        /vulnerabilities\.0\.expired_at: .*; vulnerabilities\.1\.statement: need at least 20 characters/,
      );
    });

    it("of this repository", () => {
      expect(readExceptions(".trivyignore.yaml")).to.be.an("array");
    });
  });
});
