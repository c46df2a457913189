import { drDataClass } from "../../policy/rules/dr-data-class";
import { describeRule } from "./rule-table";

const bucket = "aws:s3/bucket:Bucket";
const missing = "tags.data-class: is missing, need one of vital, reproducible, none";

describeRule(drDataClass, [
  ["a bucket that says nothing is reported", bucket, {}, [missing]],
  ["tags that say something else are no answer", bucket, { tags: { team: "data" } }, [missing]],
  ["a database likewise", "aws:rds/cluster:Cluster", { tags: {} }, [missing]],
  ["a broker likewise", "aws:mq/broker:Broker", {}, [missing]],
  [
    "a value that nobody knows is reported",
    bucket,
    { tags: { "data-class": "important" } },
    ["tags.data-class: is none of them, need one of vital, reproducible, none"],
  ],
  ["vital passes", bucket, { tags: { "data-class": "vital" } }, []],
  ["none passes", "aws:cognito/userPool:UserPool", { tags: { "data-class": "none" } }, []],
  [
    "tag and values are settings",
    bucket,
    { tags: { worth: "high" } },
    [],
    { settings: { tag: "worth", values: ["high", "low"] } },
  ],
]);
