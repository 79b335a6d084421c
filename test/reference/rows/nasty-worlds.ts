import { uniformStream } from "../../../src/statistics/random.ts";
import type { EventName, EventRow, ExposureRow, MetricSpec, World } from "./world.ts";
import { DAY_US, EXPERIMENT, HOUR_US, ITERATION } from "./world.ts";

export interface NastyWorld {
  readonly name: string;
  readonly world: World;
}

/** How many events the busiest unit has. */
const BUSIEST = 100_000;

/**
 * What data get wrong, in two worlds of the same seed: one around the leap second of 2016, in a zone whose clocks
 * change by half an hour, and one around a change of clocks. Ties at first exposures and at ends of windows, NULLs,
 * NaN, infinities, negative values, values of 1e12 beside 1e-12, ids that look alike or like SQL, rows logged twice,
 * a unit with 10^5 events and a variant without units.
 */
export function nastyWorlds(seed: number, metrics: readonly MetricSpec[]): readonly NastyWorld[] {
  return [
    { name: "a leap second", world: worldAt("Australia/Lord_Howe", "2016-12-31T23:59:59Z", seed, metrics) },
    { name: "a change of clocks", world: worldAt("America/New_York", "2026-11-01T05:59:59Z", seed, metrics) },
  ];
}

/** One metric of each simple kind and a ratio, with windows whose ends rows fall on. */
export const nastyMetrics: readonly MetricSpec[] = [
  simple("bought", { kind: "conversion", on: on("purchase") }, DAY_US),
  simple("views", { kind: "count", on: on("view"), winsorize: null }, null),
  simple("paid", { kind: "sum", on: { ...on("purchase"), refunded: false }, winsorize: null }, DAY_US),
  simple("spent", { kind: "sum", on: on("purchase"), winsorize: null }, null),
  simple(
    "amount",
    { kind: "mean", on: { ...on("purchase"), kinds: ["x", "it's; --"] }, winsorize: null },
    HOUR_US,
  ),
  {
    key: "per-view",
    body: {
      kind: "ratio",
      numerator: { kind: "sum", on: on("refund"), winsorize: null },
      denominator: { kind: "count", on: on("view"), winsorize: null },
    },
    window: 2 * DAY_US,
  },
];

function on(event: EventName) {
  return { event, kinds: null, refunded: null };
}

function simple(key: string, body: MetricSpec["body"], window: number | null): MetricSpec {
  return { key, body, window };
}

const UNITS = 400;
/** Looks like, or sorts beside, another. */
const ODD_IDS = [
  ...["a", "A", "ａ", "а", "a ", " a", "a\u200b", "é", "e\u0301", "ß", "ss", "SS", "İ", "i", "ı", "ﬁ", "fi"],
  ...[
    "0",
    "10",
    "1000",
    "١",
    "1e",
    "null",
    "NULL",
    "NaN",
    "true",
    "\ufeff",
    "\u202eabc",
    "🙂",
    "👨‍👩‍👧",
    "a\nb",
    "a\tb",
  ],
  ...[
    "'",
    "''",
    '"',
    "\\",
    "\\'",
    "%",
    "_",
    "x'; drop table units; --",
    "{{x}}",
    "$1",
    "?",
    ":x",
    "{x:String}",
  ],
];
const VALUES = [0, -0, 1, -1, 0.1, -2.5, 1e12, -1e12, 1e12 + 0.5, 1e-12, 5e-324, 123_456.789];
const NO_VALUES = [null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const SHIFTS = [0, 0, 0, 1, -1, HOUR_US, DAY_US, DAY_US + 1, 2 * DAY_US, -HOUR_US, -DAY_US];

function worldAt(timezone: string, around: string, seed: number, metrics: readonly MetricSpec[]): World {
  const draw = uniformStream(seed);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(draw() * values.length)]!;
  const centre = Date.parse(around) * 1000;
  const ids = [...ODD_IDS, ...Array.from({ length: UNITS }, (_, index) => `unit-${index}`)];
  const moment = () => centre + (Math.floor(draw() * 40) - 20) * HOUR_US + pick([0, 0, 999_999, 1_000_000]);
  const exposures = ids.flatMap((user): readonly ExposureRow[] => {
    const first = moment();
    const row: ExposureRow = {
      user: pick([user, user, user, user, user, user, user, user, user, null, ""]),
      experiment: EXPERIMENT,
      iteration: pick([ITERATION, ITERATION, ITERATION, ITERATION, ITERATION, ITERATION, 1, null]),
      variant: pick(["control", "a"]),
      at: first,
      forced: pick([false, false, false, false, false, false, null, true]),
      bot: pick([false, false, false, false, false, false, null, true]),
      country: pick(["US", "us", "CA", "", null, "x'; --"]),
      spec: pick(["whole", "twelve", "seven", "eight", "other", null]),
    };
    const again = { ...row, at: first + pick([0, 0, HOUR_US]), variant: pick(["control", "a", "A", null]) };
    return pick([[row], [row, row], [row, again], [again, row, again]]);
  });
  const eventOf = (user: string | null, at: number, event: EventName): EventRow => ({
    user,
    event,
    at,
    amount: draw() < 0.2 ? pick(NO_VALUES) : pick(VALUES),
    kind: pick(["x", "y", "it's; --", "", null]),
    refunded: pick([false, false, true, null]),
  });
  const NAMES = ["view", "purchase", "refund"] as const;
  const events = exposures.flatMap(({ user, at }) =>
    Array.from({ length: Math.floor(draw() * 6) }, () => eventOf(user, at + pick(SHIFTS), pick(NAMES))),
  );
  const busiest = exposures.find((row) => row.user === "unit-7") ?? exposures[0]!;
  const many = Array.from({ length: BUSIEST }, (_, index) =>
    eventOf("unit-7", busiest.at + (index % 50) * 1_000_003, NAMES[index % 3]!),
  );
  const strangers = Array.from({ length: 50 }, () =>
    eventOf(pick([null, "", "nobody"]), moment(), pick(NAMES)),
  );
  const day = (days: number) => new Date(Date.parse(around) + days * 86_400_000).toISOString().slice(0, 10);
  return {
    timezone,
    variants: ["control", "a", "empty"],
    days: { start: day(-1), end: day(1) },
    asOf: null,
    cuped: null,
    breakdowns: [],
    trigger: null,
    audience: null,
    testUnits: ["unit-1", "x'; drop table units; --"],
    metrics,
    exposures,
    events: [...events, ...events.filter((_, index) => index % 9 === 0), ...strangers, ...many],
  };
}
