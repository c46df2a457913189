import { secretUserData } from "../../policy/rules/secret-user-data";
import { describeRule } from "./rule-table";

const template = "aws:ec2/launchTemplate:LaunchTemplate";
const instance = "aws:ec2/instance:Instance";
const encoded = (text: string) => Buffer.from(text).toString("base64");
const key = "what looks like an access key or token";

describeRule(secretUserData, [
  [
    "a script without a credential passes",
    template,
    { userData: encoded("#!/bin/sh\nset -eu\nexport CLUSTER=c\n") },
    [],
  ],
  [
    "an access key is reported",
    template,
    { userData: encoded("export KEY_ID=AKIAIOSFODNN7EXAMPLE\n") },
    [`userData: holds ${key}`],
  ],
  [
    "a password that is assigned is reported by its name",
    template,
    { userData: encoded("#!/bin/sh\nexport DB_PASSWORD=hunter2\n") },
    ["userData: holds a literal value for DB_PASSWORD"],
  ],
  [
    "a password that is fetched passes",
    template,
    { userData: encoded("export DB_PASSWORD=$(fetch db)\n") },
    [],
  ],
  [
    "plain text is judged too",
    instance,
    { userData: "curl https://user:pass@host.example/" },
    ["userData: holds a URL with a password"],
  ],
  [
    "the encoded property is judged too",
    instance,
    { userDataBase64: encoded("-----BEGIN RSA PRIVATE KEY-----") },
    ["userDataBase64: holds a private key"],
  ],
  ["no user data passes", template, { imageId: "ami-1" }, []],
]);
