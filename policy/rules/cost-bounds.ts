import type { PolicyResource } from "@pulumi/policy";
import { nodePoolType } from "../shared/instance-type-settings";
import { snapshot, unknownValue } from "../shared/known";
import { stackRule } from "../shared/rule";
import { isTree } from "../shared/is-tree";
import { listAt, valueAt } from "../shared/tree";

interface Settings {
  /** True where budgets are another program's. */
  budgetElsewhere: boolean;
  /** True where another environment of the account watches for unusual costs. */
  anomaliesElsewhere: boolean;
}

const groupType = "aws:eks/nodeGroup:NodeGroup";
const clusterTypes = ["aws:eks/cluster:Cluster", "eks:index:Cluster"];
const databaseType = "aws:rds/cluster:Cluster";
const budgetType = "aws:budgets/budget:Budget";
const monitorType = "aws:costexplorer/anomalyMonitor:AnomalyMonitor";

export const costBounds = stackRule<Settings>({
  name: "cost-bounds",
  description:
    "What grows by itself has an upper bound, and somebody is told when a budget is used up or costs are unusual.",
  reach: "production",
  severity: "medium",
  tags: ["house:cost"],
  remediationSteps:
    "Set scalingConfig.maxSize and limits of node pools; add an aws.budgets.Budget with notifications, and an aws.costexplorer.AnomalyMonitor.",
  url: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html",
  settings: {
    budgetElsewhere: { type: "boolean", default: false },
    anomaliesElsewhere: { type: "boolean", default: false },
  },
  types: [groupType, nodePoolType, budgetType, ...clusterTypes, databaseType],
  check: ({ graph, settings, report }) => {
    for (const group of graph.ofType(groupType)) {
      const scaling = snapshot((): unknown => group.props["scalingConfig"]);
      const most = valueAt(scaling, "maxSize");
      if (most !== unknownValue && !(typeof most === "number" && most > 0))
        report("scalingConfig.maxSize: is missing, so that nothing bounds it", group.urn);
    }
    for (const pool of graph.ofType(nodePoolType)) {
      const spec = snapshot((): unknown => pool.props["spec"]);
      const limits = valueAt(spec, "limits");
      // Without a reachable cluster the outputs are left out altogether.
      if (isTree(spec) && limits !== unknownValue && !isTree(limits))
        report("spec.limits: are missing, so that nothing bounds it", pool.urn);
    }
    const budgets = graph.ofType(budgetType);
    for (const budget of budgets)
      if (!tells(budget)) report("notifications: nobody is told when it is used up", budget.urn);
    const [costly] = graph.ofType(...clusterTypes, databaseType);
    if (costly === undefined) return;
    if (budgets.length === 0 && !settings.budgetElsewhere)
      report("there is no budget, so that nobody is told what it costs", costly.urn);
    if (graph.ofType(monitorType).length === 0 && !settings.anomaliesElsewhere)
      report("nothing watches for unusual costs", costly.urn);
  },
});

function tells({ props }: PolicyResource): boolean {
  const notifications = snapshot((): unknown => props["notifications"]);
  return (
    notifications === unknownValue ||
    listAt({ notifications }, "notifications").some((one) =>
      ["subscriberEmailAddresses", "subscriberSnsTopicArns"].some((key) => {
        const who = valueAt(one, key);
        return who === unknownValue || (Array.isArray(who) && who.length > 0);
      }),
    )
  );
}
