import { logRetention } from "../../policy/rules/log-retention";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const group = "aws:cloudwatch/logGroup:LogGroup";
const forEver = "retentionInDays: is missing, so that everything is kept for ever";
const audit = "/aws/eks/prod/cluster";

describeRule(logRetention, [
  ["a month passes", group, { name: "/aws/lambda/a", retentionInDays: 30 }, []],
  ["nothing is reported", group, { name: "/aws/lambda/a" }, [forEver]],
  ["and so is for ever", group, { retentionInDays: 0 }, [forEver]],
  ["400 days pass", group, { name: "/aws/lambda/a", retentionInDays: 400 }, []],
  [
    "more are reported",
    group,
    { name: "/aws/lambda/a", retentionInDays: 545 },
    ["retentionInDays: is 545, need 400 at most"],
  ],
  ["a year of what tells who did what passes", group, { name: audit, retentionInDays: 365 }, []],
  ["and so do ten", group, { name: audit, retentionInDays: 3653 }, []],
  [
    "less is reported",
    group,
    { name: audit, retentionInDays: 180 },
    ["retentionInDays: is 180, need 365 or more of what tells who did what"],
  ],
  [
    "other days and names are the environment's to say",
    group,
    { name: "/mine/audit", retentionInDays: 30 },
    [],
    { settings: { auditGroups: ["/mine/*"], auditDays: 30 } },
  ],
  ["what a preview does not know passes", group, { name: audit, retentionInDays: unknownText }, []],
]);
