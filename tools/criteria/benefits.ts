import { type CriteriaSection, drill, policy, test } from "./criterion";
import { figures } from "./figures";

/** What the executive summary expects. */
export const benefits: readonly CriteriaSection[] = [
  {
    title: "Expected benefits",
    criteria: [
      {
        text: "Better protection of sensitive data and reduced attack surface",
        proofs: [...drill("secrets", "segmentation"), ...policy("encrypt-at-rest")],
        figure: figures.segmentation,
      },
      {
        text: "Higher uptime and faster recovery from failures",
        proofs: [...drill("failover", "chaos")],
        figure: figures.failover,
      },
      {
        text: "Optimized resource usage and reduced cloud spending",
        proofs: [...drill("day")],
        figure: figures.cost,
      },
      {
        text: "Improved monitoring and faster issue resolution",
        proofs: [...drill("alerts")],
        figure: figures.alerts,
      },
      {
        text: "Scalable architecture that can grow with the business",
        proofs: [...drill("spike", "segmentation"), ...test("tools/bench")],
        limit: "planned with 300 services; limits of AWS have to be raised before: docs/quotas.md",
      },
    ],
  },
];
