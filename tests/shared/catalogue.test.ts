import { expect } from "chai";
import { ArgsError } from "../../components/shared/args-error";
import { assertCatalogue, checkCatalogue } from "../../components/shared/catalogue";
import { services } from "../../stacks/services";
import { api, mailer, shop, stock } from "../components/platform-service-fixture";
import { scaling, schedule, withApi } from "./catalogue-fixture";

describe("checkCatalogue", () => {
  it("finds nothing wrong with the platform's own services", () => {
    expect(checkCatalogue(services)).to.deep.equal([]);
  });

  it("finds nothing wrong with three services of every tier", () => {
    expect(checkCatalogue(shop)).to.deep.equal([]);
    expect(withApi(scaling({ schedule }))).to.deep.equal([]);
  });
});

describe("assertCatalogue", () => {
  it("throws one error with every problem of every record", () => {
    const wrong = [{ ...api, port: 80 }, { ...stock, team: "" }, mailer];
    expect(() => {
      assertCatalogue(wrong);
    }).to.throw(
      ArgsError,
      [
        'ServiceCatalogue "services" was refused:',
        "shop-api.port: got 80, need 1024 to 65535; the container runs as non-root",
        "shop-stock.team: got nothing, need a DNS label of at most 32 characters",
      ].join("\n  - "),
    );
  });

  it("lets a correct catalogue pass", () => {
    assertCatalogue(shop);
  });
});
