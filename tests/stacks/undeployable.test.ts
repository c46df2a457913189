import { expect } from "chai";
import { notices, parseEnvironment, undeployable } from "../../stacks/environment";
import { chartImages, lockedDigests } from "../../stacks/locked-images";
import { changed, rawOf } from "../support/stack-file";

describe("undeployable", () => {
  it("names every value that is still to be given", () => {
    expect(undeployable(parseEnvironment("", rawOf("prod")))).to.deep.equal([
      "aws:allowedAccountIds is unassigned: name the environment's account",
      "auterity:ingress.domain is unassigned: name the domain of the public services",
      "auterity:alerting.runbookUrl is unassigned: name where docs/runbooks is read by whoever is paged",
      "auterity:costs.monthlyBudgetUsd is unassigned: say what it may cost a month",
      ...Object.keys(parseEnvironment("", rawOf("prod")).services.versions).map(
        (service) => `auterity:services.versions.${service} is unreleased: give its tag and digest`,
      ),
      ...chartImages
        .filter((image) => lockedDigests[image] === undefined)
        .map((image) => `images.lock.json has no digest of ${image}: npm run images -- lock`),
    ]);
  });

  it("is empty once everything is given", () => {
    const version = { tag: "v1.2.3", digest: `sha256:${"0f".repeat(32)}` };
    const raw = changed("prod", {
      "aws.allowedAccountIds": ["123456789012"],
      "settings.ingress.domain": "platform.example",
      "settings.alerting.runbookUrl": "https://runbooks.example/docs/runbooks",
      "settings.costs.monthlyBudgetUsd": 5000,
      lockedDigests: Object.fromEntries(chartImages.map((image) => [image, version.digest])),
      "settings.services.versions": Object.fromEntries(
        Object.keys(parseEnvironment("", rawOf("prod")).services.versions).map((service) => [
          service,
          version,
        ]),
      ),
    });
    expect(undeployable(parseEnvironment("", raw))).to.deep.equal([]);
  });
});

describe("notices", () => {
  const noticesAt = (date: string, supportType = "STANDARD") =>
    notices(
      parseEnvironment("", changed("prod", { "settings.cluster.supportType": supportType })),
      new Date(date),
    );

  it("tell when standard support ends", () => {
    expect(noticesAt("2026-11-26")).to.deep.equal([
      "Kubernetes 1.35: standard support ends on 2027-03-27",
    ]);
  });

  it("ask for an upgrade from 120 days before, and say what happens without one", () => {
    const upgrade = "Kubernetes 1.35: standard support ends on 2027-03-27, upgrade before";
    expect(noticesAt("2026-11-27")).to.deep.equal([
      `${upgrade}: EKS upgrades the cluster by itself then`,
    ]);
    expect(noticesAt("2026-11-27", "EXTENDED")).to.deep.equal([
      `${upgrade}: extended support is billed from then on`,
    ]);
  });
});
