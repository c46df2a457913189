import { awsFoundational } from "../shared/frameworks";
import { stackRule } from "../shared/rule";

const aclType = "aws:wafv2/webAcl:WebAcl";
const loggingType = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";

export const logWaf = stackRule({
  name: "log-waf",
  description: "Every web ACL writes what it let through and what it refused.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational("WAF.11", "AWS WAF web ACL logging should be enabled"),
  tags: ["fsbp:WAF.11", "ckv:CKV2_AWS_31"],
  remediationSteps: "Add an aws.wafv2.WebAclLoggingConfiguration with the ACL's ARN.",
  url: "https://docs.aws.amazon.com/waf/latest/developerguide/logging.html",
  settings: {},
  types: [aclType, loggingType],
  check: ({ graph, report }) => {
    const logged = graph
      .ofType(loggingType)
      .map((one) => graph.referents(one, "resourceArn", aclType));
    for (const acl of graph.ofType(aclType))
      if (logged.every((acls) => acls?.includes(acl) === false))
        report("nothing logs what it decides", acl.urn);
  },
});
