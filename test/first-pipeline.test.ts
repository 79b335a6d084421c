import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis } from "../src/index.ts";
import { uniformStream } from "../src/statistics/random.ts";
import { caseProject, fairtrial, repository, writeFiles } from "./command-line.ts";

/**
 * What an analyst expects of a first pipeline: exposures joined to a week of events, an interval of revenue per user
 * by bootstrap, CUPED, a sample ratio check that stops the verdict, a guardrail on errors, breakdowns, a daily trend.
 */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 2);
const USERS = 12_000;

interface User {
  readonly id: string;
  readonly isOffered: boolean;
  readonly at: number;
  readonly device: string;
  readonly country: string;
  /** What it pays, and when. */
  readonly payments: readonly { readonly at: number; readonly amount: number }[];
  readonly error: number | null;
}

/** Users who come over 14 days and pay as is their habit: before they come, within a week, and later. */
const users: readonly User[] = (() => {
  const draw = uniformStream(2026);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(draw() * values.length)]!;
  return Array.from({ length: USERS }, (_, index) => {
    const isOffered = draw() < 0.5;
    const at = START + Math.floor(draw() * 14 * DAY);
    const habit = draw() ** 2;
    const pay = (from: number, to: number, chance: number, lift: number) =>
      draw() < chance
        ? [
            {
              at: at + Math.floor(from + draw() * (to - from)),
              amount: Math.round(4000 * habit * lift * (0.5 + draw())) / 100,
            },
          ]
        : [];
    const payments = [
      ...pay(-14 * DAY, -1, 0.25 + 0.5 * habit, 1),
      ...pay(-14 * DAY, -1, 0.25 + 0.5 * habit, 1),
      ...pay(0, 7 * DAY, 0.3 + 0.5 * habit, isOffered ? 1.12 : 1),
      ...pay(7 * DAY + 1, 12 * DAY, 0.3, 1),
    ];
    const error = draw() < 0.02 ? at + Math.floor(draw() * 7 * DAY) : null;
    return {
      id: `u-${index}`,
      isOffered,
      at,
      payments,
      error,
      device: pick(["desktop", "phone", "phone"]),
      country: pick(["US", "US", "CA", "GB"]),
    };
  });
})();

const iso = (at: number) => new Date(at).toISOString();

/** `lost`: how many of a hundred offered users are not logged. */
function dataOf(lost: number): Readonly<Record<string, string>> {
  const exposures = users
    .filter(({ isOffered }, index) => !(isOffered && index % 100 < lost))
    .map((user) =>
      [
        user.id,
        "offer",
        user.isOffered ? "offer" : "control",
        user.device,
        user.country,
        iso(user.at),
      ].join(),
    );
  const events = users.flatMap(({ id, payments, error }) => [
    ...payments.map(({ at, amount }) => [id, "purchase", amount, iso(at)].join()),
    ...(error === null ? [] : [[id, "page-error", "", iso(error)].join()]),
  ]);
  return {
    "data/exposures.csv": `user_id,experiment,variant,device,country,ts\n${exposures.join("\n")}\n`,
    "data/events.csv": `user_id,event,amount,ts\n${events.join("\n")}\nnobody,purchase,1,${iso(START + 30 * DAY)}\n`,
  };
}

async function analysisOf(folder: string): Promise<Analysis> {
  const { code, stdout, stderr } = await fairtrial(folder, "analyze", "offer", "--format", "json");
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Analysis;
}

const metricOf = ({ metrics }: Analysis, key: string) => metrics.find(({ metric }) => metric === key)!;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** A join by hand: what a user paid in the seven days from its exposure on, both ends included. */
const paid = ({ at, payments }: User) =>
  payments.reduce(
    (sum, payment) => sum + (payment.at >= at && payment.at <= at + 7 * DAY ? payment.amount : 0),
    0,
  );
const arm = (isOffered: boolean) => users.filter((user) => user.isOffered === isOffered);

describe("a first pipeline", () => {
  let folder: string;
  let analysis: Analysis;
  beforeAll(async () => {
    folder = caseProject("first-pipeline", dataOf(0));
    analysis = await analysisOf(folder);
  });

  test("joins a week of events to each exposure", () => {
    const revenue = metricOf(analysis, "revenue-per-user");
    expect(revenue.variants.map(({ units }) => units)).toEqual([arm(false).length, arm(true).length]);
    expect(revenue.variants[0]!.mean).toBeCloseTo(mean(arm(false).map(paid)), 9);
    expect(revenue.variants[1]!.mean).toBeCloseTo(mean(arm(true).map(paid)), 9);
  });

  test("has a bootstrap interval of revenue per user, the same every time", async () => {
    const sensitivity = metricOf(analysis, "revenue-per-user").comparisons[0]!.sensitivity!;
    const { lower, upper, replicates } = sensitivity.bootstrap!;
    expect(replicates).toBeGreaterThanOrEqual(1000);
    const again = metricOf(await analysisOf(folder), "revenue-per-user").comparisons[0]!.sensitivity!;
    expect(again.bootstrap).toEqual(sensitivity.bootstrap);
    // Of so many users, it is close to the difference's normal interval, here taken by hand.
    const values = [arm(false), arm(true)].map((of) => of.map(paid));
    const variance = (of: readonly number[]) => mean(of.map((value) => (value - mean(of)) ** 2)) / of.length;
    const difference = mean(values[1]!) - mean(values[0]!);
    const reach = 1.96 * Math.sqrt(variance(values[0]!) + variance(values[1]!));
    expect(Math.abs(lower - (difference - reach))).toBeLessThan(0.1 * reach);
    expect(Math.abs(upper - (difference + reach))).toBeLessThan(0.1 * reach);
  });

  test("takes off by CUPED what users paid before; one key turns it off", async () => {
    const on = metricOf(analysis, "revenue-per-user").comparisons[0]!;
    expect(on.cuped!.varianceReduction).toBeGreaterThan(0.1);
    const off = caseProject("first-pipeline", dataOf(0));
    const path = "experiments/offer.yaml";
    writeFiles(off, {
      [path]: readFileSync(join(off, path), "utf8").replace("cuped: 14d", "cuped: off"),
    });
    const plain = metricOf(await analysisOf(off), "revenue-per-user").comparisons[0]!;
    expect(plain.cuped ?? null).toBeNull();
    expect(plain.absolute!.estimate).toBeCloseTo(on.cuped!.unadjusted!.absolute!.estimate!, 12);
    expect(plain.pValue!).toBeCloseTo(on.cuped!.unadjusted!.pValue!, 12);
    const width = ({ absolute }: typeof on) => absolute!.upper! - absolute!.lower!;
    expect(width(on) / width(plain)).toBeCloseTo(Math.sqrt(1 - on.cuped!.varianceReduction!), 1);
  });

  test("guards the share of users who meet an error", () => {
    const errors = metricOf(analysis, "error-rate");
    const share = (of: readonly User[]) => mean(of.map(({ error }) => (error === null ? 0 : 1)));
    expect(errors.role).toBe("guardrail");
    expect(errors.variants.map((variant) => variant.mean)).toEqual([
      expect.closeTo(share(arm(false)), 12),
      expect.closeTo(share(arm(true)), 12),
    ]);
  });

  test("breaks down by device and country", () => {
    const { breakdowns } = metricOf(analysis, "revenue-per-user");
    expect(
      breakdowns.map(({ attribute, values }) => [attribute, values.map(({ value }) => value).sort()]),
    ).toEqual([
      ["device", ["desktop", "phone"]],
      ["country", ["CA", "GB", "US"]],
    ]);
  });

  test("has a trend of fourteen days", () => {
    const { series } = metricOf(analysis, "revenue-per-user");
    expect(series.length).toBeGreaterThanOrEqual(14);
  });

  test("reads like this", async () => {
    const { stdout } = await fairtrial(folder, "analyze", "offer");
    await expect(stdout).toMatchFileSnapshot(join(repository, "test/cases/first-pipeline/analysis.txt"));
  });
});

test("a sample ratio that chance does not make stops the verdict", async () => {
  const analysis = await analysisOf(caseProject("first-pipeline", dataOf(10)));
  expect(analysis.health.srm.pValue).toBeLessThan(0.001);
  expect(analysis.verdict.decision).toBe("invalid");
  expect(analysis.verdict.reasons.map(({ code }) => code)).toContain("srm-failed");
});
