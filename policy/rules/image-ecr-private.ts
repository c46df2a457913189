import { cisEks } from "../shared/frameworks";
import { isBoundBy, readDocument } from "../shared/iam-document";
import { onResource, resourceRule } from "../shared/rule";

interface Settings {
  /** Condition keys (patterns) that keep a statement for everybody within the organisation. */
  boundBy: string[];
}

/** Where each resource type holds the policy of a repository or registry. */
const documents: Readonly<Record<string, string>> = {
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:ecr/registryPolicy:RegistryPolicy": "policy",
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": "repositoryPolicy",
};

export const imageEcrPrivate = resourceRule<Settings>({
  name: "image-ecr-private",
  description: "No repository or registry is open to every AWS account, and none is public.",
  reach: "everywhere",
  severity: "critical",
  framework: cisEks("5.1.2", "Minimize user access to Amazon ECR"),
  tags: ["cis-eks:5.1.2", "ckv:CKV_AWS_32", "trivy:AWS-0032"],
  remediationSteps:
    "Name the principals that may pull, or add a condition on aws:PrincipalOrgID to the statement.",
  url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
  settings: {
    boundBy: {
      type: "array",
      items: { type: "string" },
      default: ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount"],
    },
  },
  checks: [
    onResource(Object.keys(documents), ({ type, props, settings, report }) => {
      const path = documents[type] ?? "policy";
      const statements = readDocument(() => props[path]);
      if (statements === undefined) return;
      if (statements === "unreadable") {
        report(`${path}: is no JSON object`);
        return;
      }
      for (const statement of statements) {
        const open =
          statement.excludesPrincipals || statement.principals.some(({ kind }) => kind === "*");
        if (
          statement.allows &&
          open &&
          !statement.incomplete &&
          !isBoundBy(statement, settings.boundBy)
        )
          report(`${path}, ${statement.label}: admits every AWS account`);
      }
    }),
    onResource(["aws:ecrpublic/repository:Repository"], ({ report }) => {
      report("a public repository is open to everybody");
    }),
  ],
});
