import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dashboard } from "../components/observability-dashboards";
import { parseEnvironment } from "../stacks/environment";
import { plannedDocuments } from "../stacks/observability/dashboards";
import { services } from "../stacks/services";
import { drawDashboard, drawnNote } from "../tools/report/dashboards/picture";
import { rawOf } from "./support/stack-file";

const pictures = {
  "dashboard-executive.svg": "executive",
  "dashboard-service.svg": "service-relaycore",
} as const;

describe("The pictures of dashboards in docs", () => {
  const documents = plannedDocuments(parseEnvironment("prod", rawOf("prod")), services);
  for (const [file, uid] of Object.entries(pictures))
    it(`show ${uid} as the plan of prod draws it: copy out/prod/dashboards/${uid}.svg to docs/pictures/${file}`, () => {
      const { content } = documents.find(({ path }) => path === `dashboards/${uid}.json`)!;
      const drawn = drawDashboard(content as Dashboard).markup;
      expect(drawn).to.contain(drawnNote);
      expect(readFileSync(join(__dirname, "../docs/pictures", file), "utf8")).to.equal(drawn);
    });
});
