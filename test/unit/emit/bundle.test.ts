import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { Project } from "../../../src/model/project.ts";
import { emitted } from "./generated.ts";
import { experiment, ONE_PAGE_CHECKOUT, shop, USER } from "./shop.ts";

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
  // An app's own, or the bundler would believe what a folder above says of side effects.
  const manifest = { path: "package.json", text: '{ "type": "module" }' };
  for (const { path, text } of [...files, manifest, { path: "app.ts", text: app }]) {
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

test("an app pays at most 950 bytes for a 50/50 with one equality rule, all in", () => {
  expect(size(bundle(shop([BUY_BUTTON]), APP))).toBeLessThanOrEqual(950);
});

test("a layer, a holdout, an override, a version and three more attributes fit 1,200 bytes", () => {
  const holdout = { key: "holdout-2026-h2", unit: USER, share: 20_000 };
  const layer = { layer: { key: "checkout", unit: USER }, from: 0, to: 400_000 };
  const example = { ...ONE_PAGE_CHECKOUT, layer, rollout: 1_000_000 };
  const app = `import { assign, onePageCheckout } from "./generated/index.js";
export const arm = (context) => assign(onePageCheckout, context);`;
  expect(size(bundle(shop([example], { holdout }), app))).toBeLessThanOrEqual(1_200);
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

test("exposures, batching and a sink fit 2.3 kB beside one experiment", () => {
  const app = `import { assign, buyButton, createExposureLog } from "./generated/index.js";
const send = (batch) => fetch("/collect", { method: "POST", keepalive: true, body: JSON.stringify(batch) });
const log = createExposureLog({ sink: { name: "http", send } });
export const arm = (context) => {
  const arm = assign(buyButton, context);
  log(buyButton, arm, context);
  return arm;
};`;
  expect(size(bundle(shop([BUY_BUTTON]), app))).toBeLessThanOrEqual(2_300);
});

const HTTP = "../../../src/integrations/http/index.ts";

test("with the HTTP sink of this package, which knows beacons and refusals, they fit 2.5 kB", () => {
  const app = `import { assign, buyButton, createExposureLog } from "./generated/index.js";
import { httpSink } from ${JSON.stringify(join(import.meta.dirname, HTTP))};
const log = createExposureLog({ sink: httpSink({ url: "/collect" }) });
export const arm = (context) => {
  const arm = assign(buyButton, context);
  log(buyButton, arm, context);
  return arm;
};`;
  expect(size(bundle(shop([BUY_BUTTON]), app))).toBeLessThanOrEqual(2_500);
});

test("with events, several sinks, overrides and all methods, they fit 3.3 kB", () => {
  const app = `import { buyButton, createExperiments } from "./generated/index.js";
import { httpSink } from ${JSON.stringify(join(import.meta.dirname, HTTP))};
export const experiments = createExperiments({ sinks: [httpSink({ url: "/collect" })] });
export const arm = (context) => experiments.assign(buyButton, context);`;
  const one = bundle(shop([BUY_BUTTON]), app);
  expect(size(one)).toBeLessThanOrEqual(3_350);
  expect(bundle(shop([BUY_BUTTON, ...OTHERS]), app)).toBe(one);
});
