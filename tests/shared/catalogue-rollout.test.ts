import { expect } from "chai";
import { checkCatalogue } from "../../components/shared/catalogue";
import { peakPods } from "../../components/shared/replicas";
import type { RolloutStrategy, ServiceRecord } from "../../components/shared/service-record";
import { workloadReference } from "../../components/shared/workload-reference";
import { api, mailer, stock, without } from "../components/platform-service-fixture";
import { itRefuses, withApi, withMailer, withStock, type Case } from "./catalogue-fixture";

const blueGreen = { rollout: "blue-green" } as const;

const rolloutCases: Case[] = [
  [
    "a strategy that is none",
    () => withApi({ rollout: "canary" as RolloutStrategy }),
    ['shop-api.rollout: got "canary", need one of rolling, blue-green'],
  ],
  [
    "a blue-green release behind the load balancer",
    () => withApi(blueGreen),
    [
      "shop-api.rollout: got blue-green with an exposure, need rolling; a load balancer's target group would be empty while traffic moves",
    ],
  ],
  [
    "a blue-green release without an objective",
    () => withStock(blueGreen),
    ["shop-stock.rollout: got blue-green without slo, need an objective to judge a release by"],
  ],
  [
    "a blue-green release of workers that rest at none",
    () => withMailer(blueGreen),
    [
      "shop-mailer.rollout: got blue-green without a port, need a port whose traffic can move",
      "shop-mailer.rollout: got blue-green without slo, need an objective to judge a release by",
      "shop-mailer.rollout: got blue-green with scaling.min 0, need 1 or more, or nothing runs that could be judged",
    ],
  ],
];

/** The shop's API as one that only others of the platform call. */
const inside: ServiceRecord = { ...without(api, "exposure"), criticalPaths: [], ...blueGreen };

describe("A catalogue's releases", () => {
  itRefuses(rolloutCases);

  it("may be blue-green for a service that only others call, and that promises something", () => {
    expect(checkCatalogue([inside, stock, mailer])).to.deep.equal([]);
  });

  it("keep room for a second set of pods, and for a third that is still ending", () => {
    const scaling = { ...stock.scaling, min: 1, max: 8 };
    expect(peakPods({ scaling })).to.equal(8 + 2 + 8);
    expect(peakPods({ scaling, rollout: "rolling" })).to.equal(18);
    expect(peakPods({ scaling, ...blueGreen })).to.equal(24);
  });

  it("tell others what to scale", () => {
    expect(workloadReference(api)).to.deep.equal({
      apiVersion: "apps/v1",
      kind: "Deployment",
      name: "shop-api",
    });
    expect(workloadReference(inside)).to.deep.equal({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      name: "shop-api",
    });
  });
});
