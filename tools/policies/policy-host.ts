import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { join } from "node:path";
import type { Mode } from "../offline/engine";
import type { Registration } from "../offline/registration";
import type { Run } from "../plan/program";
import type { StackFile } from "../plan/stack-files";
import { connectPolicyServer, type PolicyClient } from "./client";
import { readPolicyLevels, resolvePolicyConfiguration } from "./configuration";
import { concludeVerdict, configureServer, RunJudge } from "./judge";
import type { PolicyServer } from "./server-process";
import type { Verdict } from "./verdict";

interface Connection {
  readonly client: PolicyClient;
  readonly info: AnalyzerInfo;
}

/** An environment under judgement. */
export interface Judging {
  /** To be told of each registration, by mode: it is on its way to the server at once. */
  readonly onRegistration: Readonly<Record<Mode, (entry: Registration) => void>>;
  /** Awaits everything, once both modes have run. */
  conclude(runs: Runs, redact: (text: string) => string): Promise<Verdict>;
}

interface Runs {
  readonly known: Run;
  readonly unknown: Run;
}

/** Judges environments with one server, one after the other, since a server holds one configuration. */
export class PolicyHost {
  private last: Promise<unknown> = Promise.resolve();
  private connection: Promise<Connection> | undefined;

  constructor(
    private readonly server: PolicyServer,
    private readonly packDirectory: string,
  ) {}

  /** Awaits what was judged before, and a server that is ready. */
  async begin(stack: StackFile): Promise<Judging> {
    await this.last;
    const { client, info } = await this.connect();
    const file = join(this.packDirectory, "levels", `${stack.environment}.json`);
    const configuration = resolvePolicyConfiguration(file, readPolicyLevels(file), info);
    await configureServer(client, stack, configuration);
    const known = new RunJudge(client, { stack, configuration });
    const unknown = new RunJudge(client, { stack, configuration }, known);
    return {
      onRegistration: { known: known.add, unknown: unknown.add },
      conclude: (runs, redact) => {
        const findings = Promise.all([known.conclude(runs.known), unknown.conclude(runs.unknown)]);
        const verdict = findings.then(([update, preview]) => {
          const judged = [
            { mode: "known" as const, findings: update },
            { mode: "unknown" as const, findings: preview },
          ];
          return concludeVerdict(info, configuration, { judged, redact });
        });
        this.last = verdict.catch(() => undefined);
        return verdict;
      },
    };
  }

  private connect(): Promise<Connection> {
    this.connection ??= this.server.port.then(async (port) => {
      const client = connectPolicyServer(port);
      return { client, info: await client.info() };
    });
    return this.connection;
  }

  /** Closes the connection; the server is stopped by whoever started it. */
  async close(): Promise<void> {
    await this.connection?.then(
      ({ client }) => {
        client.close();
      },
      () => undefined,
    );
  }
}
