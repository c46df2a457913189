import type { Ran } from "../../../tools/recovery/engine";
import type { Lock } from "../../../tools/recovery/stack-locks";
import type { StackAccess } from "../../../tools/recovery/stack-state";

/** What Pulumi 3.260 answered, with a store in a folder; states and steps shortened to what is read. */
export const recorded = {
  whoami: ran(0, '{\n  "user": "root",\n  "url": "file:///srv/state"\n}\n'),
  atRest: ran(
    0,
    JSON.stringify({
      version: 3,
      deployment: {
        manifest: { time: "2026-12-01T04:20:59.886697818Z", version: "3.260.0" },
        secrets_providers: { type: "passphrase", state: { salt: "v1:SECRET-CANARY" } },
        resources: [
          { urn: "urn:pulumi:recovery::auterity::pulumi:pulumi:Stack::auterity-recovery" },
        ],
      },
    }),
  ),
  interrupted: ran(
    0,
    JSON.stringify({
      version: 3,
      deployment: {
        pending_operations: [
          {
            resource: {
              urn: "urn:pulumi:recovery::auterity::platform:data:MultiAzDatabase$aws:rds/cluster:Cluster::auterity-recovery",
              inputs: { masterPassword: "SECRET-CANARY" },
            },
            type: "creating",
          },
        ],
      },
    }),
  ),
  same: preview({ same: 3 }),
  grown: preview({ create: 2, same: 3, update: 1 }, [
    ["create", "urn:pulumi:recovery::auterity::aws:s3/bucket:Bucket::auterity-recovery-models"],
  ]),
  replaced: preview({ replace: 1, same: 2 }, [
    ["same", "urn:pulumi:recovery::auterity::pulumi:pulumi:Stack::auterity-recovery"],
    ["replace", "urn:pulumi:recovery::auterity::aws:rds/cluster:Cluster::auterity-recovery"],
  ]),
  programFails: ran(
    1,
    JSON.stringify({
      steps: [],
      diagnostics: [{ message: "error: Running program failed: SECRET-CANARY", severity: "error" }],
      duration: 49217215842,
      changeSummary: { same: 3 },
    }),
  ),
  notSignedIn: ran(
    ...([
      3,
      "",
      "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions\n",
    ] as const),
  ),
  noStack: ran(6, "", "error: no stack named 'recovery' found\n"),
  noStore: ran(
    ...([1, "", 'error: unable to open state directory "file:///srv": SECRET-CANARY\n'] as const),
  ),
  wrongPassphrase: ran(
    ...([
      1,
      "",
      "error: getting stack configuration: get stack secrets manager: incorrect passphrase\n",
    ] as const),
  ),
  // The words of Pulumi's own service, as @pulumi/pulumi/automation knows them.
  conflict: ran(1, "", "error: [409] Conflict: Another update is currently in progress.\n"),
} as const;

function ran(code: Ran["code"], stdout = "", stderr = ""): Ran {
  return { code, stdout, stderr };
}

function preview(
  changeSummary: Readonly<Record<string, number>>,
  steps: readonly (readonly [string, string])[] = [],
): Ran {
  return ran(
    0,
    JSON.stringify({
      steps: steps.map(([op, urn]) => ({ op, urn, newState: { id: "SECRET-CANARY" } })),
      duration: 3304929509,
      changeSummary,
    }),
  );
}

/** A stack at rest, unless a test says otherwise. */
export class PulumiStub {
  readonly calls: string[] = [];
  whoami: Ran = recorded.whoami;
  state: Ran = recorded.atRest;
  preview: Ran = recorded.same;
  lock: Lock = "none";

  access(skip?: string): StackAccess {
    return {
      engine: (args) => {
        this.calls.push(args.join(" "));
        const [command = ""] = args;
        const answer = { whoami: this.whoami, stack: this.state, preview: this.preview }[command];
        if (answer === undefined) throw new Error(`no answer for ${args.join(" ")}`);
        return Promise.resolve(answer);
      },
      readLock: () => Promise.resolve(this.lock),
      ...(skip !== undefined && { skip }),
    };
  }
}
