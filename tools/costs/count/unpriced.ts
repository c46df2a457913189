/** What costs nothing by itself: what it does is paid where it is done. */
const free: readonly RegExp[] = [
  /^aws:(iam|budgets|appautoscaling|arczonalshift|resourcegroups)\//,
  /^aws:costexplorer\/(anomaly|costAllocationTag)/,
  /^aws:acm\//,
  /^aws:vpc\/securityGroup/,
  /^aws:ec2\/(defaultNetworkAcl|defaultRouteTable|defaultSecurityGroup|launchTemplate|networkAcl|route|securityGroup|subnet|vpc:|vpcEndpointRoute|internetGateway|managedPrefixList|vpcDhcp)/,
  /^aws:ecr\/(lifecyclePolicy|pullThroughCacheRule|replicationConfiguration|repositoryCreationTemplate|repositoryPolicy|registryPolicy|registryScanning)/,
  /^aws:eks\/(accessEntry|accessPolicyAssociation|addon|podIdentityAssociation)/,
  /^aws:elasticache\/(parameterGroup|subnetGroup|user)/,
  /^aws:rds\/(clusterParameterGroup|parameterGroup|subnetGroup|eventSubscription|globalCluster)/,
  /^aws:(mq|msk)\/(configuration|clusterPolicy|scramSecretAssociation)/,
  /^aws:opensearch\/domain(Policy|SamlOptions)/,
  /^aws:s3\/bucket[A-Z]/,
  /^aws:secretsmanager\/secret(Policy|Rotation|Version)/,
  /^aws:kms\/(alias|grant|keyPolicy)/,
  /^aws:sns\/topic(Policy|Subscription)/,
  /^aws:wafv2\/(webAclAssociation|webAclLoggingConfiguration|ipSet|regexPatternSet)/,
  /^aws:lambda\/(permission|invocation|alias|eventSourceMapping|layerVersion|functionEventInvokeConfig)/,
  /^aws:cloudwatch\/(eventRule|eventTarget|logResourcePolicy|compositeAlarm|queryDefinition|logMetricFilter|eventPermission)/,
  /^aws:(athena|glue)\/(workgroup|namedQuery|catalog)/,
  /^aws:backup\/(selection|vaultLock|vaultNotifications|vaultPolicy|plan|reportPlan|restoreTestingSelection|regionSettings|globalSettings)/,
  /^aws:route53\/record/,
  /^aws:cognito\/(userGroup|userPoolClient|userPoolDomain|logDelivery|riskConfiguration|userPoolUi|identityProvider|resourceServer)/,
  /^aws:servicequotas\//,
  /^aws:bcmdata\//,
  // What runs in the cluster is paid as nodes, disks and load balancers; PagerDuty by the seat of its contract.
  /^kubernetes:/,
  /^(pulumi|pagerduty):/,
];

/** What costs something that the estimate leaves out, and why. */
const left: readonly (readonly [RegExp, string])[] = [
  [/^kubernetes:karpenter\.sh\/.*NodePool/, "nodes that Karpenter adds: by demand"],
  [/^aws:lambda\/function/, "paid by the call; these run a few times a day"],
  [/^aws:scheduler\//, "paid by the call; these run a few times a day"],
  [/^aws:sns\/topic:/, "paid by the message; alarms are few"],
  [/^aws:sqs\/queue:/, "paid by the request"],
  [/^aws:cognito\/userPool:/, "paid by the active user: nobody has counted them"],
  [/^aws:ec2\/flowLog/, "paid by the GiB delivered: depends on traffic"],
  [/^aws:backup\/restoreTestingPlan/, "paid by the restore, and what is restored by the hour"],
  [/^aws:backup\/framework/, "paid by the evaluation"],
  [/^aws:dlm\//, "paid by the snapshot"],
  [/^aws:fis\//, "paid by the minute of an action"],
  [/^aws:synthetics\//, "paid by the run"],
  [/^aws:devopsguru\//, "paid by the resource it watches"],
  [/^aws:cloudwatch\/(dashboard|metricStream|contributor)/, "no price with a source"],
];

/** "" for what is free; the reason for what is left out. */
export function whyUnpriced(type: string): string {
  const [, reason] = left.find(([pattern]) => pattern.test(type)) ?? [];
  if (reason !== undefined) return reason;
  return free.some((pattern) => pattern.test(type)) ? "" : "nobody has said how it is paid";
}
