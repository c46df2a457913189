import type { Finding } from "../../../tools/audit/finding";

/** Reports as the scanners write them, cut down to what is read. */

export const trivy = {
  SchemaVersion: 2,
  ArtifactName: "quay.io/owner/image:v1.2.3",
  Results: [
    {
      Target: "image (debian 12)",
      Vulnerabilities: [
        {
          ...{ VulnerabilityID: "CVE-2026-1", PkgName: "libssl3", InstalledVersion: "3.0.1" },
          ...{ FixedVersion: "3.0.2", Severity: "CRITICAL", Title: "overflow" },
        },
        { VulnerabilityID: "CVE-2026-2", PkgName: "bash", Severity: "HIGH" },
      ],
      Misconfigurations: [
        { ID: "KSV-1", Severity: "MEDIUM", Title: "runs as root", Status: "FAIL" },
        { ID: "KSV-2", Severity: "HIGH", Title: "is fine", Status: "PASS" },
      ],
      Secrets: [{ RuleID: "aws-key", Severity: "CRITICAL", StartLine: 3, Match: "AKIA-the-key" }],
    },
  ],
};
export const npmAudit = {
  auditReportVersion: 2,
  vulnerabilities: {
    leaf: {
      name: "leaf",
      via: [
        {
          ...{ source: 1, title: "prototype pollution", severity: "moderate", range: "<2.0.0" },
          url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
        },
      ],
      fixAvailable: { name: "root", version: "3.0.0" },
    },
    root: { name: "root", via: ["leaf"], fixAvailable: true },
  },
};
export const snyk = {
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: {
          name: "Snyk Open Source",
          rules: [{ id: "SNYK-1", properties: { "security-severity": "7.5" } }],
        },
      },
      results: [{ ruleId: "SNYK-1", level: "error", message: { text: "bad" }, fixes: [{}] }],
    },
    { tool: { driver: { name: "Trivy" } }, results: [{ ruleId: "CVE-1", message: { text: "" } }] },
  ],
};
export const zap = {
  site: [
    {
      "@name": "https://dev.example.com",
      alerts: [
        {
          ...{ pluginid: "10038", name: "No CSP", riskcode: "2", solution: "<p>Set it.</p>" },
          instances: [{ uri: "https://dev.example.com/login" }],
        },
        { pluginid: "10049", name: "Cacheable", riskcode: "0" },
      ],
    },
  ],
};

export const finding = (over: Partial<Finding>): Finding => ({
  ...{ id: "CVE-2026-1", severity: "CRITICAL", subject: "libssl3 3.0.1" },
  ...{ target: "quay.io/owner/image:v1.2.3", title: "overflow", fixable: true, scanner: "Trivy" },
  ...over,
});
