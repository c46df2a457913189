import type { SecretOrigin } from "../../shared/service-record";
import type { Rows } from "../layout";
import { note, stat } from "../panels";
import { billed, monthPanels, planPanel } from "./cost";
import { orZero, type Subject } from "./subject";

/** What the plan asks for, of what is paid for. */
const utilisation = 0.8;

/** What it costs, against what it was to cost and what it is used for. */
export function money(subject: Subject): Rows {
  const { records } = subject;
  const services = records.filter(({ slo }) => slo !== undefined).map(({ name }) => name);
  const weekly = `sum(avg_over_time(slo:sli_total:rate5m{slo="availability",slo_service=~"${services.join("|")}"}[7d])) * 604800`;
  const share = (resource: string): string =>
    `sum(kube_pod_container_resource_requests{resource="${resource}"}) / sum(kube_node_status_allocatable{resource="${resource}"})`;
  return {
    title: "Is it worth its price?",
    panels: [
      ...monthPanels(subject),
      planPanel(subject, 5),
      stat({
        title: "For a million requests",
        about: "The last whole week, by the requests of seven days. It should not grow with use.",
        unit: "currencyUSD",
        decimals: 2,
        width: 4,
        nothing: "not yet",
        queries: [{ expr: `${billed(subject, "WeekCost")} / (${weekly} / 1e6 > 0)` }],
      }),
      stat({
        title: "Of what is paid for, in use",
        about: "Processors and memory of the machines that services have asked for. Goal: 80 %.",
        unit: "percentunit",
        decimals: 0,
        width: 5,
        limits: { colors: ["orange", "green"], at: [utilisation] },
        queries: [
          { expr: share("cpu"), legend: "processors" },
          { expr: share("memory"), legend: "memory" },
        ],
      }),
    ],
  };
}

/** Who renews a secret of this origin. */
const byPeople: readonly SecretOrigin[] = ["issued-outside"];

/** What can be told of it from the catalogue alone; how often people have to lend a hand, nothing measures. */
export function automation({ records }: Subject): Rows {
  const secrets = records.flatMap(({ secrets: own }) => own);
  const renewed = secrets.filter(({ origin }) => !byPeople.includes(origin)).length;
  const scaled = records.filter(({ scaling }) => scaling.max > scaling.min).length;
  return {
    title: "How much runs by itself?",
    panels: [
      stat({
        title: "Releases taken back by themselves",
        about: "New versions that failed their check and now stand back; users have the old ones.",
        decimals: 0,
        width: 6,
        height: 6,
        queries: [{ expr: orZero('count(max by (name) (rollout_info{phase="Degraded"}) == 1)') }],
      }),
      note({
        title: "By the catalogue of services",
        text: `- **${renewed} of ${secrets.length}** passwords and keys are renewed by the platform; the others are issued by companies outside, and people are reminded in time\n- **${scaled} of ${records.length}** services grow and shrink with their load\n- **all** alerts, objectives, dashboards and network rules are made from the catalogue`,
        width: 9,
        height: 6,
      }),
      note({
        title: "Share of routine work that is automated",
        text: "The plan asks for 90 %. No number of it would be true: nothing counts what people still do by hand. Each such task has a page in docs/runbooks, which is the list to shorten.",
        width: 9,
        height: 6,
      }),
    ],
  };
}
