import fc from "fast-check";
import {
  DAY_US,
  type EventRow,
  EXPERIMENT,
  HOUR_US,
  ITERATION,
  type LoggedSpec,
  type MetricBody,
  type MetricSpec,
  type Selection,
  type SimpleBody,
  type World,
} from "./world.ts";

/** Ids that are easily taken for one another, or for nothing, or for SQL. Numbers in two spellings are refused as a whole. */
const IDS = [
  ...["1", "10", "١", "2", "a", "A", " a", "a ", "null", "NaN", "x'; --", '"', "\\", "%", "é", "e\u0301"],
  ...["🙂", "\u200b", "ａ", "ß", "ss", "İ", "i", "\u202eabc", "line\nbreak"],
];

/** Ids that a project's files may hold. */
const WRITABLE = /^[\p{L}\p{N}\p{P}\p{S}]+$/u;

/** Each with a change of clocks on this day. */
const PLACES = [
  { timezone: "UTC", day: "2026-01-01" },
  { timezone: "America/New_York", day: "2026-03-08" },
  { timezone: "America/New_York", day: "2026-11-01" },
  { timezone: "Europe/Berlin", day: "2026-03-29" },
  { timezone: "Australia/Lord_Howe", day: "2026-04-05" },
  { timezone: "Africa/Cairo", day: "2026-04-24" },
  { timezone: "Asia/Kathmandu", day: "2026-04-05" },
  { timezone: "Pacific/Chatham", day: "2026-09-27" },
];

const selection: fc.Arbitrary<Selection> = fc.record({
  event: fc.constantFrom("view", "view", "purchase", "refund"),
  kinds: fc.constantFrom(null, null, null, null, ["x", "it's"], ["X"]),
  refunded: fc.constantFrom(null, null, null, null, false, true),
});

export interface WorldOptions {
  /** Bodies that metrics may have. */
  readonly bodies: fc.Arbitrary<MetricBody>;
  readonly exposures: number;
  readonly events: number;
}

/** Worlds in which a few units do everything at a few instants, so that ties and window ends are common. */
export function worlds({ bodies, exposures, events }: WorldOptions): fc.Arbitrary<World> {
  return fc
    .record({
      place: fc.constantFrom(...PLACES),
      ids: fc.shuffledSubarray(IDS, { minLength: 2, maxLength: 9 }),
      /** Hours at which somebody is exposed. */
      anchors: fc.array(fc.integer({ min: -6, max: 60 }), { minLength: 2, maxLength: 5 }),
      variants: fc.constantFrom(["control", "b"], ["control", "a", "b"], ["b", "a"]),
      span: seldomOr(null, fc.tuple(fc.integer({ min: -1, max: 1 }), fc.integer({ min: 0, max: 3 }))),
      asOf: seldomOr(null, moment),
      cuped: fc.constantFrom(null, HOUR_US, DAY_US),
      breakdowns: fc.subarray(["country" as const]),
      trigger: seldomOr(null, selection),
      audience: seldomOr(null, fc.constantFrom(["US"], ["CA", "us"])),
      tests: fc.subarray([0, 1, 2]),
      metrics: fc.array(fc.record({ body: bodies, window: fc.constantFrom(null, ...WINDOWS) }), {
        minLength: 1,
        maxLength: 4,
      }),
      exposures: fc.array(exposureRow, { minLength: 1, maxLength: exposures, size: "max" }),
      events: fc.array(eventRow, { minLength: 2, maxLength: events, size: "max" }),
      again: fc.array(anything, { maxLength: 6 }),
    })
    .map(
      ({
        place,
        ids,
        tests,
        anchors,
        span,
        asOf,
        metrics,
        again,
        exposures: exposed,
        events: done,
        ...asked
      }) => {
        const base = Date.parse(`${place.day}T00:00:00Z`) * 1000;
        const instant = ({ anchor, hours, beside }: Moment) =>
          base + (anchors[anchor % anchors.length]! + hours) * HOUR_US + beside;
        const placed = <Row extends { readonly user: number | "" | null; readonly at: Moment }>(
          row: Row,
        ) => ({
          ...row,
          user: typeof row.user === "number" ? ids[row.user % ids.length]! : row.user,
          at: instant(row.at),
        });
        const twice = <Row>(all: readonly Row[]) => [
          ...all,
          ...again.map((index) => all[index % all.length]!),
        ];
        return {
          ...asked,
          timezone: place.timezone,
          days: span && { start: dayAfter(place.day, span[0]), end: dayAfter(place.day, span[0] + span[1]) },
          testUnits: tests.flatMap((index) => ids[index + 4] ?? []).filter((id) => WRITABLE.test(id)),
          asOf: asOf && Math.floor(instant(asOf) / 1000) * 1000,
          metrics: metrics.map(asMetric),
          exposures: twice(exposed.map(placed)),
          events: [...twice(done.map(placed)), ...nobodys(base - 4 * DAY_US)],
        };
      },
    );
}

/**
 * The same, where users have devices, and devices several users: every other metric is of these. Conversions, counts
 * and sums can be.
 */
export function worldsWithDevices(options: Omit<WorldOptions, "bodies">): fc.Arbitrary<World> {
  const device = fc.constantFrom("1", "2", "a", "A", "é", "e\u0301", "🙂", "ａ", "", null);
  return fc
    .record({
      world: worlds({ ...options, bodies: part }),
      devices: fc.array(device, { minLength: 20, maxLength: 60, size: "max" }),
      isFirst: fc.boolean(),
    })
    .map(({ world, devices, isFirst }) => {
      const among = <Row>(rows: readonly Row[]) =>
        rows.map((row, index) => ({ ...row, device: devices[index % devices.length]! }));
      const metrics = world.metrics.map((metric, index) =>
        (index % 2 === 0) === (isFirst || world.metrics.length === 1)
          ? { ...metric, per: "device" as const }
          : metric,
      );
      return { ...world, metrics, exposures: among(world.exposures), events: among(world.events) };
    });
}

/** Of a list whose length the world says, any place: small numbers are no likelier than others. */
const anything = fc.noBias(fc.nat({ max: 9999 }));
const WINDOWS = [HOUR_US, DAY_US, 2 * DAY_US];

/** An instant: some hours from an anchor, and microseconds beside it. */
interface Moment {
  readonly anchor: number;
  readonly hours: number;
  readonly beside: number;
}

const beside = fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1, -1000);
const moment: fc.Arbitrary<Moment> = fc.record({
  anchor: anything,
  hours: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0, 0, 1, 24, 48, -1, -24) },
    { weight: 1, arbitrary: fc.integer({ min: -30, max: 130 }) },
  ),
  beside,
});

/** A row in every source of events: a file without rows is refused. */
function nobodys(at: number): readonly EventRow[] {
  const row = { user: null, at, amount: 1, kind: "x", refunded: false };
  return [
    { ...row, event: "view" },
    { ...row, event: "refund" },
  ];
}

/** A window belongs to a metric that has one. */
function asMetric({ body, window }: { body: MetricBody; window: number | null }, index: number): MetricSpec {
  const span = body.kind === "retention" ? null : body.kind === "funnel" ? (window ?? DAY_US) : window;
  return { key: `m${index}`, body, window: span };
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The value in two of three worlds. */
function seldomOr<Value, Other>(value: Value, other: fc.Arbitrary<Other>): fc.Arbitrary<Value | Other> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
}

/** Mostly the first, now and then one of the others. */
function mostly<Value>(usual: fc.Arbitrary<Value>, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

/** Which of the world's ids; or none. */
const user = mostly<number | "" | null>(anything, "", null);
const seldom = mostly<boolean | null>(fc.constant(false), true, null);

const exposureRow = fc.record({
  user,
  experiment: mostly(fc.constant(EXPERIMENT), "Checkout"),
  iteration: mostly<number | null>(fc.constant(ITERATION), 1, null),
  variant: mostly<string | null>(fc.constantFrom("control", "b", "control", "b", "a"), "Control", null),
  at: fc.record({ anchor: anything, hours: fc.constantFrom(0, 0, 0, 1, 24), beside }),
  forced: seldom,
  bot: seldom,
  country: fc.constantFrom("US", "CA", "us", "", null),
  spec: mostly<LoggedSpec | null>(fc.constantFrom("whole", "twelve", "seven"), "eight", "other", null),
});

const eventRow = fc.record({
  user,
  event: fc.constantFrom<EventRow["event"]>("view", "view", "view", "purchase", "purchase", "refund"),
  at: moment,
  amount: fc.oneof(
    fc.integer({ min: -3, max: 5 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.constantFrom(1e12, -1e12, 1e12 + 0.5, 1e-12, 0.1, -0, 5e-324),
  ),
  kind: fc.constantFrom("x", "y", "it's", "X", null),
  refunded: fc.constantFrom(true, false, null),
});

const plain = fc.constant(null);
const winsorize = fc.oneof(
  fc.record({ kind: fc.constant("percentile" as const), percent: fc.constantFrom(50.5, 75, 90, 99.9) }),
  fc.record({ kind: fc.constant("absolute" as const), cap: fc.constantFrom(0.5, 1, 2, 1000) }),
);
const conversion: fc.Arbitrary<SimpleBody> = fc.record({ kind: fc.constant("conversion"), on: selection });
const summed = (kinds: readonly ("count" | "sum")[]): fc.Arbitrary<SimpleBody> =>
  fc.record({ kind: fc.constantFrom(...kinds), on: selection, winsorize: plain });
const part = fc.oneof(conversion, summed(["count", "sum"]));

/** Bodies of metrics, by what is tried. */
export const BODIES: Readonly<Record<string, fc.Arbitrary<MetricBody>>> = {
  conversion,
  count: summed(["count"]),
  sum: summed(["sum"]),
  mean: fc.record({ kind: fc.constant("mean"), on: selection, winsorize: plain }),
  ratio: fc.record({ kind: fc.constant("ratio"), numerator: part, denominator: part }),
  winsorized: fc.record({ kind: fc.constantFrom("count", "sum", "mean"), on: selection, winsorize }),
  retention: fc
    .record({
      on: selection,
      first: fc.constantFrom(1, 1, 2),
      days: fc.constantFrom(1, 2),
      isRolling: fc.boolean(),
    })
    .map(({ on, first, days, isRolling }) => ({
      kind: "retention",
      on,
      from: first * DAY_US,
      to: (first + days) * DAY_US,
      isRolling,
    })),
  funnel: fc.record({
    kind: fc.constant("funnel"),
    steps: fc.array(selection, { minLength: 2, maxLength: 4 }),
  }),
  quantile: fc.record({
    kind: fc.constant("quantile"),
    on: selection,
    percent: fc.constantFrom(10, 50, 75, 95),
  }),
};
