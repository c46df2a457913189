import type * as aws from "@pulumi/aws";
import type { AlarmTopic } from "../components/alarm-topic";
import { AnomalyAlarms, type WatchedMetric } from "../components/anomaly-alarms";
import type { SecureVpc } from "../components/secure-vpc";
import type { Database } from "./data/database";
import type { Environment } from "./environment";

interface AnomalyParts {
  readonly environment: Environment;
  readonly network: SecureVpc;
  readonly database: Database["database"];
  readonly alarms: AlarmTopic;
  readonly provider: aws.Provider;
}

const gib = 2 ** 30;

/**
 * What only CloudWatch sees. Requests, errors, latency and spending on language models are watched by Prometheus, the bill by
 * AWS's own detection of unusual costs.
 */
export function defineAnomalyAlarms(prefix: string, parts: AnomalyParts): void {
  const { environment, network, alarms, provider } = parts;
  if (!environment.alarms.anomalies) return;
  new AnomalyAlarms(
    prefix,
    {
      region: environment.region,
      watched: {
        ...(network.natGatewayIds.length > 0 && { egress: egress(network) }),
        ...atTheEdge(prefix, environment.region),
        ...inTheDatabase(parts),
        "control-plane-log": {
          title: "The log of the control plane",
          look: "Who calls the API server so often? Runbook control-plane.",
          ...{ namespace: "AWS/Logs", metricName: "IncomingBytes", statistic: "Sum" },
          of: [{ LogGroupName: `/aws/eks/${prefix}/cluster` }],
          least: gib / 10,
        },
        functions: {
          title: "The number of runs of functions in this account and region",
          look: "Which function runs more often, and what starts it?",
          ...{ namespace: "AWS/Lambda", metricName: "Invocations", statistic: "Sum", of: [{}] },
          least: 500,
        },
      },
      informationTopicArn: alarms.topicArn,
    },
    { providers: { aws: provider } },
  );
}

function egress({ natGatewayIds }: SecureVpc): WatchedMetric {
  return {
    title: "What leaves to the internet by the NAT gateways",
    look: "The flow logs tell who sends it and where to: docs/flow-logs.md, runbook egress.",
    ...{ namespace: "AWS/NATGateway", metricName: "BytesOutToDestination", statistic: "Sum" },
    of: natGatewayIds.map((NatGatewayId) => ({ NatGatewayId })),
    least: gib,
  };
}

/** In front of the load balancer, whose own name is known to its controller alone: every request passes the firewall. */
function atTheEdge(prefix: string, region: string): Record<string, WatchedMetric> {
  const ofFirewall = (metricName: string) => ({
    ...{ namespace: "AWS/WAFV2", metricName, statistic: "Sum" as const },
    of: [{ WebACL: prefix, Region: region, Rule: "ALL" }],
  });
  return {
    requests: {
      title: "The number of requests that the firewall lets through",
      look: "A campaign, a loop, or nobody gets in any more: runbook ingress.",
      ...ofFirewall("AllowedRequests"),
      ...{ least: 2000, direction: "both" },
    },
    refusals: {
      title: "The number of requests that the firewall refuses",
      look: "An attack, or a rule that hits users: runbook firewall.",
      ...ofFirewall("BlockedRequests"),
      least: 500,
    },
  };
}

function inTheDatabase({ database }: AnomalyParts): Record<string, WatchedMetric> {
  const ofCluster = (metricName: string, statistic: "Maximum" | "Sum") => ({
    ...{ namespace: "AWS/RDS", metricName, statistic },
    of: [{ DBClusterIdentifier: database.clusterIdentifier }],
  });
  return {
    "database-connections": {
      title: "The number of connections to the database",
      look: "Which service opens them? Runbook database.",
      ...ofCluster("DatabaseConnections", "Maximum"),
      least: 50,
    },
    "database-writes": {
      title: "The number of writes to the database's volume",
      look: "An import, a loop, or a table that bloats: runbook database.",
      ...ofCluster("VolumeWriteIOPs", "Sum"),
      least: 20_000,
    },
  };
}
