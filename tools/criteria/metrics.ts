import { alert, type CriteriaSection, drill, file, policy, test } from "./criterion";
import { figures } from "./figures";

/** The plan's success metrics. */
export const metricCriteria: readonly CriteriaSection[] = [
  {
    title: "Security metrics",
    criteria: [
      {
        text: "90% reduction in high/critical vulnerabilities",
        proofs: [...test("tools/audit/audit-report"), ...alert("CriticalVulnerability")],
        limit: "the report counts them from its first run on; nobody has counted before",
      },
      {
        text: "100% of secrets stored securely",
        proofs: [...drill("secrets"), ...policy("secret-external", "secret-no-plaintext")],
      },
      {
        text: "Zero security incidents related to infrastructure",
        proofs: [...file("docs/vulnerability-management.md"), ...alert("SecretInImage")],
        limit: "known only in operation",
      },
    ],
  },
  {
    title: "Reliability metrics",
    criteria: [
      {
        text: "99.95% or better service availability",
        proofs: [...alert("SloBurnFast", "SloBurnSlow", "SloBudgetExhausted")],
        limit: "measured in operation, over 30 days, against each service's objective",
      },
      {
        text: "Mean time to recovery under 30 minutes",
        proofs: [...drill("failover", "restore")],
        figure: figures.restore,
        limit: "with people in it, known only from incidents",
      },
      {
        text: "100% successful failover tests",
        proofs: [...drill("failover"), ...file("docs/failover.md")],
        figure: figures.failover,
      },
    ],
  },
  {
    title: "Cost metrics",
    criteria: [
      {
        text: "80%+ average utilization of provisioned resources",
        proofs: [...drill("day")],
        figure: figures.utilisation,
        limit:
          "not met: services keep room for a spike and for a lost zone, and nodes run at what is asked for, not at what is used",
      },
      {
        text: "15%+ reduction in infrastructure costs",
        proofs: [...drill("day"), ...test("tools/costs/compare")],
        figure: figures.cost,
        limit: "of nodes, against a fixed size; the bill of today's platform is not known here",
      },
      {
        text: "Costs scaling linearly or sub-linearly with load",
        proofs: [...drill("day", "spike")],
        figure: figures.cost,
        limit: "of nodes; stores are sized by configuration",
      },
    ],
  },
  {
    title: "Operational metrics",
    criteria: [
      {
        text: "90%+ alert precision (true positives)",
        proofs: [...drill("alerts"), ...alert("AlertFlapping")],
        figure: figures.alerts,
      },
      {
        text: "100% of incidents detected by monitoring before user reports",
        proofs: [...drill("alerts")],
        figure: figures.alerts,
        limit: "of the incidents that somebody thought of",
      },
      {
        text: "90%+ of routine operational tasks automated",
        proofs: [...test("workflows", "docs-runbooks"), ...file(".github/workflows/deploy.yml")],
        limit: "nobody has a list of the routine tasks of today: the share cannot be counted",
      },
    ],
  },
];
