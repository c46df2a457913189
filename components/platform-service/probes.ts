import type { types } from "@pulumi/kubernetes";
import type { Probe, Probes } from "../shared/service-record";

type ProbeInput = types.input.core.v1.Probe;

/** The three checks of a container, where the record has them. */
interface ContainerProbes {
  readonly readinessProbe?: ProbeInput;
  readonly livenessProbe?: ProbeInput;
  readonly startupProbe?: ProbeInput;
}

/** How often and how long a check may fail before it counts. */
interface Pace {
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** Out of the load balancing after 15 seconds: sooner than a restart, so that overload sheds load first. */
const readinessPace: Pace = { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 };

/** A restart after a minute without any answer. */
const livenessPace: Pace = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 };

/** How often a starting container is asked whether it has started. */
const startupPeriodSeconds = 5;

/** A process for every check: half a minute apart at least, and never one upon the other. */
const execPeriodSeconds = 30;

export function containerProbes(probes: Probes, portName: string): ContainerProbes {
  const { readiness, liveness, startupSeconds } = probes;
  return {
    ...(readiness && { readinessProbe: probe(readiness, readinessPace, portName) }),
    ...(liveness && {
      livenessProbe: probe(liveness, livenessPace, portName),
      // Until it succeeds the other two do not run: a slow start is no failure.
      startupProbe: startup(liveness, startupSeconds, portName),
    }),
  };
}

function probe(check: Probe, pace: Pace, portName: string): ProbeInput {
  switch (check.kind) {
    case "http":
      return { httpGet: { path: check.path, port: portName }, ...pace };
    case "tcp":
      return { tcpSocket: { port: portName }, ...pace };
    case "exec":
      return {
        exec: { command: [...check.command] },
        periodSeconds: Math.max(execPeriodSeconds, 2 * check.timeoutSeconds),
        timeoutSeconds: check.timeoutSeconds,
        failureThreshold: 3,
      };
  }
}

function startup(check: Probe, startupSeconds: number, portName: string): ProbeInput {
  const periodSeconds =
    check.kind === "exec"
      ? Math.max(startupPeriodSeconds, check.timeoutSeconds)
      : startupPeriodSeconds;
  return {
    ...probe(check, livenessPace, portName),
    periodSeconds,
    failureThreshold: Math.ceil(startupSeconds / periodSeconds),
  };
}
