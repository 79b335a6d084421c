import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BaselineReport } from "../src/baseline.ts";
import type { ExampleFiles } from "../src/diagnostics/explanation.ts";
import { withoutMarks } from "../src/diagnostics/explanation.ts";
import { measureExplanations } from "../src/diagnostics/explanations/measure.ts";
import { openDuckdb } from "../src/index.ts";
import { call, column } from "../src/sql/expressions.ts";
import { files, named, select } from "../src/sql/queries.ts";
import {
  caseProject,
  fairtrial,
  repository,
  temporaryFolder,
  workedExample,
  writeFiles,
} from "./command-line.ts";
import { putInto } from "./unit/diagnostics/put-into.ts";

type Measured = BaselineReport & {
  readonly written: readonly { file: string; path: readonly string[] }[] | null;
  readonly diagnostics: readonly { code: string; severity: string; file: string; line: number }[];
};

async function measure(folder: string, ...options: readonly string[]): Promise<Measured> {
  const { code, stdout, stderr } = await fairtrial(
    folder,
    "plan",
    "--baseline",
    "--format",
    "json",
    ...options,
  );
  expect([code, stderr.includes("error[")]).toEqual([0, false]);
  return JSON.parse(stdout) as Measured;
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");
const DAY = 86_400_000;

describe("a simulated world", () => {
  test("is measured as plain TypeScript measures its rows", async () => {
    const folder = workedExample();
    await fairtrial(folder, "simulate", "checkout-v2", "--seed", "5", "--units", "6000");
    const report = await measure(folder, "checkout-v2");
    const rate = report.baselines.find(({ metric }) => metric === "checkout-conversion")!;
    const revenue = report.baselines.find(({ metric }) => metric === "revenue-per-user")!;
    const { from, to } = rate.period!;
    expect([rate.entry, rate.window]).toEqual([{ kind: "exposures", audience: null }, 7 * DAY]);

    const exposures = await rowsOf(join(folder, "data/exposures/simulated.parquet"));
    const [begin, end] = [Date.parse(from), Date.parse(to) + DAY];
    const first = new Map<string, number>();
    for (const { user, at, forced } of exposures)
      if (user !== null && !forced && at >= begin && at < end)
        first.set(user, Math.min(first.get(user) ?? at, at));
    const events = readFileSync(join(folder, "data/events/simulated.ndjson"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, never>)
      .map(
        (row) => ({ ...row, at: Date.parse(String(row.ts).replace(" ", "T").replace(/Z?$/, "Z")) }) as Event,
      );
    const paid = new Map([...first].map(([user]) => [user, 0]));
    const bought = new Set<string>();
    for (const event of events) {
      const met = first.get(event.user_id);
      if (met === undefined || event.event !== "purchase" || event.at < met || event.at > met + 7 * DAY)
        continue;
      bought.add(event.user_id);
      if (event.refunded === false) paid.set(event.user_id, paid.get(event.user_id)! + event.amount);
    }
    expect(first.size).toBeGreaterThan(2000);
    expect([rate.units, revenue.units]).toEqual([first.size, first.size]);
    expect(rate.value).toBeCloseTo(bought.size / first.size, 12);
    const values = [...paid.values()];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    );
    expect(revenue.value).toBeCloseTo(mean, 9);
    expect(revenue.standardDeviation).toBeCloseTo(spread, 9);
    // The world was made with the rate that the file says.
    expect(Math.abs(rate.value! - 0.049)).toBeLessThan(4 * rate.standardError!);
  }, 60_000);

  test("is written into YAML, dated, and read back by plan; a second time nothing changes", async () => {
    const folder = workedExample();
    await fairtrial(folder, "simulate", "checkout-v2", "--units", "3000");
    const before = contents(folder);
    const report = await measure(folder, "checkout-conversion", "--write");
    expect(report.written).toEqual([
      { file: "experiments/metrics/checkout-conversion.yaml", path: ["baseline"] },
    ]);
    const after = contents(folder);
    const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual(["experiments/metrics/checkout-conversion.yaml"]);
    const [{ period, value, units }] = report.baselines as [Measured["baselines"][number]];
    expect(after.get(changed[0]!)).toContain(
      `baseline:\n  rate: ${Number((100 * value!).toPrecision(4))}%\n  measured:\n    from: ${period!.from}\n    to: ${period!.to}\n    units: ${units}\n`,
    );
    expect((await fairtrial(folder, "fmt", "--check")).code).toBe(0);
    const plan = await fairtrial(folder, "plan");
    expect(plan.stdout).toContain(
      `baseline of checkout-conversion, measured ${period!.from}…${period!.to} on ${units.toLocaleString("en")} units`,
    );
    expect((await measure(folder, "checkout-conversion", "--write")).written).toEqual([]);
    expect(contents(folder)).toEqual(after);
  }, 60_000);
});

interface Event {
  readonly user_id: string;
  readonly event: string;
  readonly at: number;
  readonly amount: number;
  readonly refunded: boolean;
}

async function rowsOf(path: string) {
  const engine = await openDuckdb({ timezone: "UTC", allowedDirectories: [join(path, "..")] });
  const from = files({ format: "parquet", paths: [path], columns: null, sample: "some" });
  const rows = await engine.run(
    select({
      columns: [
        named("user", column("user_id")),
        named("at", call("microseconds-of-instant", column("ts"))),
        named("forced", column("is_forced")),
      ],
      from,
    }),
  );
  await engine.close();
  return rows.map(({ user, at, forced }) => ({
    user: user as string | null,
    at: Number(at) / 1000,
    forced: forced as boolean,
  }));
}

function contents(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(join(folder, "experiments"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

const HOSTILE = `"Bought"; drop table x; -- <b>|*`;
/** 28 days; on each, ten users come. Every second one is Canadian, who buy, every fourth day, for 10. */
const users = Array.from({ length: 280 }, (_, index) => ({
  id: `u'${index}`,
  at: Date.UTC(2026, 8, 1 + Math.floor(index / 10)) + (index % 10) * 2.6 * 3_600_000,
  country: index % 2 === 0 ? "CA" : "US",
  buys: index % 2 === 0 && Math.floor(index / 10) % 4 === 0,
}));
const iso = (at: number) => new Date(at).toISOString();

const SHOP = {
  "experiments/project.yaml": `name: shop
units:
  user: # people
    id: userId
    newPerDay: 99 # guessed
  org:
    id: orgId
attributes:
  country:
    type: string
  plan:
    type: string
events:
  visit:
    source: app
    units: [user]
  ${JSON.stringify(HOSTILE)}:
    source: app
    units: [user]
    properties:
      amount: number
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures.csv
      units:
        user: user
        org: org
      columns:
        experiment: experiment
        variant: variant
        timestamp: time
      attributes: [country]
    app:
      from: data/events.csv
      units:
        user: user
        org: org
      columns:
        event: event
        timestamp: time
`,
  "experiments/metrics/bought.yaml": `# what we live on
name: Bought
kind: conversion
event: ${JSON.stringify(HOSTILE)}
window: 1d
better: higher
`,
  "experiments/metrics/paid.yaml": `name: Paid
kind: sum
event: ${JSON.stringify(HOSTILE)}
value: amount
window: 1d
better: higher
baseline: # guessed
  mean: 3 # by Ann
  standardDeviation: 4
`,
  "experiments/canada.yaml": `name: Canada
status: draft
unit: user
audience:
  country: CA
variants:
  control:
    weight: 50%
  b:
    weight: 50%
metrics:
  primary: bought
  secondary: [paid]
mde: 10% # small
`,
  "data/exposures.csv": `user,org,experiment,variant,country,time\n${users.map(({ id, country, at }) => `${id},,canada,b,${country},${iso(at)}`).join("\n")}\n`,
  "data/events.csv": `user,org,event,amount,time\n${users
    .flatMap(({ id, at, buys }) => [
      `${id},,visit,,${iso(at)}`,
      ...(buys ? [`${id},,"${HOSTILE.replaceAll('"', '""')}",10,${iso(at + DAY)}`] : []),
    ])
    .join("\n")}\nlast,,visit,,2026-10-01T12:00:00Z\n`,
};

function shop(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...SHOP, ...files });
  return folder;
}

describe("a shop of 280 units", () => {
  test("has baselines of all, and of an audience, and the new units of both", async () => {
    const report = await measure(shop());
    const september = { from: "2026-09-01", to: "2026-09-28" };
    expect(
      report.baselines.map(({ metric, experiment, units, value }) => [metric, experiment, units, value]),
    ).toEqual([
      ["bought", null, 280, 35 / 280],
      ["paid", null, 280, 350 / 280],
      ["bought", "canada", 140, 35 / 140],
    ]);
    expect(report.baselines.map(({ period }) => period)).toEqual([september, september, september]);
    const [all, canada] = report.volumes;
    expect(all).toMatchObject({ unit: "user", experiment: null, units: 280, newPerDay: 10 });
    expect(all!.weeks).toEqual([70, 70, 70, 70]);
    expect(canada).toMatchObject({ experiment: "canada", units: 140, newPerDay: 5 });
    expect(report.diagnostics).toEqual([]);
  });

  test("is written with every comment kept", async () => {
    const folder = shop();
    const { written } = await measure(folder, "--write");
    expect(written!.map(({ file, path }) => `${file} ${path.join(".")}`)).toEqual([
      "experiments/metrics/bought.yaml baseline",
      "experiments/metrics/paid.yaml baseline",
      "experiments/canada.yaml planning.baseline",
      "experiments/project.yaml units.user",
      "experiments/canada.yaml planning",
    ]);
    const dates = (indent: string, units: number) =>
      `${indent}measured:\n${indent}  from: 2026-09-01\n${indent}  to: 2026-09-28\n${indent}  units: ${units}\n`;
    expect(read(folder, "experiments/metrics/bought.yaml")).toBe(
      `${SHOP["experiments/metrics/bought.yaml"]}baseline:\n  rate: 12.5%\n${dates("  ", 280)}`,
    );
    expect(read(folder, "experiments/metrics/paid.yaml")).toContain(
      `baseline: # guessed\n  mean: 1.25 # by Ann\n  standardDeviation: 3.313\n${dates("  ", 280)}`,
    );
    expect(read(folder, "experiments/canada.yaml")).toContain(
      `mde: 10% # small\nplanning:\n  baseline:\n    rate: 25%\n${dates("    ", 140)}  newPerDay: 5\n${dates("  ", 140)}`,
    );
    expect(read(folder, "experiments/project.yaml")).toContain(
      `  user: # people\n    id: userId\n    newPerDay: 10 # guessed\n${dates("    ", 280)}  org:\n`,
    );
    expect((await fairtrial(folder, "fmt", "--check")).code).toBe(0);
    expect((await measure(folder, "--write")).written).toEqual([]);
  });

  test("leaves a plan on record alone unless it is named", async () => {
    const running = SHOP["experiments/canada.yaml"].replace(
      "status: draft",
      "status: running\nowner: a\nhypothesis: More is more.\nstart: 2026-11-02\nend: 2026-12-27\nremoveBy: 2027-03-01",
    );
    const folder = shop({ "experiments/canada.yaml": running });
    const first = await fairtrial(folder, "plan", "--baseline", "--write", "--format", "json");
    expect(read(folder, "experiments/canada.yaml")).toBe(running);
    expect((JSON.parse(first.stdout) as Measured).written!.map(({ file }) => file)).not.toContain(
      "experiments/canada.yaml",
    );
    // What was measured makes the run too short: that is said, and does not keep anybody from measuring again.
    expect([first.code, first.stderr]).toEqual([1, expect.stringContaining("plan/too-long")]);
    const second = await fairtrial(folder, "plan", "--baseline", "canada", "--write", "--format", "json");
    expect((JSON.parse(second.stdout) as Measured).written!.map(({ path }) => path.join("."))).toEqual([
      "planning.baseline",
      "planning",
    ]);
  });

  test("is shown in a table and in Markdown, and nothing of a name gets out of it", async () => {
    const folder = shop({
      "experiments/canada.yaml": SHOP["experiments/canada.yaml"].replace(
        "audience:\n  country: CA\n",
        `exposure:\n  event: ${JSON.stringify(HOSTILE)}\n`,
      ),
    });
    const pretty = await fairtrial(folder, "plan", "--baseline");
    expect(pretty.stdout).toMatch(
      /^bought +user +280 +12\.5% +2\.0 pp +— +— +2026-09-01…2026-09-28, then 1d$/m,
    );
    expect(pretty.stdout).toMatch(/^user +280 +10\.00 +99 assumed +−89\.9% +70 · 70 · 70 · 70 /m);
    expect(pretty.stdout).toMatch(/^app +316 +2026-09-01 +2026-10-01 /m);
    expect(pretty.stdout).toContain("add --write");
    const markdown = await fairtrial(folder, "plan", "--baseline", "--format", "markdown");
    expect(markdown.stdout).toContain("| bought | user | 280 | 12.5% |");
    expect(markdown.stdout).not.toContain("<b>");
    expect(markdown.stdout.split("\n").find((line) => line.includes("drop table"))).toContain("\\|\\*");
  });

  test("has nobody for a trigger whose event is the metric's: what was measured is told and not written", async () => {
    const folder = shop({
      "experiments/canada.yaml": SHOP["experiments/canada.yaml"].replace(
        "audience:\n  country: CA\n",
        `exposure:\n  event: ${JSON.stringify(HOSTILE)}\n`,
      ),
    });
    const { baselines, written, diagnostics } = await measure(folder, "canada", "--write");
    expect(baselines.find(({ experiment }) => experiment === "canada")).toMatchObject({
      value: 1,
      units: 35,
      baseline: null,
    });
    expect(diagnostics).toMatchObject([
      { code: "measure/impossible-value", file: "experiments/canada.yaml" },
    ]);
    expect(written!.map(({ path }) => path.join("."))).not.toContain("planning.baseline");
  });

  test("takes the days and the event that are asked for", async () => {
    const days = ["--from", "2026-09-05", "--to", "2026-09-05"];
    const { baselines } = await measure(shop(), "bought", ...days);
    expect(baselines).toMatchObject([
      { units: 10, value: 0.5, period: { from: "2026-09-05", to: "2026-09-05" } },
    ]);
    const entered = await measure(shop(), "bought", "--entry", "visit");
    expect(entered.baselines).toMatchObject([{ entry: { kind: "event", event: "visit" } }]);
    const nobody = await measure(shop(), "bought", "--from", "2026-08-01", "--to", "2026-08-02");
    expect(nobody.diagnostics).toMatchObject([{ code: "measure/no-units", severity: "warning" }]);
    const late = await measure(
      shop(),
      "bought",
      "--from",
      "2026-10-01",
      "--to",
      "2026-10-01",
      "--entry",
      "visit",
    );
    expect(late.diagnostics).toMatchObject([{ code: "measure/no-units" }]);
  });

  test("counts any row where there are no exposures", async () => {
    const folder = shop({ "data/exposures.csv": "user,org,experiment,variant,country,time\n" });
    const { baselines, diagnostics } = await measure(folder);
    // From 2 to 29 September: five of the first day's units come in with what they buy.
    expect(baselines).toMatchObject([
      { metric: "bought", entry: { kind: "any-row" }, units: 275, value: 35 / 275 },
      { metric: "paid", entry: { kind: "any-row" } },
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["measure/no-units", "measure/no-units"]);
  });

  test("says which audience no log tells", async () => {
    const folder = shop({
      "experiments/canada.yaml": SHOP["experiments/canada.yaml"].replace("country: CA", "plan: pro"),
    });
    const { baselines, volumes, diagnostics } = await measure(folder);
    expect(baselines.map(({ experiment }) => experiment)).toEqual([null, null]);
    expect(volumes.map(({ experiment }) => experiment)).toEqual([null]);
    expect(diagnostics).toMatchObject([{ code: "measure/hidden-audience", severity: "note", line: 4 }]);
  });

  test("says that data of six days are no week", async () => {
    const lines = SHOP["data/exposures.csv"].split("\n");
    const folder = shop({ "data/exposures.csv": `${lines.slice(0, 61).join("\n")}\n` });
    const events = SHOP["data/events.csv"].split("\n").filter((line) => /event|2026-09-0[1-6]/.test(line));
    writeFiles(folder, { "data/events.csv": `${events.join("\n")}\n` });
    const { baselines, diagnostics } = await measure(folder);
    expect(baselines).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(Array(4).fill("measure/no-whole-week"));
  });

  test("keeps a metric of two units out of the metric's file", async () => {
    const orgs = SHOP["data/exposures.csv"].replaceAll(",,canada", ",o1,orgs");
    const folder = shop({
      "experiments/project.yaml": SHOP["experiments/project.yaml"].replaceAll(
        "units: [user]",
        "units: [user, org]",
      ),
      "experiments/orgs.yaml": SHOP["experiments/canada.yaml"]
        .replace("unit: user", "unit: org")
        .replace("audience:\n  country: CA\n", ""),
      "data/exposures.csv": orgs,
      "data/events.csv": SHOP["data/events.csv"].replaceAll(",,", ",o1,"),
    });
    const { diagnostics, written } = await measure(folder, "--write");
    expect(diagnostics.map(({ code }) => code)).toContain("measure/several-units");
    expect(written!.map(({ file }) => file)).not.toContain("experiments/metrics/bought.yaml");
  });
});

describe("refusals", () => {
  test("a file with an error is told, and nothing is measured or written", async () => {
    const folder = shop({ "experiments/metrics/paid.yaml": "name: Paid\nkind: summ\n" });
    const before = contents(folder);
    const { code, stdout, stderr } = await fairtrial(folder, "plan", "--baseline", "--write");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("experiments/metrics/paid.yaml:2:7");
    expect(contents(folder)).toEqual(before);
  });

  test("missing and bad data are errors", async () => {
    const missing = shop();
    writeFiles(missing, {
      "experiments/project.yaml": SHOP["experiments/project.yaml"].replace(
        "data/events.csv",
        "data/none.csv",
      ),
    });
    expect(await fairtrial(missing, "plan", "--baseline")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("data/missing-file"),
    });
    const bad = shop({ "data/events.csv": SHOP["data/events.csv"].replace("2026-09-03T", "yesterday") });
    expect((await fairtrial(bad, "plan", "--baseline")).stderr).toContain("data/bad-timestamp");
  });

  test("an alias is not written through", async () => {
    const folder = shop({
      "experiments/metrics/paid.yaml": SHOP["experiments/metrics/paid.yaml"]
        .replace("baseline: # guessed", "baseline: &guess")
        .replace("name: Paid", "name: Paid\ndescription: &text Paid"),
      "experiments/metrics/bought.yaml": `${SHOP["experiments/metrics/bought.yaml"]}baseline: &rate\n  rate: &same 4%\n`,
    });
    const shared = SHOP["experiments/canada.yaml"].replace(
      "mde: 10% # small\n",
      "planning:\n  baseline:\n    rate: &share 10%\nmde: *share\n",
    );
    writeFiles(folder, { "experiments/canada.yaml": shared });
    const { diagnostics } = await measure(folder, "--write");
    expect(diagnostics).toMatchObject([{ code: "measure/not-written", file: "experiments/canada.yaml" }]);
    expect(read(folder, "experiments/canada.yaml")).toContain("rate: &share 10%\n");
  });

  test.each([
    [["--baseline", "--base", "HEAD"], "--baseline cannot be used with --base"],
    [["--baseline", "--detailed-exitcode"], "--baseline cannot be used with"],
    [["--baseline", "--format", "github"], "pretty, json or markdown"],
    [["--baseline", "nothing"], "no experiment or metric nothing"],
    [["--baseline", "--from", "2026-02-30"], "2026-02-30 is no day"],
    [["--baseline", "--from", "2026-09-02", "--to", "2026-09-01"], "--to is before --from"],
    [["--baseline", "--entry", "nothing"], "no event nothing"],
    [["--write"], "need --baseline"],
    [["canada", "--base", "HEAD"], "cannot be used with keys"],
    [["--baseline", "canda"], "did you mean canada?"],
    [["--base", "HEAD", "--from", "2026-09-01"], "need --baseline"],
  ])("%s is wrong usage", async (options, message) => {
    const { code, stderr } = await fairtrial(shop(), "plan", ...options);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("one row per unit", () => {
  const rows = Array.from({ length: 200 }, (_, index) => `${index},control,${index % 8 === 0}`);

  test("has baselines without days", async () => {
    const folder = caseProject("lift-per-unit", {
      "data/users.csv": `user_id,variant,converted\n${rows.join("\n")}\n`,
    });
    const report = await measure(folder, "--write", "checkout-conversion");
    expect(report.baselines).toMatchObject([{ units: 200, value: 0.125, period: null, entry: null }]);
    expect(read(folder, "experiments/metrics/checkout-conversion.yaml")).toContain(
      "baseline:\n  rate: 12.5%\n  measured:\n    units: 200\n",
    );
    expect((await fairtrial(folder, "plan", "--baseline")).stdout).toContain("of 200 units");
    const asked = await measure(folder, "--from", "2026-01-01", "checkout-conversion");
    expect(asked.diagnostics).toMatchObject([{ code: "measure/no-days" }]);
  });

  test("with a unit twice is refused", async () => {
    const twice = [...rows, "7,control,true"].join("\n");
    const folder = caseProject("lift-per-unit", {
      "data/users.csv": `user_id,variant,converted\n${twice}\n`,
    });
    const { code, stderr } = await fairtrial(folder, "plan", "--baseline", "--write");
    expect([code, stderr]).toEqual([1, expect.stringContaining("data/duplicate-unit")]);
  });

  test("leaves days that do not fit alone", async () => {
    const dated = "  rate: 4.9%\n  measured:\n    from: 2026-01-01\n    to: 2026-01-28\n    units: 9\n";
    const folder = caseProject("lift-per-unit", {
      "data/users.csv": `user_id,variant,converted\n${rows.join("\n")}\n`,
    });
    const path = "experiments/metrics/checkout-conversion.yaml";
    const text = read(folder, path).replace("  rate: 4.9%\n", dated);
    writeFiles(folder, { [path]: text });
    const { diagnostics } = await measure(folder, "--write", "checkout-conversion");
    expect(diagnostics).toMatchObject([{ code: "measure/not-written" }]);
    expect(read(folder, path)).toBe(text);
  });
});

describe("measure/impossible-value", () => {
  const folder = join(repository, "test", "cases", "first-exposure");
  const project = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
  const { bad, good } = measureExplanations["measure/impossible-value"].example;

  async function found(example: ExampleFiles) {
    const root = temporaryFolder();
    writeFiles(
      root,
      Object.fromEntries([...putInto(project, example)].map(([path, text]) => [path, withoutMarks(text)])),
    );
    const days = ["--from", "2023-01-01", "--to", "2023-01-02"];
    const { stdout } = await fairtrial(
      root,
      "plan",
      "--baseline",
      "purchase-rate",
      ...days,
      "--format",
      "json",
    );
    return (JSON.parse(stdout) as Measured).diagnostics;
  }

  test("is what its bad example gives, alone, where the marks are", async () => {
    expect(await found(bad)).toMatchObject([
      { code: "measure/impossible-value", file: "experiments/metrics/purchase-rate.yaml", line: 1 },
    ]);
  });

  test("is not what its good example gives", async () => {
    expect(await found(good)).toEqual([]);
  });
});

test("leaves nothing but the new texts behind", async () => {
  const folder = shop();
  await fairtrial(folder, "plan", "--baseline", "--write");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(names.filter((name) => /\.new$|\.tmp$/.test(name))).toEqual([]);
  expect(existsSync(join(folder, ".fairtrial"))).toBe(false);
});
