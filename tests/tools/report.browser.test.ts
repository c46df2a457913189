import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { services } from "../../stacks/services";
import { checkPage, desktop, hasBrowser, phone } from "../../tools/drill/page-check";
import { renderReport } from "../../tools/report/page";
import { withFolder } from "./run-cli";
import { planSmall } from "./small-plan";

async function check(page: string, viewport: typeof desktop) {
  return withFolder((folder) => {
    const file = join(folder, "page.html");
    writeFileSync(file, page);
    return checkPage(pathToFileURL(file).href, viewport);
  });
}

describe("the report page in a browser", () => {
  before(function () {
    if (hasBrowser() || process.env["CI"] === "true") return;
    process.stderr.write("SKIPPED: no /usr/bin/chromium; the report page was seen by nobody\n");
    this.skip();
  });

  for (const viewport of [desktop, phone]) {
    it(`is quiet and whole at ${viewport.width} px`, async () => {
      // The real catalogue, whose matrix is wider than a phone.
      const page = renderReport({ ...(await planSmall()), services });
      const findings = await check(page, viewport);
      expect(findings.consoleMessages).to.deep.equal([]);
      expect(findings.requests).to.deep.equal([]);
      expect(findings.scrollWidth).to.equal(viewport.width);
      expect(findings.headings).to.equal(1);
      expect(findings.pictureTitle).to.equal("Architecture of prod by zone");
      expect(findings.text).to.contain("Who may talk to whom");
    });
  }

  it("would be caught with an error, a request or a width too much", async () => {
    const page =
      '<svg class="architecture"><title>t</title></svg><div style="width:2000px">wide</div>' +
      '<img src="http://127.0.0.1:9/x.png"><script>throw new Error("loud")</script>';
    const findings = await check(page, phone);
    expect(findings.consoleMessages).to.include("loud");
    expect(findings.requests).to.deep.equal(["http://127.0.0.1:9/x.png"]);
    expect(findings.scrollWidth).to.be.greaterThan(1999);
  });
});
