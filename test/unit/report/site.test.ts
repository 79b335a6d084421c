import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isSimulated } from "../../../src/report/result.ts";
import { renderSite } from "../../../src/report/site.ts";
import { HOSTILE, hostileSite } from "./hostile-site.ts";
import { experiment, experimentOf, projectOf } from "./sample-project.ts";
import { digest, sampleSite } from "./sample-site.ts";
import { keepRunning, ship } from "./samples.ts";

const GOLDEN = join(import.meta.dirname, "../../cases/report");

const pageOf = (path: string): string => sampleSite().find((file) => file.path === path)?.text ?? "";

/** A page without its stylesheet and the stylesheet's hash, which say nothing about the report. */
const contentOf = (text: string) =>
  text.replace(/<style>[\s\S]*<\/style>/, "<style></style>").replace(/sha256-[\w+/=]*/, "sha256-");

describe("the site", () => {
  test("is an index and a page per experiment, in a stable order", () => {
    const paths = sampleSite().map(({ path }) => path);
    expect(paths[0]).toBe("index.html");
    expect(paths).toHaveLength(13);
    expect(paths.slice(1)).toEqual([...paths.slice(1)].sort());
    expect(sampleSite()).toEqual(sampleSite());
  });

  test.each([
    "index.html",
    "experiments/one-page-checkout.html",
    "experiments/gate-40.html",
    "experiments/never-logged.html",
    "experiments/bigger-basket.html",
    "experiments/winter-sale.html",
    "experiments/price-offer.html",
    "experiments/broken-data.html",
  ])("%s is as it was reviewed", async (path) => {
    await expect(contentOf(pageOf(path))).toMatchFileSnapshot(join(GOLDEN, path.replace("experiments/", "")));
  });

  test("names the stylesheet's hash in a policy that allows nothing else", () => {
    for (const { text } of [...sampleSite(), ...hostileSite()]) {
      const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
      const [, style = ""] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
      const hash = createHash("sha256").update(style, "utf8").digest("base64");
      expect(policy?.replaceAll("&#39;", "'")).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
      );
      expect(text.indexOf("Content-Security-Policy")).toBeLessThan(text.indexOf("<style>"));
    }
  });

  test("has no script, no style attribute, and asks nobody for anything", () => {
    for (const { text } of sampleSite()) {
      expect(text).not.toMatch(/<script|<link rel="stylesheet"|@import|url\(|\sstyle=|\son\w+=/i);
      const addresses = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? "");
      expect(addresses.filter((address) => /^(?!data:)[a-z]+:|^\/\//i.test(address))).toEqual([]);
    }
  });

  test("links only to pages that exist", () => {
    const paths = new Set(sampleSite().map(({ path }) => path));
    const links = [...pageOf("index.html").matchAll(/<a href="([^"#]*)"/g)].map(([, link]) => link);
    expect(links.length).toBe(13);
    expect(links.filter((link) => !paths.has(link ?? ""))).toEqual([]);
  });

  test("never shows hostile text as markup", () => {
    for (const { text } of hostileSite()) {
      const shown = text.replace(/<style>[\s\S]*?<\/style>/, "");
      for (const hostile of HOSTILE) expect(shown).not.toContain(hostile);
      expect(shown).not.toMatch(
        /<(?:script|img|iframe|base|form|marquee|svg onload|meta http-equiv=refresh)/i,
      );
    }
    expect(
      hostileSite()
        .map(({ text }) => text)
        .join(""),
    ).toContain("&lt;script&gt;");
  });

  test("files a hostile key under a harmless path", () => {
    const [, page] = renderSite({
      ...projectOf([experiment("../../etc/passwd?<x>")]),
      analyses: new Map(),
      toolVersion: "0.1.0",
      digest,
    });
    expect(page?.path).toBe("experiments/.2e.2e.2f.2e.2e.2fetc.2fpasswd.3f.3cx.3e.html");
  });

  test("puts what needs a person first", () => {
    const order = [...pageOf("index.html").matchAll(/<a href="experiments\/([^"]*)\.html"/g)].map(
      ([, key]) => key,
    );
    expect(order).toEqual([
      "moved-goalposts",
      "never-logged",
      "redirect-test",
      "broken-data",
      "checklist-copy-with-a-key-long-enough-to-need-wrapping-somewhere",
      "price-offer",
      "winter-sale",
      "one-page-checkout",
      "fresh",
      "express-pay",
      "bigger-basket",
      "gate-40",
    ]);
  });

  test("counts the days from the newest data, never below zero", () => {
    const daysShown = (asOf: string) =>
      />(\d+|due)<\/td><\/tr>/.exec(
        renderSite({
          ...projectOf([experimentOf(keepRunning)]),
          analyses: new Map([[keepRunning.experiment, { ...keepRunning, asOf }]]),
          toolVersion: "0.1.0",
          digest,
        })[0]?.text ?? "",
      )?.[1];
    expect(daysShown("2026-11-17T00:00:00Z")).toBe("19");
    expect(daysShown("2026-12-05T23:00:00Z")).toBe("1");
    expect(daysShown("2026-12-31T00:00:00Z")).toBe("due");
  });

  test("says when data are simulated, and only then", () => {
    expect(ship.sources[0]?.simulated).toBe(true);
    expect(pageOf("experiments/express-pay.html")).toContain("Simulated data.");
    expect(pageOf("experiments/one-page-checkout.html")).not.toContain("Simulated data.");
    const [source] = keepRunning.sources;
    const named = (file: string) => isSimulated({ ...keepRunning, sources: [{ ...source!, files: [file] }] });
    expect(["data/simulated-events.parquet", "simulated.csv", "data\\Simulated.csv"].map(named)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["data/unsimulated.csv", "simulated/events.csv"].map(named)).toEqual([false, false]);
  });

  test("withholds an unfair trial's effect from the index, and greys it on its page", () => {
    const row = /redirect-test\.html[\s\S]*?<\/tr>/.exec(pageOf("index.html"))?.[0];
    expect(row).toContain("Invalid");
    expect(row).not.toContain("18.4%");
    expect(pageOf("experiments/redirect-test.html")).toContain(`class="metrics unfair"`);
    expect(pageOf("experiments/one-page-checkout.html")).not.toContain(`class="metrics unfair"`);
  });

  test("holds the whole Analysis as JSON", () => {
    const [, json = ""] =
      /as JSON<\/summary>\s*<pre[^>]*><code>([\s\S]*?)<\/code>/.exec(
        pageOf("experiments/one-page-checkout.html"),
      ) ?? [];
    const text = json.replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => ENTITIES[name] ?? "");
    expect(JSON.parse(text)).toEqual(keepRunning);
  });
});

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', "#39": "'", lt: "<", gt: ">", amp: "&" };
