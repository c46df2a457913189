import { alertsDrill } from "./alerts";
import { brokerDrill } from "./broker";
import { chaosDrill } from "./chaos";
import { databaseDrill } from "./database";
import { dayDrill } from "./day";
import { failoverDrill } from "./failover";
import { imagesDrill } from "./images";
import { loadDrill } from "./load";
import { manifestsDrill } from "./manifests";
import { nightsDrill } from "./nights";
import { packageDrill } from "./package";
import { reportDrill } from "./report";
import { recoveryDrill } from "./recovery";
import { restoreDrill } from "./restore";
import { rulesDrill } from "./rules";
import { secretsDrill } from "./secrets";
import { segmentationDrill } from "./segmentation";
import { spikeDrill } from "./spike";
import { telemetryDrill } from "./telemetry";
import { workflowsDrill } from "./workflows";

/** A success criterion tried on real parts on this machine. */
export interface Drill {
  readonly name: string;
  readonly summary: string;
  /**
   * Runs it; each step that held is told, the first that does not hold throws.
   * A MissingProgramError skips it, in CI it fails.
   */
  run(context: DrillContext): Promise<void>;
}

export interface DrillContext {
  readonly projectDirectory: string;
  /** Says what was seen to hold. */
  readonly held: (statement: string) => void;
  /** Prints what is worth to know and holds nothing: a build, a table. */
  readonly say: (line: string) => void;
}

/** @public Loaded by the command when it runs: a browser driver is too much for `--help`. */
export const drills: readonly Drill[] = [
  packageDrill,
  reportDrill,
  segmentationDrill,
  workflowsDrill,
  imagesDrill,
  loadDrill,
  manifestsDrill,
  failoverDrill,
  chaosDrill,
  spikeDrill,
  dayDrill,
  nightsDrill,
  secretsDrill,
  brokerDrill,
  databaseDrill,
  restoreDrill,
  recoveryDrill,
  rulesDrill,
  alertsDrill,
  telemetryDrill,
];
