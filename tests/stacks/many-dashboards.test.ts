import { expect } from "chai";
import { parseEnvironment } from "../../stacks/environment";
import { plannedDocuments } from "../../stacks/observability/dashboards";
import { services } from "../../stacks/services";
import { multiplyCatalogue } from "../../tools/bench/multiply-catalogue";
import { rawOf } from "../support/stack-file";

describe("Dashboards of many services", () => {
  it("are made, however many lines their panels take", () => {
    const records = multiplyCatalogue(services, 100);
    const paths = plannedDocuments(parseEnvironment("prod", rawOf("prod")), records).map(
      ({ path }) => path,
    );
    expect(paths).to.include("dashboards/ai.json");
    expect(paths.filter((path) => path.startsWith("dashboards/service-"))).to.have.length(100);
  });
});
