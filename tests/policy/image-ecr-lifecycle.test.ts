import { expect } from "chai";
import { imageEcrLifecycle } from "../../policy/rules/image-ecr-lifecycle";
import { analyzeAll, resource, unknownText } from "../support/check-policy";

const repositoryType = "aws:ecr/repository:Repository";
const policyType = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
const message = "no lifecycle policy names this repository";

describe("image-ecr-lifecycle", () => {
  const repository = resource(repositoryType, { name: "auterity/api" }, { name: "api" });
  const found = async (...others: ReturnType<typeof resource>[]) => {
    const violations = await analyzeAll([repository, ...others], {}, [imageEcrLifecycle]);
    return violations.map(({ urn, message: text }) => [urn, text]);
  };

  it("reports a repository without a policy", async () => {
    expect(await found()).to.deep.equal([[repository.urn, message]]);
  });
  it("finds the policy by what its repository depends on, in a preview too", async () => {
    const policy = resource(
      policyType,
      { repository: unknownText },
      { propertyDependencies: { repository: [repository.urn] } },
    );
    expect(await found(policy)).to.deep.equal([]);
  });
  it("finds the policy by the repository's name in the cloud", async () => {
    expect(await found(resource(policyType, { repository: "auterity/api" }))).to.deep.equal([]);
  });
  it("reports a repository next to another's policy", async () => {
    const other = resource(repositoryType, { name: "auterity/web" }, { name: "web" });
    const policy = resource(policyType, { repository: "auterity/web" });
    expect(await found(other, policy)).to.deep.equal([[repository.urn, message]]);
  });
  it("has nothing to say of a stack without repositories", async () => {
    const bucket = resource("aws:s3/bucket:Bucket", {});
    expect(await analyzeAll([bucket], {}, [imageEcrLifecycle])).to.deep.equal([]);
  });
  it("excuses what a waiver names, and reports a waiver that has ended", async () => {
    const exempt = (until: string) => ({
      "image-ecr-lifecycle": { exempt: [{ urnPattern: "*::api", reason: "a test", until }] },
    });
    const judged = async (until: string) =>
      (await analyzeAll([repository], exempt(until), [imageEcrLifecycle])).map(
        ({ message: text }) => text,
      );
    expect(await judged("9999-12-31")).to.deep.equal([]);
    expect(await judged("2020-02-29")).to.deep.equal([
      "the waiver for *::api ended on 2020-02-29: fix what it excused, or renew it with a reason",
      message,
    ]);
  });
});
