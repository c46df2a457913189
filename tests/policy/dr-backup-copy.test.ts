import { expect } from "chai";
import { drBackupCopy } from "../../policy/rules/dr-backup-copy";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(drBackupCopy);
const vault = (kmsKeyArn?: string) =>
  existing("aws:backup/vault:Vault", "vault", {
    name: "vault",
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
  });
const lock = existing("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "lock", {
  backupVaultName: "vault",
});
const plan = (region?: string) =>
  existing("aws:backup/plan:Plan", "plan", {
    region: "us-west-2",
    rules: [
      {
        copyActions:
          region === undefined
            ? []
            : [{ destinationVaultArn: `arn:aws:backup:${region}:1:backup-vault:copies` }],
      },
    ],
  });
const unlocked = ["vault", "no lock keeps its backups from being deleted"];

describe("dr-backup-copy", () => {
  it("is silent about a locked vault with its key, and a copy elsewhere", async () => {
    expect(await find([vault("key"), lock, plan("us-east-2")])).to.deep.equal([]);
  });
  it("reports a vault without a key, and without a lock", async () => {
    expect(await find([vault(), lock])).to.deep.equal([
      ["vault", "kmsKeyArn: is missing, need a key of the account"],
    ]);
    expect(await find([vault("key")])).to.deep.equal([unlocked]);
  });
  it("reports plans that copy nowhere, or within their region", async () => {
    const nowhere = [["plan", "no rule of any plan copies to another region"]];
    expect(await find([plan()])).to.deep.equal(nowhere);
    expect(await find([plan("us-west-2")])).to.deep.equal(nowhere);
  });
  it("asks for nothing but a key where everything is thrown away, and excuses what a waiver names", async () => {
    expect(await find([vault("key")], { throwaway: true })).to.deep.equal([]);
    expect(await find([vault("key")], excusing("vault"))).to.deep.equal([]);
  });
});
