/** While the source fires, targets that agree with it in the labels named are not sent. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly string[];
}

const sameService = ["cluster", "namespace", "service"];

/** One incident, one page: what follows from something that is already told stays silent. */
export const inhibitRules: readonly InhibitRule[] = [
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity="warning"'],
    equal: ["alertname", ...sameService, "slo"],
  },
  // A lost zone takes its nodes and pods with it…
  {
    source_matchers: ['alertname="ZoneLost"'],
    target_matchers: [
      'alertname=~"NodeNotReady|NodeCordonedLong|PodNotReady|ContainerRestarting|ContainerCannotStart"',
    ],
    equal: ["cluster", "zone"],
  },
  // … and what counts over all zones looks worse for as long.
  {
    source_matchers: ['alertname="ZoneLost"'],
    target_matchers: [
      'alertname=~"NodesUnavailable|ZoneImbalance|ServiceBelowFloor|PodsUnschedulable|LoadBalancerUnhealthyTargets"',
    ],
    equal: ["cluster"],
  },
  {
    source_matchers: ['alertname="NodesUnavailable"'],
    target_matchers: ['alertname=~"NodeNotReady|PodNotReady|ServiceBelowFloor|PodsUnschedulable"'],
    equal: ["cluster"],
  },
  {
    source_matchers: ['alertname="ServiceDown"'],
    target_matchers: [
      'alertname=~"SloBurnFast|SloBurnSlow|SloNoData|ServiceBelowFloor|ServiceNotScraped|ApiLatencyHigh"',
    ],
    equal: sameService,
  },
  {
    source_matchers: ['alertname="ServiceNotScraped"'],
    target_matchers: ['alertname="SloNoData"'],
    equal: sameService,
  },
  {
    source_matchers: ['alertname="SloBurnFast"'],
    target_matchers: ['alertname=~"SloBurnSlow|SloBudgetExhausted"'],
    equal: [...sameService, "slo"],
  },
  // Never the other way round as well: two that silence each other are both lost.
  {
    source_matchers: ['alertname="ApiLatencyHigh"'],
    target_matchers: ['alertname=~"SloBurnFast|SloBurnSlow"', 'slo="latency"'],
    equal: sameService,
  },
  {
    source_matchers: ['alertname="ProbeFailed"'],
    target_matchers: ['alertname=~"SloBurnFast|SloBurnSlow"', 'service="public-endpoints"'],
    equal: ["cluster"],
  },
  {
    source_matchers: ['alertname="CriticalPodsUnschedulable"'],
    target_matchers: ['alertname="PodsUnschedulable"'],
    equal: ["cluster", "namespace"],
  },
  {
    source_matchers: ['alertname="LoadBalancerWithoutTargets"'],
    target_matchers: ['alertname="LoadBalancerUnhealthyTargets"'],
    equal: ["cluster", "dimension_TargetGroup"],
  },
];
