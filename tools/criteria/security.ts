import { alert, type CriteriaSection, drill, file, policy, test } from "./criterion";
import { figures } from "./figures";

/** Phase 1 of the plan. */
export const securityCriteria: readonly CriteriaSection[] = [
  {
    title: "1.1 Secrets management",
    criteria: [
      {
        text: "All sensitive credentials stored in AWS Secrets Manager",
        proofs: [
          ...test("components/secrets-sync/registrations"),
          ...drill("secrets"),
          ...policy("secret-external"),
        ],
        limit: "credentials that a third party issued are there once somebody has put them there",
      },
      {
        text: "Applications successfully retrieving secrets from External Secrets",
        proofs: [...drill("secrets"), ...alert("SecretStoreNotReady")],
        limit: "the drill's AWS is an emulator, and nothing runs in its pods",
      },
      {
        text: "Secret rotation functioning correctly",
        proofs: [
          ...test("functions/rotation/rotate", "functions/rotation/handler"),
          ...drill("secrets", "database", "broker"),
          ...policy("secret-rotation"),
        ],
        limit: "Secrets Manager's own schedule runs in AWS alone",
      },
      {
        text: "No credentials in plaintext in configuration files or environment variables",
        proofs: [
          ...test("compose-dev"),
          ...drill("secrets"),
          ...policy("secret-no-plaintext", "secret-files"),
        ],
        limit: "what stands in other repositories is found when `npm run secrets` is run there",
      },
    ],
  },
  {
    title: "1.2 Network security",
    criteria: [
      {
        text: "All services protected by appropriate network policies",
        proofs: [...drill("segmentation"), ...policy("network-default-deny")],
        figure: figures.segmentation,
      },
      {
        text: "WAF successfully blocking malicious traffic",
        proofs: [
          ...test("functions/edge-probe/probes", "components/edge-protection/web-acl"),
          ...policy("network-waf-attached", "network-waf-rules"),
          ...alert("WafBlockSpike"),
        ],
        limit: "the probe attacks the deployed load balancer: no firewall of AWS runs here",
      },
      {
        text: "Network traffic properly logged and monitored",
        proofs: [
          ...test("functions/flow-log-check/check"),
          ...policy("log-flow", "log-alb", "log-waf"),
        ],
        limit: "flow logs are written by AWS alone",
      },
      {
        text: "Network segmentation verified through testing",
        proofs: [
          ...drill("segmentation"),
          ...test("stacks/environments-apart"),
          ...policy("network-environments-apart"),
        ],
        figure: figures.segmentation,
      },
    ],
  },
  {
    title: "1.3 Dependency security",
    criteria: [
      {
        text: "All dependencies scanned for vulnerabilities in CI/CD",
        proofs: [
          ...test("workflows"),
          ...drill("workflows"),
          ...file(".github/workflows/security.yml"),
        ],
        limit: "the scanners run where the pipeline runs",
      },
      {
        text: "Automated dependency update PRs being created",
        proofs: [...test("workflows"), ...file(".github/dependabot.yml")],
        limit: "GitHub opens them once the repository is there",
      },
      {
        text: "All Docker images using specific version tags",
        proofs: [
          ...drill("images"),
          ...policy("image-pinned", "chart-images-pinned", "image-released"),
        ],
        limit:
          "digests come with `npm run images -- lock`, releases from the services' own pipelines",
      },
      {
        text: "Process in place for addressing critical vulnerabilities",
        proofs: [
          ...test("tools/audit/audit-report"),
          ...alert("CriticalVulnerability"),
          ...file("docs/vulnerability-management.md"),
        ],
      },
    ],
  },
];
