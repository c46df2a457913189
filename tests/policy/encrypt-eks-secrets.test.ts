import { encryptEksSecrets } from "../../policy/rules/encrypt-eks-secrets";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const cluster = "aws:eks/cluster:Cluster";
const keyArn = "arn:aws:kms:us-west-2:111122223333:key/x";
const given = (resources: unknown, provider: object = { keyArn }) => ({
  encryptionConfig: { resources, provider },
});
const noSecrets = "encryptionConfig.resources: has no secrets";
const noKey = "encryptionConfig.provider.keyArn: is missing";

describeRule(encryptEksSecrets, [
  ["Secrets with a key pass", cluster, given(["secrets"]), []],
  ["nothing set is reported", cluster, { name: "c" }, [noSecrets, noKey]],
  ["an empty list is reported", cluster, given([]), [noSecrets]],
  ["no key is reported", cluster, given(["secrets"], {}), [noKey]],
  ["an empty key is reported", cluster, given(["secrets"], { keyArn: "" }), [noKey]],
  [
    "a key that a preview does not know is one",
    cluster,
    given(["secrets"], { keyArn: unknownText }),
    [],
  ],
  ["a list that a preview does not know is not guessed", cluster, given(unknownText), []],
]);
