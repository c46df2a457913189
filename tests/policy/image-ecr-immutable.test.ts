import { imageEcrImmutable } from "../../policy/rules/image-ecr-immutable";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const repository = "aws:ecr/repository:Repository";
const message = "imageTagMutability is not IMMUTABLE";

describeRule(imageEcrImmutable, [
  ["immutable tags pass", repository, { imageTagMutability: "IMMUTABLE" }, []],
  ["what a preview does not know yet passes", repository, { imageTagMutability: unknownText }, []],
  ["AWS's default is reported", repository, { name: "auterity/api" }, [message]],
  ["mutable tags are reported", repository, { imageTagMutability: "MUTABLE" }, [message]],
  [
    "exclusions are reported",
    repository,
    { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" },
    [message],
  ],
]);
