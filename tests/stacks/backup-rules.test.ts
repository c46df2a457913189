import { expect } from "chai";
import { environmentProblems, notices } from "../../stacks/environment-rules";
import { parseEnvironment } from "../../stacks/environment";
import { rawOf } from "../support/stack-file";

const backup = {
  lock: { mode: "none", minRetentionDays: 7, coolingOffDays: 3 },
  copyToRecoveryRegion: false,
  restoreTest: { enabled: false },
} as const;

describe("the rules of backups", () => {
  it("let production do without neither lock, copy nor proof", () => {
    expect(environmentProblems({ stage: "production", backup }, [])).to.deep.equal([
      'auterity:backup.lock.mode: got "none", need governance in production; whoever gets in could delete every backup',
      "auterity:backup.copyToRecoveryRegion: got false, need true in production; the region's loss would take the backups too",
      "auterity:backup.restoreTest.enabled: got false, need true in production; nobody would know whether a backup can be restored",
    ]);
  });

  it("let development do without them", () => {
    expect(environmentProblems({ stage: "development", backup }, [])).to.deep.equal([]);
  });

  it("warn of what nobody can undo, in the plan, before anything is made", () => {
    const raw = rawOf("prod");
    const settings = structuredClone(raw.settings) as { backup: { lock: { mode: string } } };
    settings.backup.lock.mode = "compliance";
    const environment = parseEnvironment("a test", {
      ...raw,
      settings,
    });
    expect(notices(environment, new Date("2026-07-01")).at(-1)).to.equal(
      "auterity:backup.lock.mode is compliance: 3 days after the deployment NOBODY can undo it, not the account's root " +
        "user and not AWS; no backup can be deleted before its time, nor a vault that holds one",
    );
  });
});
