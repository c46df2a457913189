import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

export interface Viewport {
  readonly width: number;
  readonly height: number;
}
export const desktop: Viewport = { width: 1280, height: 900 };
export const phone: Viewport = { width: 390, height: 844 };

/** What a browser found out about a page. */
export interface PageFindings {
  readonly consoleMessages: readonly string[];
  /** That leave the file. */
  readonly requests: readonly string[];
  /** Larger than the viewport if the page scrolls sideways. */
  readonly scrollWidth: number;
  /** As people see it. */
  readonly text: string;
  readonly pictureTitle: string;
  readonly headings: number;
}

/** Debian's package puts it there. */
const browserPath = "/usr/bin/chromium";

export function hasBrowser(): boolean {
  return existsSync(browserPath);
}

/** Quiet: no network service of the browser's own. The sandbox needs rights that a container does not have. */
const browserFlags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

export async function checkPage(url: string, viewport: Viewport): Promise<PageFindings> {
  if (!hasBrowser())
    throw new Error(`no ${browserPath}: install it (Debian: apt-get install chromium)`);
  const browser = await chromium.launch({ executablePath: browserPath, args: browserFlags });
  try {
    const page = await browser.newPage({ viewport });
    const consoleMessages: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => consoleMessages.push(message.text()));
    page.on("pageerror", (error) => consoleMessages.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url());
    });
    await page.goto(url);
    return {
      consoleMessages,
      requests,
      scrollWidth: await page.evaluate<number>("document.documentElement.scrollWidth"),
      text: await page.innerText("body"),
      pictureTitle: (await page.textContent("svg.architecture > title")) ?? "",
      headings: await page.locator("h1").count(),
    };
  } finally {
    await browser.close();
  }
}
