// What a browser app pays for its experiments: node test/bench/bundle.mjs
// Writes its table into docs/benchmarks.md.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProject, FIFTY_EXPERIMENTS, HELD_OUT, PLAIN } from "./assignment-project.mjs";
import { writeBenchmark } from "./benchmark-page.mjs";
import { bundleApp, gzippedBytes } from "./bundle-app.mjs";

const integration = (name) => join(import.meta.dirname, "..", "..", "src", "integrations", name, "index.ts");
const http = integration("http");
const SEND = 'fetch("/collect", { method: "POST", keepalive: true, body: JSON.stringify(batch) })';

const assigning = (name) => `import { assign, ${name} } from "./generated/index.js";
export const arm = (context) => assign(${name}, context);`;

const logging = (
  name,
  sink,
  more = "",
) => `import { assign, createExposureLog, ${name} } from "./generated/index.js";
${more}
const log = createExposureLog({ sink: ${sink} });
export const arm = (context) => {
  const arm = assign(${name}, context);
  log(${name}, arm, context);
  return arm;
};`;

const full = (name) => `import { createExperiments, ${name} } from "./generated/index.js";
import { httpSink } from ${JSON.stringify(http)};
export const experiments = createExperiments({ sinks: [httpSink({ url: "/collect" })] });
export const arm = (context) => experiments.assign(${name}, context);`;

const following = (name) => `import { createExperiments, ${name} } from "./generated/index.js";
import { httpSink } from ${JSON.stringify(http)};
import { createLive } from ${JSON.stringify(integration("live"))};
const live = createLive({ url: "/manifest.json" });
export const started = live.start();
export const experiments = createExperiments({ live, sinks: [httpSink({ url: "/collect" })] });
export const arm = (context) => experiments.assign(${name}, context);`;

const APPS = [
  ["50/50, one equality rule", PLAIN, assigning("oneRule"), "1,024"],
  ["the same, one of fifty experiments", FIFTY_EXPERIMENTS, assigning("oneRule"), "the same"],
  [
    "layer, holdout, override, version and three more attributes",
    HELD_OUT,
    assigning("onePageCheckout"),
    "1,200",
  ],
  [
    "50/50, one rule; exposures, batching, retries, a sink of one `fetch`",
    PLAIN,
    logging("oneRule", `{ name: "http", send: (batch) => ${SEND} }`),
    "2,500",
  ],
  [
    "50/50, one rule; exposures and the HTTP sink",
    PLAIN,
    logging("oneRule", 'httpSink({ url: "/collect" })', `import { httpSink } from ${JSON.stringify(http)};`),
    "2,500",
  ],
  ["50/50, one rule; `createExperiments` and the HTTP sink", PLAIN, full("oneRule"), ""],
  ["the same, following a live manifest", PLAIN, following("oneRule"), ""],
];

const work = mkdtempSync(join(tmpdir(), "fairtrial-bench-"));
try {
  const rows = [];
  for (const [index, [name, files, code, bar]] of APPS.entries()) {
    const folder = join(work, String(index));
    buildProject(folder, files);
    rows.push(`| ${name} | ${gzippedBytes(await bundleApp(folder, code)).toLocaleString("en")} | ${bar} |`);
  }
  writeBenchmark(
    "test/bench/bundle.mjs",
    `## Bundles

What a browser app pays, all in: emitted code and runtime, minified by rolldown and gzipped.

| app | bytes | bar, at most |
|---|--:|--:|
${rows.join("\n")}`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
