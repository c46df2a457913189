import type { PolicyResource } from "@pulumi/policy";
import { awsFoundational } from "../shared/frameworks";
import { known } from "../shared/known";
import { stackRule } from "../shared/rule";

const associationType = "aws:wafv2/webAclAssociation:WebAclAssociation";
const balancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const poolType = "aws:cognito/userPool:UserPool";

export const networkWafAttached = stackRule({
  name: "network-waf-attached",
  description: "Every load balancer that faces the internet, and every user pool, has a web ACL.",
  reach: "production",
  severity: "high",
  framework: awsFoundational(
    "ELB.16",
    "Application Load Balancers should be associated with an AWS WAF web ACL",
  ),
  tags: ["fsbp:ELB.16", "ckv:CKV2_AWS_28"],
  remediationSteps:
    "Add an aws.wafv2.WebAclAssociation with its ARN; for a load balancer of an Ingress name the ACL in its class.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
  settings: {},
  types: [...balancerTypes, poolType],
  check: ({ graph, report }) => {
    const covered = graph
      .ofType(associationType)
      .map((one) => graph.referents(one, "resourceArn", ...balancerTypes, poolType));
    const bare = (resource: PolicyResource) =>
      covered.every((resources) => resources?.includes(resource) === false);
    for (const balancer of graph.ofType(...balancerTypes))
      if (isPublic(balancer) && bare(balancer)) report("it has no web ACL", balancer.urn);
    for (const pool of graph.ofType(poolType))
      if (bare(pool)) report("it has no web ACL", pool.urn);
  },
});

/** What a preview does not know counts as internal; web ACLs are for application load balancers only. */
function isPublic({ props }: PolicyResource): boolean {
  const type = known((): unknown => props["loadBalancerType"]) ?? "application";
  return type === "application" && known((): unknown => props["internal"], true) !== true;
}
