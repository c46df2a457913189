import { expect } from "chai";
import {
  nodePrice,
  priceSources,
  priceTable,
  priceWarnings,
} from "../../../tools/costs/price-table";

describe("the price table", () => {
  it("names a dated source for every price, and no source that no price has", () => {
    const used = new Set(Object.values(priceTable).map((price) => price?.source));
    expect([...used]).to.have.members([...priceSources]);
    for (const { date, url, title } of priceSources) {
      expect(date, title).to.match(/^20\d\d-\d\d-\d\d$/);
      expect(Number.isNaN(Date.parse(date)), title).to.equal(false);
      expect(url, title).to.match(/^https:\/\//);
    }
  });

  it("has a price above 0 for each key", () => {
    for (const [key, price] of Object.entries(priceTable))
      expect(price?.dollars, key).to.be.greaterThan(0);
  });

  it("knows a node's price, and says nothing of a type that it does not know", () => {
    expect([nodePrice("m6i.xlarge"), nodePrice("p5.48xlarge")]).to.deep.equal([0.192, undefined]);
  });

  it("warns of what is older than a year, to the day", () => {
    const read = [{ title: "a list", date: "2026-03-18", url: "https://example.com" }];
    const at = (day: string) => priceWarnings(new Date(`${day}T00:00:00Z`), read);
    expect(at("2027-03-17")).to.deep.equal([]);
    expect(at("2027-03-18")).to.deep.equal([
      "prices of 2026-03-18 are past their date (12 months): a list; " +
        "read them again in tools/costs/price-table.ts",
    ]);
  });
});
