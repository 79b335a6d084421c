import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { buildApp, type Mode, openSite, type Site } from "./app-site.ts";
import { hasChromium, launchChromium } from "./chromium.ts";

const PICTURES = process.env.FAIRTRIAL_SCREENSHOTS;

/** Longer than any test: what gathers then leaves only with its page. */
const NEVER = 600_000;
const SOON = 50;

const SHOW_OFFER = "document.getElementById('offer').scrollIntoView()";

/** Is in every experiment: a gift, one page. */
const READER = "reader-06";
/** Free shipping, three steps. */
const OTHER = "reader-04";
/** In two experiments: the banner's traffic ends before. */
const OUTSIDER = "reader-01";

describe.skipIf(!hasChromium())("an app with three experiments in a browser", () => {
  let browser: Browser;
  let app = "";

  beforeAll(async () => {
    app = await buildApp();
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  /** A site of its own, and a browser of its own for a user, who has consented or not. */
  async function visit(userId: string, { mode = "production" as Mode, consent = true } = {}) {
    const site = await openSite(app, mode);
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    onTestFinished(() => context.close());
    const cookies = { ft_id: userId, ...(consent ? { consent: "yes" } : {}) };
    await context.addCookies(
      Object.entries(cookies).map(([name, value]) => ({ name, value, url: site.origin })),
    );
    return { site, context };
  }

  describe.each(["development", "production"] as const)("built for %s", (mode) => {
    test.each([READER, OTHER, OUTSIDER])(
      "hydrates what the server rendered for %s: nothing flickers, moves or is mended",
      async (userId) => {
        const { site, context } = await visit(userId, { mode });
        const { page, before, after, changes, shifts, complaints, assigned, served } = await hydrate(
          context,
          site,
        );
        expect(after.equals(before)).toBe(true);
        expect(changes).toEqual([]);
        expect(shifts).toBe(0);
        expect(complaints).toEqual([]);
        expect(assigned).toEqual(served);
        expect(await page.evaluate(EVALUATE)).toBe("EvalError");
      },
    );

    test("would be seen to flicker and to move, were the browser's user another", async () => {
      const { site, context } = await visit(READER, { mode });
      await context.route(`${site.origin}/?*`, async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace(`"userId":"${READER}"`, `"userId":"${OTHER}"`);
        await route.fulfill({ response, body });
      });
      const { page, before, after, changes, complaints, assigned, served } = await hydrate(context, site);
      expect(after.equals(before)).toBe(false);
      expect(changes).not.toEqual([]);
      expect(complaints.join("\n")).toMatch(/hydrat|#418/i);
      expect(assigned).not.toEqual(served);
      await page.evaluate("document.body.prepend('In between')");
      await settle(page);
      expect((await page.evaluate<Seen>(SEEN)).shifts).toBeGreaterThan(0);
    });

    test("logs each exposure once, however often it is shown, and one below the fold when it is seen", async () => {
      const { site, context } = await visit(READER, { mode });
      const { page, complaints } = await open(context, site, SOON);
      const served = await assignmentsOf(page);
      await expect.poll(() => site.collected.length).toBe(2);
      await page.evaluate(SHOW_OFFER);
      await expect.poll(() => site.collected.length).toBe(3);
      await page.evaluate("scrollTo(0, 0)");
      await page.evaluate(SHOW_OFFER);
      await settle(page);
      const seen = site.collected.map(({ experiment, unitId, variant }) => [experiment, unitId, variant]);
      expect(seen).toEqual(["banner", "checkout", "offer"].map((key) => [key, READER, served[key]?.variant]));
      expect(complaints).toEqual([]);
    });
  });

  test("every variant is given to somebody, by the browser as by the server", async () => {
    const { site, context } = await visit(READER);
    const variants = new Set<string>();
    for (const number of ["00", "01", "02", "03", "04", "06", "31"]) {
      await context.addCookies([{ name: "ft_id", value: `reader-${number}`, url: site.origin }]);
      const { page } = await open(context, site, NEVER);
      const served = await assignmentsOf(page);
      expect(await browserAssignmentsOf(page)).toEqual(served);
      for (const [key, { variant }] of Object.entries(served)) variants.add(`${key}: ${variant}`);
      await page.close();
    }
    expect([...variants].sort()).toEqual([
      ...["banner: gift", "banner: none", "banner: null", "banner: shipping"],
      ...["checkout: control", "checkout: one-page"],
      ...[1, 2, 3].flatMap((books) =>
        ["bold", "plain"].map((headline) => `offer: books=${books},headline=${headline}`),
      ),
    ]);
  });

  test.each<[string, (page: Page) => Promise<unknown>]>([
    ["another page is opened", (page) => page.goto("about:blank")],
    ["the tab is closed", (page) => page.close({ runBeforeUnload: true })],
  ])("exposures leave with the page: %s", async (_, leave) => {
    const { site, context } = await visit(READER);
    const { page } = await open(context, site, NEVER);
    await settle(page);
    expect(site.collected).toEqual([]);
    await leave(page);
    await expect.poll(() => idsOf(site).length).toBe(2);
  });

  test("what cannot be delivered offline is delivered later, once", async () => {
    const { site, context } = await visit(READER);
    const { page } = await open(context, site, SOON);
    await expect.poll(() => site.collected.length).toBe(2);
    await context.setOffline(true);
    const failed = page.waitForEvent("requestfailed");
    await page.evaluate(SHOW_OFFER);
    await failed;
    expect(idsOf(site)).toHaveLength(2);
    await context.setOffline(false);
    await expect.poll(() => idsOf(site), { timeout: 20_000 }).toHaveLength(3);
    await settle(page);
    expect(idsOf(site).filter((id) => id.startsWith("offer/"))).toHaveLength(1);
  });

  test("what a page could not deliver before it was closed comes with the next page", async () => {
    const { site, context } = await visit(READER);
    const { page } = await open(context, site, SOON);
    await expect.poll(() => site.collected.length).toBe(2);
    await context.setOffline(true);
    const failed = page.waitForEvent("requestfailed");
    await page.evaluate(SHOW_OFFER);
    await failed;
    await Promise.all([page.waitForEvent("close"), page.close({ runBeforeUnload: true })]);
    await context.setOffline(false);
    await open(context, site, SOON);
    await expect.poll(() => idsOf(site).filter((id) => id.startsWith("offer/"))).toHaveLength(1);
  });

  test("without consent nothing is sent or kept; with it, what happened before is", async () => {
    const { site, context } = await visit(READER, { consent: false });
    const { page } = await open(context, site, SOON);
    await settle(page);
    expect(site.collected).toEqual([]);
    expect(await page.evaluate("localStorage.length")).toBe(0);
    await page.getByRole("button", { name: "Accept" }).click();
    await expect.poll(() => idsOf(site).length).toBe(2);
  });

  test("a page that is left without consent sends nothing", async () => {
    const { site, context } = await visit(READER, { consent: false });
    const { page } = await open(context, site, SOON);
    await settle(page);
    await page.goto("about:blank");
    await settle(page);
    expect(site.collected).toEqual([]);
  });

  test.runIf(PICTURES)("looks as it should", async () => {
    mkdirSync(PICTURES!, { recursive: true });
    for (const width of [1000, 390]) {
      const { site, context } = await visit(READER);
      const { page } = await open(context, site, NEVER);
      await page.setViewportSize({ width, height: 700 });
      await page.screenshot({ path: join(PICTURES!, `app-${width}.png`), fullPage: true });
    }
  });

  /** Opens the page and waits until its script has taken over. */
  async function open(context: BrowserContext, site: Site, delay: number) {
    const opened = await begin(context, site, delay);
    await ready(opened.page);
    return opened;
  }

  /** Opens the page; whatever it complains of is kept. */
  async function begin(context: BrowserContext, site: Site, delay: number) {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${site.origin}/?delay=${delay}`, { waitUntil: "commit" });
    return { page, complaints };
  }

  /** The page before and after its script takes over, and what happened in between. */
  async function hydrate(context: BrowserContext, site: Site) {
    const release = site.holdScript();
    const { page, complaints } = await begin(context, site, NEVER);
    await page.locator("#offer").waitFor();
    const before = await page.screenshot();
    await page.evaluate(WATCH);
    release();
    await ready(page);
    await settle(page);
    const after = await page.screenshot();
    const { changes, shifts } = await page.evaluate<Seen>(SEEN);
    const served = await assignmentsOf(page);
    return {
      page,
      before,
      after,
      changes,
      shifts,
      complaints,
      served,
      assigned: await browserAssignmentsOf(page),
    };
  }
});

/** What the page's policy makes of evaluation; in a task of its own, since a debugger's is exempt. */
const EVALUATE = `new Promise((resolve) => setTimeout(() => {
  try {
    resolve(new Function("return 1")());
  } catch ({ name }) {
    resolve(name);
  }
}))`;

interface Seen {
  readonly changes: readonly string[];
  readonly shifts: number;
}

/** Keeps every change of the server's elements and every shift of the layout, from the beginning of the page on. */
const WATCH = `(() => {
  const changes = [];
  const mutations = new MutationObserver((records) => note(records));
  const note = (records) => changes.push(...records.map(({ type, target }) => type + " of " + target.nodeName));
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  mutations.observe(document.getElementById("root"), all);
  let shifts = 0;
  const add = (entries) => entries.forEach(({ value }) => { shifts += value; });
  const layout = new PerformanceObserver((list) => add(list.getEntries()));
  layout.observe({ type: "layout-shift", buffered: true });
  globalThis.seen = () => {
    note(mutations.takeRecords());
    add(layout.takeRecords());
    return { changes, shifts };
  };
})()`;

const SEEN = "globalThis.seen()";

type Assignments = Readonly<Record<string, { readonly variant: string | null }>>;

const ready = (page: Page) => page.locator("html[data-ready]").waitFor({ state: "attached" });

/** Long enough for whatever gathers for 50 ms to be sent. */
const settle = (page: Page) => page.waitForTimeout(250);

/** What the server assigned. */
const assignmentsOf = (page: Page) =>
  page.evaluate<Assignments>("JSON.parse(document.getElementById('data').textContent).assigned");

const browserAssignmentsOf = (page: Page) =>
  page.evaluate<Assignments>("JSON.parse(document.documentElement.dataset.assigned)");

const idsOf = (site: Site) => site.collected.map(({ id }) => id);
