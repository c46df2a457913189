import { expect } from "chai";
import { catalogueFlows } from "../../../components/flow-log-analysis";
import { services } from "../../../stacks/services";

describe("catalogueFlows", () => {
  const storePorts = { postgresql: 5432, redis: 6379 } as const;

  it("derives from the catalogue what tiers may say to each other", () => {
    const [first] = services;
    const record = {
      ...first!,
      port: 8080,
      exposure: { subdomain: "a", healthCheckPath: "/" },
      talksTo: { services: [], stores: ["redis", "kafka"], hosts: ["smtp.example.com:587"] },
    } as const;
    const inner = { ...record, port: 9000, exposure: undefined } as unknown as typeof record;
    expect(
      catalogueFlows({ records: [record, inner], storePorts, controlPlaneCalls: [9443] }),
    ).to.deep.equal([
      { from: "internet", to: "public", protocol: "tcp", ports: [80, 443] },
      { from: "public", to: "private", protocol: "tcp", ports: [8080] },
      { from: "private", to: "data", protocol: "tcp", ports: [6379] },
      { from: "private", to: "internet", protocol: "tcp", ports: [443, 587] },
      { from: "public", to: "internet", protocol: "tcp", ports: [443, 587] },
      { from: "private", to: "cluster", protocol: "tcp", ports: [443] },
      { from: "cluster", to: "private", protocol: "tcp", ports: [443, 9443, 10250] },
    ]);
  });

  it("knows what is in the data tier and no service's", () => {
    const flows = catalogueFlows({
      ...{ records: [], storePorts, controlPlaneCalls: [] },
      otherDataPorts: [443],
    });
    expect(flows).to.deep.include({ from: "private", to: "data", protocol: "tcp", ports: [443] });
  });

  it("opens nothing to visitors or stores where no service needs it", () => {
    const flows = catalogueFlows({ records: [], storePorts, controlPlaneCalls: [] });
    expect(flows.map(({ from, to }) => `${from} ${to}`)).to.deep.equal([
      "private internet",
      "public internet",
      "private cluster",
      "cluster private",
    ]);
  });

  it("says the same in whatever order the records stand", () => {
    const args = { storePorts, controlPlaneCalls: [9443] };
    expect(catalogueFlows({ ...args, records: [...services].reverse() })).to.deep.equal(
      catalogueFlows({ ...args, records: services }),
    );
  });
});
