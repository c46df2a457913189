import { cloudWatch } from "../../observability-rules";
import { layOut, type Rows } from "../layout";
import { dashboardLink } from "../links";
import { graph, note, stat, table } from "../panels";
import type { PlannedDashboard } from "../planned";
import { noneWanted, ofEnvironment, orZero, type Subject } from "./subject";

const serious = 'severity=~"Critical|High"';

/** What the scanner found in what runs, what was refused at the edge, and who talked to whom although he may not. */
export function securityDashboard(subject: Subject): PlannedDashboard {
  return layOut({
    uid: "security",
    title: "Security",
    about:
      "Vulnerabilities and secrets in what runs, traffic that the catalogue does not allow, and attacks refused.",
    folder: "Platform",
    tags: ["security"],
    from: "now-30d",
    links: { Secrets: dashboardLink("key-sync"), "Ingress and firewall": dashboardLink("ingress") },
    rows: [glance(subject), vulnerabilities, edge],
  });
}

function glance(subject: Subject): Rows {
  const of = ofEnvironment(subject);
  return {
    title: "At a glance",
    panels: [
      stat({
        title: "Critical vulnerabilities",
        width: 5,
        limits: noneWanted,
        queries: [{ expr: 'sum(trivy_image_vulnerabilities{severity="Critical"})' }],
      }),
      stat({
        title: "High ones",
        width: 5,
        queries: [{ expr: 'sum(trivy_image_vulnerabilities{severity="High"})' }],
      }),
      stat({
        title: "Secrets found in images",
        width: 5,
        limits: noneWanted,
        queries: [{ expr: orZero(`sum(trivy_image_exposedsecrets{${serious}})`) }],
      }),
      stat({
        title: "Conversations that nobody allowed",
        about: "Of the last day, from the network's flow logs: docs/flow-logs.md.",
        width: 5,
        limits: noneWanted,
        nothing: "not yet",
        queries: [
          { expr: `max(${cloudWatch("Auterity/FlowLogs", "UnexpectedConversations")}${of})` },
        ],
      }),
      stat({
        title: "Own attacks that got through",
        width: 4,
        limits: noneWanted,
        nothing: "not yet",
        queries: [{ expr: `max(${cloudWatch("Auterity/EdgeProbe", "ProbesPassed")}${of})` }],
      }),
    ],
  };
}

const vulnerabilities: Rows = {
  title: "Vulnerabilities",
  panels: [
    graph({
      title: "By severity",
      unit: "short",
      width: 12,
      queries: [
        {
          expr: "sum by (severity) (trivy_image_vulnerabilities)",
          legend: "{{severity}}",
        },
      ],
    }),
    table({
      title: "Images with the most critical and high ones",
      width: 12,
      nothing: "none",
      queries: [
        {
          expr: `topk(15, sum by (image_repository, image_tag) (trivy_image_vulnerabilities{${serious}}) > 0)`,
          legend: "found",
        },
      ],
    }),
  ],
};

const edge: Rows = {
  title: "At the edge",
  panels: [
    graph({
      title: "Requests that the firewall refused in five minutes",
      unit: "short",
      width: 12,
      queries: [
        {
          expr: `sum(${cloudWatch("AWS/WAFV2", "BlockedRequests")}{dimension_Rule="ALL"})`,
          legend: "refused",
        },
      ],
    }),
    note({
      title: "Without a number here",
      text: "What the policy pack refuses is refused before it exists: `policy.json` of the plan (docs/policies.md). Dependencies are audited in CI (docs/vulnerability-management.md). GuardDuty and Security Hub belong to the account and are not part of the platform.",
      width: 12,
      height: 8,
    }),
  ],
};
