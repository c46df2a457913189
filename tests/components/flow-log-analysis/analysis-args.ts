import type { FlowLogAnalysisArgs } from "../../../components/flow-log-analysis";
import { allowedFlows, subnets } from "./flow-log-files";

export const args: FlowLogAnalysisArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  environment: "test",
  flowLogBucketName: "vpc-logs",
  flowLogKeyArn: "arn:aws:kms:us-west-2:123456789012:key/logs",
  subnets,
  allowedFlows,
  alarmTopicArn: "arn:aws:sns:us-west-2:123456789012:alarms",
};
