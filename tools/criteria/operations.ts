import { alert, type CriteriaSection, drill, file, policy, test } from "./criterion";
import { figures } from "./figures";

/** Phase 2 of the plan. */
export const operationsCriteria: readonly CriteriaSection[] = [
  {
    title: "2.1 Multi-AZ deployment",
    criteria: [
      {
        text: "Infrastructure deployed across at least 3 AZs",
        proofs: [...policy("resilience-three-zones", "resilience-nat-per-zone", "workload-spread")],
        limit: "development has two by configuration",
      },
      {
        text: "Successful failover testing with minimal disruption",
        proofs: [...drill("failover"), ...file("docs/failover.md")],
        figure: figures.failover,
        limit: "nodes are simulated: load balancer, database and people are tried in AWS",
      },
      {
        text: "Database replication functioning correctly",
        proofs: [
          ...test("components/multi-az-database/multi-az-database"),
          ...policy("resilience-multi-az-data", "resilience-database-readers"),
        ],
        limit: "Aurora replicates in AWS alone; its alarms say when it lags",
      },
      {
        text: "Load balancing distributing traffic appropriately",
        proofs: [
          ...test("components/public-ingress", "components/platform-service-traffic"),
          ...policy("network-lb"),
          ...alert("LoadBalancerUnhealthyTargets"),
        ],
        limit: "no load balancer of AWS runs here",
      },
    ],
  },
  {
    title: "2.2 Auto-scaling",
    criteria: [
      {
        text: "Services automatically scaling based on load",
        proofs: [...drill("spike"), ...alert("ScaledToMaximum", "ScalerFailing")],
        figure: figures.spike,
      },
      {
        text: "Cluster nodes scaling up/down as needed",
        proofs: [
          ...drill("spike", "day", "nights"),
          ...alert("PodsUnschedulable", "NodeAutoscalerStopped"),
        ],
        figure: figures.nights,
        limit: "by Karpenter: the Cluster Autoscaler does not build here",
      },
      {
        text: "Custom metrics driving scaling decisions",
        proofs: [...drill("spike"), ...test("stacks/scaling")],
        limit: "the drill computes the metrics, nothing runs in the pods",
      },
      {
        text: "Successful handling of simulated traffic spikes",
        proofs: [...drill("spike", "load")],
        figure: figures.spike,
      },
    ],
  },
  {
    title: "2.3 Monitoring and alerting",
    criteria: [
      {
        text: "Comprehensive alerting for all critical components",
        proofs: [...drill("rules", "alerts"), ...policy("alert-complete")],
        figure: figures.alerts,
      },
      {
        text: "End-to-end distributed tracing for all requests",
        proofs: [
          ...drill("telemetry"),
          ...test("components/observability-stack/telemetry"),
          ...alert("TracesSilent", "SpansLost"),
        ],
        limit: "the services have to be instrumented: docs/telemetry.md",
      },
      {
        text: "Centralized logging with structured data",
        proofs: [
          ...drill("telemetry"),
          ...test("components/observability-stack/telemetry"),
          ...alert("LogsSilent", "LogsDiscarded"),
        ],
        limit: "a service that writes plain text is searched as plain text",
      },
      {
        text: "Dashboards providing actionable insights",
        proofs: [
          ...test("components/observability-dashboards/observability-dashboards"),
          ...alert("DashboardsDown"),
        ],
        limit: "whether they help is known after the first incidents",
      },
      {
        text: "On-call engineers receiving appropriate alerts",
        proofs: [
          ...drill("alerts"),
          ...test("components/paging-services/paging-services"),
          ...alert("NotificationsFailing", "Watchdog"),
        ],
        figure: figures.alerts,
        limit: "a page that really reaches somebody is tried with PagerDuty's own test",
      },
    ],
  },
];
