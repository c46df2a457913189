import { expect } from "chai";
import { cloudWatchMetrics } from "../../../components/observability-rules";
import { exporterName } from "../../../components/observability-rules/cloudwatch";

describe("Names of the CloudWatch exporter", () => {
  for (const [namespace, metric, statistic, expected] of [
    [
      "AWS/ApplicationELB",
      "HTTPCode_ELB_5XX_Count",
      "Sum",
      "aws_applicationelb_httpcode_elb_5_xx_count_sum",
    ],
    ["AWS/RDS", "CPUUtilization", "Average", "aws_rds_cpuutilization_average"],
    ["AWS/Kafka", "KafkaDataLogsDiskUsed", "Maximum", "aws_kafka_data_logs_disk_used_maximum"],
    [
      "AWS/NATGateway",
      "BytesOutToDestination",
      "Sum",
      "aws_natgateway_bytes_out_to_destination_sum",
    ],
    [
      "AWS/CertificateManager",
      "DaysToExpiry",
      "Minimum",
      "aws_certificatemanager_days_to_expiry_minimum",
    ],
    [
      "CloudWatchSynthetics",
      "SuccessPercent",
      "Average",
      "aws_cloudwatchsynthetics_success_percent_average",
    ],
    ["Auterity/Recovery", "MeasuredRto", "Maximum", "aws_auterity_recovery_measured_rto_maximum"],
    ["AWS/ES", "ClusterStatus.red", "Maximum", "aws_es_cluster_status_red_maximum"],
    ["AWS/AmazonMQ", "MessageReadyCount", "Maximum", "aws_amazonmq_message_ready_count_maximum"],
  ] as const)
    it(`make ${expected}`, () => {
      expect(exporterName(namespace, metric, statistic)).to.equal(expected);
    });

  it("are each fetched once", () => {
    const names = cloudWatchMetrics.map(({ namespace, metric, statistic }) =>
      exporterName(namespace, metric, statistic),
    );
    expect(new Set(names).size).to.equal(names.length);
  });
});
