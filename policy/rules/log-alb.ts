import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { listAt, valueAt } from "../shared/tree";

const attribute = "access_logs.s3.enabled";

export const logAlb = resourceRule({
  name: "log-alb",
  description: "Every load balancer writes a line for each request.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational(
    "ELB.5",
    "Application and Classic Load Balancers logging should be enabled",
  ),
  tags: ["fsbp:ELB.5", "ckv:CKV_AWS_91"],
  remediationSteps:
    "Enable accessLogs with a bucket; for load balancers of Ingresses set access_logs.s3.enabled in the parameters of their class.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
  settings: {},
  checks: [
    onResource(
      ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"],
      ({ props, report }) => {
        const enabled = valueAt(
          snapshot(() => props["accessLogs"]),
          "enabled",
        );
        if (enabled !== unknownValue && enabled !== true) report("accessLogs.enabled: is not true");
      },
    ),
    // An Ingress may set none of its own where the class does; the class holds for all of its load balancers.
    onResource(["kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams"], ({ props, report }) => {
      const spec = snapshot(() => props["spec"]);
      if (spec === unknownValue || valueAt(spec, "loadBalancerAttributes") === unknownValue) return;
      const given = listAt(spec, "loadBalancerAttributes");
      const logged = given.some(
        (one) =>
          one === unknownValue ||
          (valueAt(one, "key") === attribute &&
            ["true", unknownValue].some((value) => valueAt(one, "value") === value)),
      );
      if (!logged) report(`spec.loadBalancerAttributes: ${attribute} is not "true"`);
    }),
  ],
});
