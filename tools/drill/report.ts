import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeArguments } from "../node-arguments";
import { listEnvironments } from "../plan/stack-files";
import { checkPage, type PageFindings, phone, desktop, type Viewport } from "./page-check";
import type { Drill, DrillContext } from "./registry";

/** Words that every report has to show. */
const keyTexts = [
  "Architecture by zone",
  "Components",
  "Who may talk to whom",
  "Policies",
  "What keeps it from being deployed",
  "Differences from the other environments",
  "Monthly estimate",
  "Success criteria",
];

export const reportDrill: Drill = {
  name: "report",
  summary: "the report page of every environment in a real Chromium, at desktop and phone width",
  run: async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "auterity-report-"));
    try {
      for (const environment of planAll(context, folder)) {
        const page = join(folder, environment, "report.html");
        for (const viewport of [desktop, phone])
          await checkReport(context, environment, { page, viewport });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Policies may be violated and a release may be missing: the page is what is tried here. */
function planAll({ projectDirectory, held }: DrillContext, folder: string): string[] {
  const environments = listEnvironments(projectDirectory);
  const command = [
    ...[...nodeArguments, join(__dirname, "../cli.ts")],
    ...["plan", "all", "--project", projectDirectory, "--out", folder],
  ];
  try {
    execFileSync(process.execPath, command, { stdio: "pipe", encoding: "utf8" });
  } catch (error) {
    if (!environments.every((name) => existsSync(join(folder, name, "report.html"))))
      throw new Error(`the plan failed: ${(error as { stderr: string }).stderr}`, { cause: error });
  }
  held(`planned ${environments.join(", ")}`);
  return environments;
}

async function checkReport(
  { held }: DrillContext,
  environment: string,
  { page, viewport }: { readonly page: string; readonly viewport: Viewport },
): Promise<void> {
  const findings = await checkPage(pathToFileURL(page).href, viewport);
  const problems = problemsOf(findings, viewport);
  if (problems.length > 0)
    throw new Error(`${environment} at ${viewport.width} px: ${problems.join("; ")}`);
  held(`${environment} at ${viewport.width} px: no console message, no request, nothing cut off`);
}

function problemsOf(findings: PageFindings, viewport: Viewport): string[] {
  const { consoleMessages, requests, scrollWidth, text, pictureTitle, headings } = findings;
  return [
    ...consoleMessages.map((message) => `console: ${message}`),
    ...requests.map((request) => `request: ${request}`),
    ...(scrollWidth > viewport.width ? [`the page scrolls sideways to ${scrollWidth} px`] : []),
    ...keyTexts.filter((key) => !text.includes(key)).map((key) => `"${key}" is not to be seen`),
    ...(pictureTitle === "" ? ["the picture has no title"] : []),
    ...(headings === 1 ? [] : [`${headings} first-level headings`]),
  ];
}
