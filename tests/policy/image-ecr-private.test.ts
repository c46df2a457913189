import { imageEcrPrivate } from "../../policy/rules/image-ecr-private";
import { document } from "./fixtures";
import { describeRule } from "./rule-table";

const repositoryPolicy = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const pull = { Effect: "Allow", Action: "ecr:BatchGetImage" };
const open = document({ ...pull, Principal: "*" });
const message = "policy, statement 1: admits every AWS account";

describeRule(imageEcrPrivate, [
  [
    "a named principal passes",
    repositoryPolicy,
    { policy: document({ ...pull, Principal: { AWS: "arn:aws:iam::111122223333:root" } }) },
    [],
  ],
  ["everybody is reported", repositoryPolicy, { policy: open }, [message]],
  [
    "everybody among others is reported",
    repositoryPolicy,
    { policy: document({ ...pull, Principal: { AWS: ["111122223333", "*"] } }) },
    [message],
  ],
  [
    "all but some are reported",
    repositoryPolicy,
    { policy: document({ ...pull, NotPrincipal: { AWS: "111122223333" } }) },
    [message],
  ],
  [
    "everybody of the organisation passes",
    repositoryPolicy,
    {
      policy: document({
        ...pull,
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      }),
    },
    [],
  ],
  [
    "a condition that holds without the key is no bound",
    repositoryPolicy,
    {
      policy: document({
        ...pull,
        Principal: "*",
        Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } },
      }),
    },
    [message],
  ],
  [
    "a denial of everybody passes",
    repositoryPolicy,
    { policy: document({ ...pull, Effect: "Deny", Principal: "*" }) },
    [],
  ],
  [
    "a document as an object is read too",
    repositoryPolicy,
    { policy: { Statement: { ...pull, Principal: "*" } } },
    [message],
  ],
  [
    "a registry's policy is judged",
    "aws:ecr/registryPolicy:RegistryPolicy",
    { policy: open },
    [message],
  ],
  [
    "a template's policy is judged",
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    { repositoryPolicy: open },
    ["repositoryPolicy, statement 1: admits every AWS account"],
  ],
  [
    "a template without a policy passes",
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    { prefix: "x" },
    [],
  ],
  [
    "text that is no JSON is reported",
    repositoryPolicy,
    { policy: "{" },
    ["policy: is no JSON object"],
  ],
  [
    "a public repository is reported",
    "aws:ecrpublic/repository:Repository",
    { repositoryName: "x" },
    ["a public repository is open to everybody"],
  ],
  [
    "other bounds can be named",
    repositoryPolicy,
    {
      policy: document({
        ...pull,
        Principal: "*",
        Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
      }),
    },
    [],
    { settings: { boundBy: ["aws:SourceVpce"] } },
  ],
]);
