import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { consoleSink } from "../../src/integrations/console/index.ts";
import { fileSink } from "../../src/integrations/file/index.ts";
import { createExperiments, load, type Manifest } from "../../src/runtime/index.ts";
import { fairtrial, temporaryFolder, workedExample } from "../command-line.ts";
import { EVENT, EXPOSURE } from "./messages.ts";

const UNITS = { user: "user_id", org: "org_id" };
const DAY = 86_400_000;

const rowsOf = (path: string): unknown[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("a row has a column for every unit and attribute, and nothing takes the place of another", async () => {
  const folder = temporaryFolder();
  const [exposures, events] = [join(folder, "new", "exposures.ndjson"), join(folder, "events.ndjson")];
  const sink = fileSink({
    exposures: { to: exposures, units: UNITS, attributes: ["country", "plan"], columns: { forced: "qa" } },
    events: { to: events, units: UNITS },
  });
  const imposter = { variant: "other", user_id: "other", country: "CA" };
  await sink.send([EXPOSURE, { ...EVENT, properties: { event: "other", amount: 1 } }]);
  await sink.send([{ ...EXPOSURE, actingUnits: {}, attributes: imposter }]);
  await sink.close!();
  const assigned = {
    ts: "2026-11-12T09:30:00.000Z",
    experiment: "show-plugins",
    iteration: 2,
    variant: "on",
  };
  expect(rowsOf(exposures)).toEqual([
    { ...assigned, qa: false, user_id: "u-42", org_id: "acme", country: "US", plan: null, flags: ["a", "b"] },
    { ...assigned, qa: false, user_id: null, org_id: "acme", country: "CA", plan: null },
  ]);
  expect(rowsOf(events)).toEqual([
    { ts: "2026-11-12T09:30:01.000Z", event: "purchase", user_id: "u-42", org_id: null, amount: 1 },
  ]);
});

test("a batch whose events cannot be written comes again, and its exposures are not written twice", async () => {
  const folder = temporaryFolder();
  const exposures = join(folder, "exposures.ndjson");
  const events = join(folder, "blocked", "events.ndjson");
  writeFileSync(join(folder, "blocked"), "a file where a folder must be");
  const sink = fileSink({ exposures: { to: exposures, units: UNITS }, events: { to: events, units: UNITS } });
  for (let attempt = 0; attempt < 2; attempt++) await expect(sink.send([EXPOSURE, EVENT])).rejects.toThrow();
  await sink.close!();
  expect(rowsOf(exposures)).toHaveLength(1);
});

test("the console gets a line of JSON per message", () => {
  const lines: string[] = [];
  consoleSink({ print: (line) => lines.push(line) }).send([EXPOSURE, EVENT]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([EXPOSURE, EVENT]);
});

test("what an app logs is what `analyze` reads", async () => {
  const project = workedExample();
  const file = join(project, "experiments", "project.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("exposures/*.parquet", "exposures/*.ndjson"));
  expect(await fairtrial(project, "build")).toMatchObject({ code: 0 });
  const manifest: Manifest = JSON.parse(readFileSync(join(project, "generated", "manifest.json"), "utf8"));
  const checkout = load(manifest.experiments.find(({ key }) => key === "checkout-v2")!);

  let now = Date.UTC(2026, 10, 3);
  const sink = fileSink({
    exposures: {
      to: join(project, "data", "exposures", "app.ndjson"),
      units: UNITS,
      attributes: ["country", "plan"],
    },
    events: { to: join(project, "data", "events", "app.ndjson"), units: UNITS },
  });
  const experiments = createExperiments({
    now: () => now,
    sinks: [sink],
    unitNames: { user: "userId", org: "orgId" },
  });
  const truth = new Map<string, { units: number; buyers: number }>();
  for (let index = 0; index < 1_000; index++) {
    const userId = `user-${index}`;
    const { variant } = experiments.assign(checkout, { userId, orgId: "acme" });
    experiments.assign(checkout, { userId });
    const isBuyer = index % 3 === 0;
    now += 1_000;
    if (isBuyer) experiments.track("purchase", { userId }, { amount: 30, currency: "USD", refunded: false });
    if (variant === null) continue;
    const counted = truth.get(variant) ?? { units: 0, buyers: 0 };
    truth.set(variant, { units: counted.units + 1, buyers: counted.buyers + (isBuyer ? 1 : 0) });
  }
  await experiments.close();
  expect(experiments.counts().sinks[0]).toMatchObject({ waiting: 0, dropped: 0 });

  const asOf = new Date(now + 30 * DAY).toISOString();
  const { code, stdout, stderr } = await fairtrial(
    project,
    ...["analyze", "checkout-v2", "--as-of", asOf, "--format", "json"],
  );
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  const analysis = JSON.parse(stdout);
  const primary = analysis.metrics.find(({ role }: { readonly role: string }) => role === "primary");
  const read = primary.variants.map(
    ({ variant, units, sum }: { readonly variant: string; readonly units: number; readonly sum: number }) => [
      variant,
      { units, buyers: sum },
    ],
  );
  expect(new Map(read)).toEqual(truth);
});
