import { expect } from "chai";
import { ReplicatedBucket, type ReplicatedBucketArgs } from "../../../components/replicated-bucket";
import { ArgsError } from "../../../components/shared/args-error";
import { startOfflineEngine } from "../../support/engine";
import { args } from "./fixture";

async function problemsOf(given: ReplicatedBucketArgs): Promise<readonly string[]> {
  const engine = await startOfflineEngine({ mode: "known" });
  try {
    new ReplicatedBucket("models", given);
  } catch (error) {
    await engine.settle();
    expect(engine.registrations).to.deep.equal([]);
    if (error instanceof ArgsError) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("arguments of ReplicatedBucket", () => {
  it("are refused with every problem at once, and nothing is registered", async () => {
    expect(
      await problemsOf({
        region: "oregon",
        accountId: "12",
        purpose: "Models",
        accessLogRetentionDays: 0,
        protect: false,
        objectLock: { mode: "compliance", days: 0 },
        folders: {
          models: "vital",
          "a/": { infrequentAccessDays: 7, replacedDays: 0 },
          "b/": { infrequentAccessDays: 30, archiveDays: 45, expireDays: 40, replacedDays: 30 },
          "b/c/": "vital",
        },
      }),
    ).to.deep.equal([
      'region: got "oregon", need a region such as us-west-2',
      'accountId: got "12", need 12 digits or "unassigned"',
      'folders: got "models", need a path that ends with /, such as models/',
      "folders.a/.infrequentAccessDays: got 7, need 30 days or more; S3 moves nothing there before",
      "folders.a/.replacedDays: got 0, need 1 days or more; a version is there to be taken back",
      "folders.b/.archiveDays: got 45, need 60 days or more; Standard-IA keeps it for 30 days",
      "folders.b/.expireDays: got 40, need 46 days or more; it is moved before",
      'folders: got "b/c/" inside "b/", need folders apart; both lifecycles would hold in it',
      "accessLogRetentionDays: got 0, need 1 or more",
      "objectLock.days: got 0, need 1 to 36500",
      "objectLock.mode: got compliance without protect, need protect true; nobody could delete the bucket anyway",
    ]);
  });

  it("need a folder", async () => {
    expect(await problemsOf({ ...args, folders: {} })).to.deep.equal([
      'folders: got none, need at least one; "" stands for the whole bucket',
    ]);
  });
});
