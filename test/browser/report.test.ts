import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hostileSite } from "../unit/report/hostile-site.ts";
import { sampleSite } from "../unit/report/sample-site.ts";
import { hasChromium, launchChromium } from "./chromium.ts";
import { INTRUDERS, LOOK, OUTLINE, POOR_CONTRASTS, ZEROS } from "./probes.ts";

/** Where to keep pictures for a person to look at; without it they are taken and thrown away. */
const PICTURES = process.env.FAIRTRIAL_SCREENSHOTS;

describe.skipIf(!hasChromium())("the report in a browser", () => {
  const root = mkdtempSync(join(tmpdir(), "fairtrial-report-"));
  let browser: Browser;

  beforeAll(async () => {
    for (const { path, text } of sampleSite()) write(join(root, "site", path), text);
    for (const { path, text } of hostileSite()) write(join(root, "hostile", path), text);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(root, { recursive: true, force: true });
  });

  /** Opens a page from the file system and fails on whatever it asks for, reports or refuses. */
  async function visit<T>(
    path: string,
    options: BrowserContextOptions,
    look: (page: Page) => Promise<T>,
  ): Promise<T> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    await page.goto(pathToFileURL(join(root, path)).href);
    const seen = await look(page);
    await context.close();
    const own = pathToFileURL(root).href;
    expect(asked.filter((url) => !url.startsWith(own) && !url.startsWith("data:"))).toEqual([]);
    expect(complaints).toEqual([]);
    return seen;
  }

  const pages = [
    "index.html",
    ...sampleSite()
      .map(({ path }) => path)
      .filter((path) => path !== "index.html"),
  ];

  test.each(pages)("%s applies its stylesheet and never scrolls sideways, wide or narrow", async (path) => {
    for (const [name, options] of Object.entries(LOOKS)) {
      const { paper, overflow } = await visit(`site/${path}`, options, async (page) => {
        if (PICTURES) {
          const file = join(PICTURES, `${path.replaceAll("/", "-")}-${name}.png`);
          mkdirSync(PICTURES, { recursive: true });
          await page.screenshot({ path: file, fullPage: true });
        }
        return page.evaluate<Look>(LOOK);
      });
      expect(paper).toBe(options.colorScheme === "dark" ? "rgb(23, 22, 20)" : "rgb(253, 252, 249)");
      expect(overflow).toBe(0);
    }
  });

  test.each([
    ["wide", {}],
    ["narrow", { viewport: { width: 390, height: 844 } }],
  ])("zero lies at one x in the axis and in every row: %s", async (_, options) => {
    const columns = await visit("site/experiments/one-page-checkout.html", options, (page) =>
      page.evaluate<number[]>(ZEROS),
    );
    expect(columns.length).toBe(6);
    expect(Math.max(...columns) - Math.min(...columns)).toBeLessThan(0.5);
  });

  test.each(["light", "dark"] as const)("text has a contrast of at least 4.5 in %s", async (colorScheme) => {
    for (const path of pages) {
      const { texts, poor } = await visit(`site/${path}`, { colorScheme }, (page) =>
        page.evaluate<{ texts: number; poor: string[] }>(POOR_CONTRASTS),
      );
      expect(texts).toBeGreaterThan(10);
      expect(poor).toEqual([]);
    }
  });

  test("hostile text is text: no element, handler or script of its making", async () => {
    for (const { path } of hostileSite()) {
      const { links, ...found } = await visit(`hostile/${path}`, {}, (page) =>
        page.evaluate<{ links: string[] }>(INTRUDERS),
      );
      expect(found).toEqual({ elements: 0, handlers: [], policies: 1, styles: 1, owned: false });
      expect(links.filter((link) => !OWN_LINK.test(link))).toEqual([]);
    }
  });

  test("a page can be read without its looks: one h1, named regions, heads on every table", async () => {
    for (const path of pages) {
      const outline = await visit(`site/${path}`, {}, (page) => page.evaluate(OUTLINE));
      expect(outline).toEqual({
        lang: "en",
        titles: 1,
        duplicates: [],
        unnamed: 0,
        headless: 0,
        loudGraphics: 0,
      });
    }
  });
});

interface Look {
  readonly paper: string;
  readonly overflow: number;
}

/** All that a page may point at: itself, its icon, and the site's other pages. */
const OWN_LINK = /^(#main|data:image\/svg\+xml,[^"<>]*|(\.\.\/)?(index|experiments\/[\w.-]+)\.html)$/;

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: {},
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 390, height: 844 } },
};

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
