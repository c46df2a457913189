import { expect } from "chai";
import { describeGrowth } from "../../tools/bench/growth";
import { multiplyCatalogue } from "../../tools/bench/multiply-catalogue";
import { services } from "../../stacks/services";

describe("the multiplied catalogue", () => {
  it("has as many records as asked for, under names of their own", () => {
    for (const count of [3, 7, 30, 300]) {
      const records = multiplyCatalogue(services, count);
      expect(new Set(records.map(({ name }) => name)).size).to.equal(count);
      const subdomains = records.flatMap(({ exposure }) => exposure?.subdomain ?? []);
      expect(new Set(subdomains).size).to.equal(subdomains.length);
    }
  });

  it("gives copies ports of their own within their product", () => {
    const ports = multiplyCatalogue(services, 300).flatMap(({ product, port }) =>
      port === undefined ? [] : [`${product} ${port}`],
    );
    expect(new Set(ports).size).to.equal(ports.length);
  });

  it("names nobody in talksTo who is not there", () => {
    const records = multiplyCatalogue(services, 3);
    const names = records.map(({ name }) => name);
    for (const { talksTo } of records) expect(names).to.include.members([...talksTo.services]);
  });
});

describe("growth", () => {
  const samples = (seconds: readonly number[]) =>
    [3, 30, 100, 300].map((count, index) => ({
      services: count,
      seconds: seconds[index] ?? 0,
      megabytes: 100 + count,
    }));

  it("is linear where a service more costs the same, whatever the start costs", () => {
    expect(describeGrowth(samples([2, 2.27, 2.97, 4.97]))).to.deep.equal([
      "time: a service more costs 10.0 ms from 3 to 100, 10.0 ms from 100 to 300: ratio 1.00, linear",
      "memory: a service more costs 1000.0 KB from 3 to 100, 1000.0 KB from 100 to 300: ratio 1.00, linear",
    ]);
  });

  it("is worse where a service more costs more in a large catalogue", () => {
    expect(describeGrowth(samples([2, 2.27, 2.97, 8.97]))[0]).to.equal(
      "time: a service more costs 10.0 ms from 3 to 100, 30.0 ms from 100 to 300: ratio 3.00, worse than linear",
    );
  });

  it("is not told of fewer than three sizes", () => {
    expect(describeGrowth(samples([2, 3, 4, 5]).slice(0, 2))).to.deep.equal([]);
  });
});
