import { awsFoundational } from "../shared/frameworks";
import { isBoundBy, readDocument } from "../shared/iam-document";
import { snapshot } from "../shared/known";
import { type StackSubject, stackRule } from "../shared/rule";
import { textAt, valueAt } from "../shared/tree";

interface Settings {
  /** Services that are reached without leaving the VPC, by the end of their endpoints' names. */
  services: string[];
  /** Condition keys (patterns) that keep an endpoint's policy for callers or resources of our own. */
  boundBy: string[];
}

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const vpcTypes = ["aws:ec2/vpc:Vpc", "awsx:ec2:Vpc"];

export const networkEndpoints = stackRule<Settings>({
  name: "network-endpoints",
  description:
    "A VPC reaches the services in `services` by endpoints, and no endpoint serves callers of other accounts.",
  reach: "production",
  severity: "medium",
  framework: awsFoundational(
    "EC2.10",
    "Amazon EC2 should be configured to use VPC endpoints that are created for the Amazon EC2 service",
  ),
  tags: ["fsbp:EC2.10", "eks-bpg:image-security"],
  remediationSteps:
    "Add an aws.ec2.VpcEndpoint for each service, with a policy that has a condition on aws:PrincipalAccount or aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  settings: {
    services: {
      type: "array",
      items: { type: "string" },
      default: ["s3", "ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "kms", "eks"],
    },
    boundBy: {
      type: "array",
      items: { type: "string" },
      default: [
        "aws:PrincipalAccount",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
      ],
    },
  },
  types: [endpointType, ...vpcTypes],
  check: (subject) => {
    judgeMissing(subject);
    judgePolicies(subject);
  },
});

function judgeMissing({ graph, settings, report }: StackSubject<Settings>): void {
  const names = graph.ofType(endpointType).map(({ props }) =>
    textAt(
      snapshot(() => props),
      "serviceName",
    ),
  );
  // A service that a preview does not know may be the missing one.
  if (names.includes(undefined)) return;
  const served = names.map((name) => name?.replace(/^(?:com|aws)\.(?:amazonaws|api)\.[^.]+\./, ""));
  const missing = settings.services.filter((service) => !served.includes(service));
  if (missing.length === 0) return;
  for (const type of vpcTypes) {
    const vpcs = graph.ofType(type);
    for (const { urn } of vpcs) report(`it has no endpoint for ${missing.join(", ")}`, urn);
    // A component counts only where its VPC is not seen.
    if (vpcs.length > 0) return;
  }
}

function judgePolicies({ graph, settings, report }: StackSubject<Settings>): void {
  for (const { urn, props } of graph.ofType(endpointType)) {
    const kind = valueAt(
      snapshot(() => props),
      "vpcEndpointType",
    );
    if (kind === "GatewayLoadBalancer") continue;
    if (!("policy" in props)) {
      report("policy: is missing, so every caller may do everything through it", urn);
      continue;
    }
    const statements = readDocument((): unknown => props["policy"]);
    if (statements === undefined) continue;
    if (statements === "unreadable") {
      report("policy: is no JSON object", urn);
      continue;
    }
    for (const statement of statements) {
      const open =
        statement.excludesPrincipals || statement.principals.some(({ kind: who }) => who === "*");
      const everything =
        [...statement.actions, ...statement.notActions].length === 0
          ? false
          : statement.notActions.length > 0 || statement.actions.includes("*");
      if (
        statement.allows &&
        open &&
        everything &&
        !statement.incomplete &&
        !isBoundBy(statement, settings.boundBy)
      )
        report(`policy, ${statement.label}: lets every caller do everything through it`, urn);
    }
  }
}
