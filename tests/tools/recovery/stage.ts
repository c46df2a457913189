import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCloud, openNames } from "../../../tools/recovery/cloud";
import { openJournal } from "../../../tools/recovery/journal";
import { RecoveryError } from "../../../tools/recovery/recovery-error";
import type { ChangeRequest } from "../../../tools/recovery/run";
import { PulumiStub } from "./pulumi-stub";
import { now, sides, World } from "./world";

const changing =
  /Failover|Switchover|UpdateHealthCheck|StopReplication|RotateSecret|PutResourcePolicy/;

interface Written {
  readonly steps: Readonly<Record<string, { readonly endedAt?: string }>>;
  readonly forcedBecause?: string;
  readonly skippedPreviewBecause?: string;
}

/** Two regions, a folder for the journal, and what was said and run. */
export class Stage {
  readonly world = new World();
  readonly pulumi = new PulumiStub();
  readonly directory = mkdtempSync(join(tmpdir(), "recovery-"));
  readonly said: string[] = [];
  readonly commands: string[] = [];
  readonly say = (line: string): void => {
    this.said.push(line);
  };

  close(): void {
    this.world.restore();
    rmSync(this.directory, { recursive: true });
  }

  request(direction: "failover" | "failback", changes: Partial<ChangeRequest> = {}): ChangeRequest {
    const clouds = {
      home: openCloud({ region: "us-west-2" }),
      standby: openCloud({ region: "us-east-2" }),
    };
    const planned = changes.planned ?? direction === "failback";
    const own = changes.sides ?? sides;
    const { say, directory } = this;
    return {
      ...{ sides: own, clouds, now, say, planned, execute: true, force: undefined, did: [] },
      stacks: this.pulumi.access(),
      to: direction === "failover" ? "standby" : "home",
      journal: openJournal({ directory, direction, standby: "recovery", now }),
      context: {
        ...{ sides: own, clouds, names: openNames(), planned, say },
        run: (command) => {
          this.commands.push(command.join(" "));
          return Promise.resolve(true);
        },
        statusOf: () => Promise.resolve(200),
        wait: () => Promise.resolve(),
      },
      clock: () => now,
      ...changes,
    };
  }

  homeIsGone(): void {
    this.world.fault = (_, region) =>
      region === "us-west-2" ? { name: "TimeoutError" } : undefined;
  }

  /** Calls that changed something. */
  changes(): string[] {
    return this.world.calls.filter((call) => changing.test(call));
  }

  journal(): Written {
    const text = readFileSync(join(this.directory, "recovery-failover.json"), "utf8");
    return JSON.parse(text) as Written;
  }
}

export async function refusal(promise: Promise<unknown>): Promise<readonly string[]> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(RecoveryError);
    return (error as RecoveryError).problems;
  }
  throw new Error("was not refused");
}
