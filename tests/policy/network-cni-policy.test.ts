import { networkCniPolicy } from "../../policy/rules/network-cni-policy";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const addon = "aws:eks/addon:Addon";
const cni = (configurationValues?: string) => ({
  addonName: "vpc-cni",
  ...(configurationValues !== undefined && { configurationValues }),
});
const message = 'configurationValues.enableNetworkPolicy: is not "true"';

describeRule(networkCniPolicy, [
  ["a text that says true passes", addon, cni('{"enableNetworkPolicy":"true"}'), []],
  [
    "true itself passes, among others",
    addon,
    cni('{"env":{"X":"1"}, "enableNetworkPolicy" : true}'),
    [],
  ],
  ["YAML passes", addon, cni("enableNetworkPolicy: 'true'\n"), []],
  ["no configuration is reported", addon, cni(), [message]],
  ["false is reported", addon, cni('{"enableNetworkPolicy":"false"}'), [message]],
  [
    "another setting that is true does not help",
    addon,
    cni('{"enableNetworkPolicyLogs":true}'),
    [message],
  ],
  ["values that a preview does not know are not guessed", addon, cni(unknownText), []],
  ["another add-on passes", addon, { addonName: "coredns" }, []],
]);
