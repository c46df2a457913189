import { expect } from "chai";
import type { PlatformServiceArgs } from "../../components/platform-service";
import type { ServiceRecord } from "../../components/shared/service-record";
import { api, stock } from "./platform-service-fixture";
import { manifests, type Json } from "./platform-service-manifests";

describe("The Service of a PlatformService", () => {
  const distribution = async (record: ServiceRecord, change: Partial<PlatformServiceArgs> = {}) => {
    const { Service } = await manifests(record, change);
    return (Service?.["spec"] as Json)["trafficDistribution"];
  };

  it("keeps callers in their zone where every zone has a pod", async () => {
    expect(await distribution(api)).to.equal("PreferSameZone");
    expect(await distribution(api, { minimumReplicas: 4 })).to.equal("PreferSameZone");
    expect(await distribution(api, { zones: 2 })).to.equal("PreferSameZone");
  });

  it("lets them go anywhere where a zone may have none, or there is one zone", async () => {
    expect(await distribution(api, { minimumReplicas: 2 })).to.equal(undefined);
    expect(await distribution(api, { zones: 4 })).to.equal(undefined);
    expect(await distribution(api, { zones: 1 })).to.equal(undefined);
    expect(await distribution(stock)).to.equal(undefined);
    const batch: ServiceRecord = { ...stock, tier: "batch" };
    expect(await distribution(batch, { minimumReplicas: 2, zones: 2 })).to.equal(undefined);
  });
});
