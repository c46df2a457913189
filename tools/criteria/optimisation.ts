import { alert, type CriteriaSection, drill, file, policy, test } from "./criterion";
import { figures } from "./figures";

/** Phase 3 of the plan. */
export const optimisationCriteria: readonly CriteriaSection[] = [
  {
    title: "3.1 Cost optimisation",
    criteria: [
      {
        text: "Resource utilization improved by at least 20%",
        proofs: [...drill("day"), ...alert("RequestsFarAboveUse")],
        figure: figures.utilisation,
        limit: "against a fixed size, under assumed load curves",
      },
      {
        text: "Cost reduction of at least 15% for compute resources",
        proofs: [...drill("day"), ...test("tools/costs/estimate")],
        figure: figures.cost,
        limit: "against a fixed size; the bill of today's platform is not known here",
      },
      {
        text: "Accurate cost allocation by team/service",
        proofs: [
          ...test(
            "components/cost-export/cost-export",
            "components/cost-controls/cost-controls",
            "tools/costs/real-plan",
          ),
        ],
        limit: "tags reach the bill once the paying account has switched them on",
      },
      {
        text: "Regular cost optimization reports",
        proofs: [...test("functions/cost-report/cost-report"), ...file("docs/costs.md")],
        limit: "the first comes a week after the deployment",
      },
    ],
  },
  {
    title: "3.2 Disaster recovery",
    criteria: [
      {
        text: "Regular automated backups with verification",
        proofs: [
          ...test(
            "components/dr-replication/dr-replication",
            "functions/restore-validation/restore",
          ),
          ...drill("restore"),
          ...policy("resilience-backup"),
        ],
        figure: figures.restore,
      },
      {
        text: "Cross-region replication for critical data",
        proofs: [
          ...test("components/replicated-bucket/replicated-bucket"),
          ...policy("dr-replicated", "dr-backup-copy"),
        ],
        limit: "AWS replicates; alarms say when it is late",
      },
      {
        text: "Documented and tested recovery procedures",
        proofs: [
          ...test("docs-disasters"),
          ...file("docs/disaster-recovery.md", "docs/runbooks/disaster-region.md"),
        ],
        limit: "their commands are checked for syntax; a rehearsal in AWS is on the calendar",
      },
      {
        text: "Recovery time objective (RTO) and recovery point objective (RPO) met",
        proofs: [...drill("restore"), ...test("functions/restore-validation/metrics")],
        figure: figures.restore,
        limit:
          "Aurora's own restore takes the minutes that a cluster takes to be made: the weekly test measures it",
      },
    ],
  },
  {
    title: "3.3 Advanced observability",
    criteria: [
      {
        text: "SLOs defined and monitored for all critical services",
        proofs: [
          ...test("components/observability-rules/slo", "stacks/observability-rules"),
          ...drill("rules"),
          ...alert("SloBurnFast", "SloNoData"),
        ],
      },
      {
        text: "Synthetic monitoring providing early warning of issues",
        proofs: [
          ...test("components/synthetic-monitoring/synthetic-monitoring"),
          ...drill("load"),
          ...alert("ProbeFailed", "ProbeSlow", "EndpointCertificateExpires"),
        ],
        limit: "canaries and probes run in the platform's region; a canary runs in AWS alone",
      },
      {
        text: "Chaos engineering improving system resilience",
        proofs: [...drill("chaos"), ...test("components/chaos-experiments/chaos-experiments")],
        figure: figures.chaos,
        limit: "AWS's own faults are injected in AWS alone",
      },
      {
        text: "Anomaly detection identifying potential issues before they impact users",
        proofs: [
          ...drill("rules"),
          ...test("components/anomaly-alarms/anomaly-alarms"),
          ...alert("AnomalyDetected", "AnomalyWithBurn"),
        ],
        limit: "tried on a synthetic week: real weeks come with the platform",
      },
      {
        text: "Executive dashboards providing business-relevant insights",
        proofs: [...test("components/observability-dashboards/observability-dashboards")],
        limit: "what the business wants to see is its own to say",
      },
    ],
  },
];
