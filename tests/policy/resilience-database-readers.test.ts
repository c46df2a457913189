import { expect } from "chai";
import { resilienceDatabaseReaders } from "../../policy/rules/resilience-database-readers";
import { excusing, existing, finder } from "../support/stack-rule";

const find = finder(resilienceDatabaseReaders);
const cluster = (inputs: object = {}) =>
  existing("aws:rds/cluster:Cluster", "database", { ...inputs });
const instance = (id: string, clusterIdentifier = "database") =>
  existing("aws:rds/clusterInstance:ClusterInstance", id, { clusterIdentifier });

describe("resilience-database-readers", () => {
  it("is silent where a reader can take over", async () => {
    expect(await find([cluster(), instance("a"), instance("b")])).to.deep.equal([]);
  });
  it("reports a writer alone, and a reader of another cluster", async () => {
    const message = "has 1 instance(s), need 2 or more";
    expect(await find([cluster(), instance("a")])).to.deep.equal([["database", message]]);
    expect(await find([cluster(), instance("a"), instance("b", "other")])).to.deep.equal([
      ["database", message],
    ]);
  });
  it("lets a copy in another region wait without instances, but not with one alone", async () => {
    const copy = cluster({ globalClusterIdentifier: "global", sourceRegion: "us-west-2" });
    expect(await find([copy])).to.deep.equal([]);
    expect(await find([copy, instance("a")])).to.deep.equal([
      ["database", "has 1 instance(s), need 2 or more"],
    ]);
  });
  it("takes the number from its settings", async () => {
    expect(await find([cluster(), instance("a")], { fewestInstances: 1 })).to.deep.equal([]);
  });
  it("excuses what a waiver names", async () => {
    expect(await find([cluster()], excusing("database"))).to.deep.equal([]);
  });
});
