import { expect } from "chai";
import { readFileSync } from "node:fs";
import { quotaNeeds, quotaNotices } from "../../../tools/quotas/quotas";
import { nodeGroup, resource } from "../costs/resources";

const vpc = (strategy: string, zones: number) =>
  resource(
    "awsx:ec2:Vpc",
    {
      availabilityZoneNames: Array.from({ length: zones }, (_, zone) => `zone-${zone}`),
      natGateways: { strategy },
    },
    { custom: false, remote: true },
  );

describe("limits of a new account", () => {
  it("count the processors of all nodes that may be there, by market and by the largest type", () => {
    const groups = [
      nodeGroup("general", {}),
      nodeGroup("spot", {
        ...{ instanceTypes: ["m6i.large", "m6i.2xlarge"], capacityType: "SPOT" },
        scalingConfig: { minSize: 1, maxSize: 2 },
      }),
    ];
    const [onDemand, spot] = quotaNeeds(groups);
    expect([onDemand?.most, spot?.most]).to.deep.equal([12, 16]);
    expect(quotaNotices(groups)).to.deep.equal([
      "quota ec2/L-1216C47A (On-Demand instances, Standard): this may need 12 vCPU, a new account has 5: docs/quotas.md",
      "quota ec2/L-34B43A08 (Spot instances, Standard): this may need 16 vCPU, a new account has 5: docs/quotas.md",
    ]);
  });

  it("count an address a gateway, and say nothing at the limit", () => {
    expect(quotaNotices([vpc("OnePerAz", 5)])).to.deep.equal([]);
    expect(quotaNotices([vpc("OnePerAz", 6)])).to.deep.equal([
      "quota ec2/L-0263D0A3 (Elastic IPs): this may need 6 addresses, a new account has 5: docs/quotas.md",
    ]);
    expect(quotaNotices([vpc("Single", 6), vpc("None", 6)])).to.deep.equal([]);
  });

  it("stand in docs/quotas.md, each with its code", () => {
    const page = readFileSync("docs/quotas.md", "utf8");
    const missing = quotaNeeds([]).filter(({ code }) => !page.includes(code));
    expect(missing.map(({ code }) => code)).to.deep.equal([]);
  });
});
