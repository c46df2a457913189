import { awsFoundational } from "../shared/frameworks";
import { snapshot, unknownValue } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";
import { valueAt } from "../shared/tree";

interface Settings {
  /** 1 keeps pods, which are one hop further, from the credentials of their node. */
  mostHops: number;
}

export const encryptImdsv2 = resourceRule<Settings>({
  name: "encrypt-imdsv2",
  description:
    "Instances answer questions about themselves only to those with a token, and not to pods.",
  reach: "everywhere",
  severity: "high",
  framework: awsFoundational(
    "EC2.8",
    "EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)",
  ),
  tags: ["fsbp:AutoScaling.3", "fsbp:EC2.8", "ckv:CKV_AWS_79", "ckv:CKV_AWS_341"],
  remediationSteps: "Set metadataOptions with httpTokens required and httpPutResponseHopLimit 1.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
  settings: { mostHops: { type: "number", default: 1 } },
  checks: [
    onResource(
      [
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
        "aws:ec2/instance:Instance",
      ],
      ({ props, settings, report }) => {
        const options = snapshot(() => props["metadataOptions"]);
        if (valueAt(options, "httpEndpoint") === "disabled") return;
        const tokens = valueAt(options, "httpTokens");
        if (tokens !== "required" && tokens !== unknownValue)
          report("metadataOptions.httpTokens: is not required");
        const hops = valueAt(options, "httpPutResponseHopLimit");
        if (hops === unknownValue) return;
        // An image may set another default: that of Amazon Linux 2023 is 2.
        if (typeof hops !== "number") report("metadataOptions.httpPutResponseHopLimit: is not set");
        else if (hops > settings.mostHops)
          report(
            `metadataOptions.httpPutResponseHopLimit: is ${hops}, need ${settings.mostHops} at most`,
          );
      },
    ),
  ],
});
