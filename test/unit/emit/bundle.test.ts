import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { Project } from "../../../src/model/project.ts";
import { emitted } from "./generated.ts";
import { experiment, ONE_PAGE_CHECKOUT, shop } from "./shop.ts";

const BUY_BUTTON = experiment("buy-button", {
  audience: { kind: "one-of", attribute: "country", values: ["US"] },
});
const OTHERS = Array.from({ length: 49 }, (_, index) =>
  experiment(`other-${index}`, {
    audience: { kind: "contains", attribute: "flags", value: `flag-${index}` },
    overrides: [
      { variant: "treatment", when: { kind: "semver", attribute: "appVersion", range: ">=1.0.0-rc.1" } },
    ],
  }),
);
const APP = `import { assign, buyButton } from "./generated/index.js";
export const arm = (context) => assign(buyButton, context);`;

/** What a bundler makes of an app: minified, one file. */
function bundle(project: Project, app: string): string {
  const folder = mkdtempSync(join(tmpdir(), "fairtrial-bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = emitted(project).map(({ path, text }) => ({ path: `generated/${path}`, text }));
  for (const { path, text } of [...files, { path: "app.ts", text: app }]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const bundler = join(import.meta.dirname, "..", "..", "..", "node_modules", "rolldown", "bin", "cli.mjs");
  return execFileSync(process.execPath, [bundler, "app.ts", "--minify", "--format", "es"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

const size = (code: string) => gzipSync(code, { level: 9 }).length;

test("an app pays at most 1,024 bytes for a 50/50 with one equality rule, all in", () => {
  expect(size(bundle(shop([BUY_BUTTON]), APP))).toBeLessThanOrEqual(1_024);
});

test("an app pays for the experiment it uses: one of fifty costs what one of one does", () => {
  const one = bundle(shop([BUY_BUTTON]), APP);
  const fifty = bundle(shop([BUY_BUTTON, ...OTHERS]), APP);
  expect(fifty).toBe(one);
  expect(one).toContain("buy-button");
});

test("an app without experiments pays nothing for those that exist", () => {
  const app = `import { createExperiments } from "./generated/index.js"; export const app = createExperiments();`;
  expect(bundle(shop(OTHERS), app)).not.toContain("other-");
});

test("exposures, batching and a sink fit 2.5 kB beside the design's own example", () => {
  const app = `import { createExperiments, onePageCheckout } from "./generated/index.js";
const send = (batch) => void fetch("/collect", { method: "POST", keepalive: true, body: JSON.stringify(batch) });
export const experiments = createExperiments({ sinks: [{ name: "http", send }] });
export const arm = (context) => experiments.assign(onePageCheckout, context);`;
  expect(size(bundle(shop([ONE_PAGE_CHECKOUT]), app))).toBeLessThanOrEqual(2_560);
});
