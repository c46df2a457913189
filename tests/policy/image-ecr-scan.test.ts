import { imageEcrScan } from "../../policy/rules/image-ecr-scan";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const repository = "aws:ecr/repository:Repository";
const message = "imageScanningConfiguration.scanOnPush is not true";

describeRule(imageEcrScan, [
  ["scan on push passes", repository, { imageScanningConfiguration: { scanOnPush: true } }, []],
  ["no configuration is reported", repository, { name: "auterity/api" }, [message]],
  [
    "scan on push off is reported",
    repository,
    { imageScanningConfiguration: { scanOnPush: false } },
    [message],
  ],
  [
    "what a preview does not know yet passes",
    repository,
    { imageScanningConfiguration: { scanOnPush: unknownText } },
    [],
  ],
  [
    "the registry may scan everything instead",
    repository,
    {},
    [],
    { settings: { registryScanning: true } },
  ],
]);
