import { expect } from "chai";
import { services } from "../../../stacks/services";
import type { EstimateSettings } from "../../../stacks/usage";
import { type Estimate, estimateCosts } from "../../../tools/costs/estimate";
import type { Registration } from "../../../tools/offline/registration";
import { nodeGroup, resource, template } from "./resources";
import { noUsage } from "./usage";

const today = new Date("2026-12-01T00:00:00Z");

function estimate(
  registrations: readonly Registration[],
  given: Partial<EstimateSettings> = {},
): Estimate {
  const usage = { ...noUsage, jobNodeHours: 10 };
  const settings = { usage, ownPricesUsd: {}, ...given };
  return estimateCosts({ environment: "dev", registrations, services, settings, today });
}

describe("the estimate of nodes that start at none, where services have floors", () => {
  const floors = (names: readonly string[]) =>
    names.map((name) =>
      resource("kubernetes:apps/v1:Deployment", { metadata: { name }, spec: { replicas: 1 } }),
    );
  const fromNone = { scalingConfig: { minSize: 0, maxSize: 2 }, instanceTypes: ["m6i.large"] };
  // 500m, 500m and 1 core: the second node of two cores is needed for the third.
  const registrations = [
    ...[nodeGroup("general", fromNone), nodeGroup("general", fromNone)],
    ...[nodeGroup("ai-processing", fromNone), template("general", 80)],
    ...floors(["automatrix-api", "relaycore", "neuroweaver-api"]),
  ];

  it("counts as many as the floors need, all the time, and jobs apart", () => {
    const found = estimate(registrations);
    expect(found.nodesByDay).to.deep.equal({ hoursPerWeek: 168, nodes: { general: 2 } });
    const disks = found.lines.filter(({ price }) => price === "ebs/gp3");
    expect(disks.reduce((sum, { quantity }) => sum + quantity, 0)).to.equal(160);
    const hours = found.lines.filter(({ price }) => price === "ec2/m6i.large");
    expect(hours.reduce((sum, { quantity }) => sum + quantity, 0)).to.be.closeTo(1470, 1e-6);
    expect(found.assumedUsd).to.equal(found.monthlyUsd);
  });

  it("counts them while people work, where services rest at night", () => {
    const always = estimate(registrations).monthlyUsd;
    const found = estimate(registrations, { workingHoursPerWeek: 42 });
    expect(found.nodesByDay).to.deep.equal({ hoursPerWeek: 42, nodes: { general: 2 } });
    const hours = found.lines.filter(({ price }) => price === "ec2/m6i.large");
    expect(hours.reduce((sum, { quantity }) => sum + quantity, 0)).to.be.closeTo(375, 1e-6);
    expect(found.monthlyUsd).to.be.lessThan(always);
  });

  it("shares them by the same floors", () => {
    const found = estimate(registrations, { usage: noUsage });
    expect(found.teams.map(({ name }) => name)).to.have.members([
      ...["platform", "automatrix", "relaycore", "neuroweaver"],
    ]);
  });

  it("has no more than there may be, and none without a floor", () => {
    const one = { ...fromNone, scalingConfig: { minSize: 0, maxSize: 1 } };
    const few = [nodeGroup("general", one), ...registrations.slice(4)];
    expect(estimate(few).nodesByDay?.nodes).to.deep.equal({ general: 1 });
    expect(estimate(few.slice(0, 1))).not.to.have.property("nodesByDay");
  });
});
