import { expect } from "chai";
import { resilienceDeletionGuard } from "../../policy/rules/resilience-deletion-guard";
import { resource, unknownText, violations } from "../support/check-policy";
import { describeRule } from "./rule-table";

const cluster = "aws:rds/cluster:Cluster";
const balancer = "aws:lb/loadBalancer:LoadBalancer";
const unprotected = "protect: is not set, so Pulumi would delete it";

describeRule(resilienceDeletionGuard, [
  [
    "a database that anybody deletes is reported",
    cluster,
    { skipFinalSnapshot: true },
    [
      "deletionProtection: is not true",
      "skipFinalSnapshot: is true, so its last state is lost with it",
      unprotected,
    ],
  ],
  ["a load balancer that refuses passes", balancer, { enableDeletionProtection: true }, []],
  ["one that does not is reported", balancer, {}, ["enableDeletionProtection: is not true"]],
  [
    "a bucket that goes with all it holds is reported",
    "aws:s3/bucket:Bucket",
    { forceDestroy: true },
    ["forceDestroy: is true, so it is deleted with all that it holds", unprotected],
  ],
  [
    "a repository likewise",
    "aws:ecr/repository:Repository",
    { forceDelete: true },
    ["forceDelete: is true, so it is deleted with all that it holds", unprotected],
  ],
  [
    "a user pool says it in a word of its own",
    "aws:cognito/userPool:UserPool",
    { deletionProtection: "INACTIVE" },
    ["deletionProtection: is not ACTIVE", unprotected],
  ],
  [
    "which types Pulumi has to protect is a setting",
    "aws:secretsmanager/secret:Secret",
    {},
    [],
    { settings: { protectedTypes: [] } },
  ],
  [
    "nothing is guarded in an environment that is thrown away",
    cluster,
    { skipFinalSnapshot: true },
    [],
    { settings: { throwaway: true } },
  ],
  ["what a preview does not know passes", balancer, { enableDeletionProtection: unknownText }, []],
]);

describe("resilience-deletion-guard", () => {
  it("is silent about what Pulumi protects", async () => {
    const subject = resource(cluster, { deletionProtection: true }, { protect: true });
    expect(await violations(resilienceDeletionGuard, subject)).to.deep.equal([]);
  });
});
