import { morningMinutes } from "../../shared/working-week";
import type { RuleGroup } from "../rule";
import type { AlertContext } from "./context";

/** Success of a probe of a public address, 0 or 1, while its service is meant to answer. */
export const awakeProbeRecord = "probe:awake_success:ratio";

/** As often as the addresses are asked. */
const interval = "30s";

/**
 * Probes without those of services that rest, or did within the time in which they get up. By the pods that the autoscaler
 * asks for and not by the clock: who is woken at night has promised to answer, and pods that are lost are still wanted.
 */
export function awakeProbes({ rests }: Pick<AlertContext, "rests">): RuleGroup[] {
  if (!rests) return [];
  const atRest = (replicas: string, label: string): string =>
    `label_replace(min by (${label}) (min_over_time(${replicas}[${morningMinutes}m])) == 0, "service", "$1", "${label}", "(.*)")`;
  const resting = [
    atRest("kube_deployment_spec_replicas", "deployment"),
    // A Rollout is no Deployment: its controller counts its pods.
    atRest("rollout_info_replicas_desired", "name"),
  ].join(" or ");
  return [
    {
      name: "awake-probes",
      interval,
      rules: [
        {
          record: awakeProbeRecord,
          expression: `max by (instance, service) (probe_success{job="public-endpoints"}) unless on (service) (${resting})`,
        },
      ],
    },
  ];
}
