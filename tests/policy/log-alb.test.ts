import { logAlb } from "../../policy/rules/log-alb";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const balancer = "aws:lb/loadBalancer:LoadBalancer";
const parameters = "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams";
const key = "access_logs.s3.enabled";

describeRule(logAlb, [
  ["one that logs passes", balancer, { accessLogs: { enabled: true, bucket: "b" } }, []],
  ["one without is reported", balancer, {}, ["accessLogs.enabled: is not true"]],
  [
    "one that has a bucket and does not write is reported",
    "aws:alb/loadBalancer:LoadBalancer",
    { accessLogs: { bucket: "b" } },
    ["accessLogs.enabled: is not true"],
  ],
  [
    "a class of Ingresses that logs passes",
    parameters,
    { spec: { loadBalancerAttributes: [{ key, value: "true" }] } },
    [],
  ],
  [
    "one that says no is reported",
    parameters,
    { spec: { loadBalancerAttributes: [{ key, value: "false" }] } },
    [`spec.loadBalancerAttributes: ${key} is not "true"`],
  ],
  [
    "one that says nothing is reported",
    parameters,
    { spec: {} },
    [`spec.loadBalancerAttributes: ${key} is not "true"`],
  ],
  ["what a preview does not know passes", balancer, { accessLogs: unknownText }, []],
]);
