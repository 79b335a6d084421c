/** Names that a person could give, and that SQL, shells and the engines' own escapes would trip over. */
export const HOSTILE = `it's "x\`; drop table exposures; --$1 {p0:String} \\n \\' é🙂`;
export const HOSTILE_COLUMN = "amount in `€`, it's \\ {p1:Float64}";

const quoted = (text: string) => JSON.stringify(text);

const metric = (lines: string) => `name: ${quoted(HOSTILE)}\nbetter: higher\n${lines}`;

/** A project that uses every kind of metric, in a timezone whose days are not all 24 hours long. */
export const NASTY_PROJECT: Readonly<Record<string, string>> = {
  "experiments/project.yaml": `name: nasty
timezone: Europe/Berlin
units: { user: { id: userId, newPerDay: 5000 } }
attributes: { country: { type: string } }
events:
  purchase: { source: app, units: [user], properties: { ${quoted(HOSTILE_COLUMN)}: number, kind: string, paid: boolean } }
  ${quoted(HOSTILE)}: { source: app, units: [user] }
  view: { source: app, units: [user] }
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: exposures.ndjson
      units: { user: user }
      columns: { experiment: experiment, variant: variant, timestamp: time, iteration: iteration, forced: forced }
      attributes: [country]
      exclude: { agent: [${quoted(HOSTILE)}, bot] }
      testUnits: { user: [${quoted(HOSTILE)}, tester] }
    app:
      from: events.ndjson
      units: { user: user }
      columns: { event: event, timestamp: time }
`,
  "experiments/checkout.yaml": `name: Nasty
owner: nobody
hypothesis: That engines agree.
removeBy: 2027-01-01
status: running
start: 2023-10-20
end: 2023-11-20
runsOn: server
unit: user
control: control
variants:
  control: { weight: 40% }
  variant: { weight: 40% }
  nobody: { weight: 20% }
metrics:
  primary: conversion
  secondary: [count, orders, sum, capped, kinds, mean, ratio, median, retention, week, funnel, hostile]
mde: 10%
planning: { newPerDay: 5000 }
analysis: { minDays: 7, cuped: 14d, breakdowns: [country] }
`,
  "experiments/metrics/conversion.yaml": metric(
    "kind: conversion\nevent: purchase\nwindow: 7d\nbaseline: { rate: 30% }\n",
  ),
  "experiments/metrics/count.yaml": metric("kind: count\nevent: view\nwindow: 3d\nwinsorize: 90%\n"),
  "experiments/metrics/orders.yaml": metric("kind: count\nevent: purchase\nwindow: 7d\n"),
  "experiments/metrics/sum.yaml": metric(
    `kind: sum\nevent: purchase\nvalue: ${quoted(HOSTILE_COLUMN)}\nwindow: 7d\n`,
  ),
  "experiments/metrics/capped.yaml": metric(
    `kind: sum\nevent: purchase\nvalue: ${quoted(HOSTILE_COLUMN)}\nwindow: 7d\nwinsorize: { absolute: 250.5 }\n`,
  ),
  "experiments/metrics/kinds.yaml": metric(
    `kind: sum\nevent: purchase\nvalue: ${quoted(HOSTILE_COLUMN)}\nwindow: 7d\nwhere: { kind: [${quoted(HOSTILE)}, plain], paid: true }\n`,
  ),
  "experiments/metrics/mean.yaml": metric(
    `kind: mean\nevent: purchase\nvalue: ${quoted(HOSTILE_COLUMN)}\nwindow: 5d\n`,
  ),
  "experiments/metrics/ratio.yaml": metric("kind: ratio\nnumerator: sum\ndenominator: orders\n"),
  "experiments/metrics/median.yaml": metric(
    `kind: quantile\nquantile: 75%\nevent: purchase\nvalue: ${quoted(HOSTILE_COLUMN)}\nwindow: 7d\n`,
  ),
  "experiments/metrics/retention.yaml": metric("kind: retention\nevent: view\nday: 2\n"),
  "experiments/metrics/week.yaml": metric(
    "kind: retention\nevent: view\nday: 1\nrolling: true\nwindow: 5d\n",
  ),
  "experiments/metrics/funnel.yaml": metric(
    `kind: funnel\nsteps: [view, ${quoted(HOSTILE)}, purchase]\nwindow: 7d\n`,
  ),
  "experiments/metrics/hostile.yaml": metric(`kind: count\nevent: ${quoted(HOSTILE)}\nwindow: 7d\n`),
};

/** Rows that a warehouse can hold and that no one would make up: all of them texts. */
export function nastyRows(): {
  readonly exposures: readonly (readonly (string | null)[])[];
  readonly events: readonly (readonly (string | null)[])[];
} {
  const pick = generator(42);
  const users = [
    ...Array.from({ length: 400 }, (_, index) => `u${index}`),
    ...["é", "🙂", "a,b", 'say "hi"', "it's", " space ", "\\N", "NULL", "nan", "a\tb"],
    ...[HOSTILE, "tester", "名前", "e\u0301", "\uffff", "\u{1f600}"],
  ];
  const exposures: (string | null)[][] = [];
  const add = (user: string | null, variant: string, time: string, agent: string | null = null) =>
    exposures.push([
      "checkout",
      user,
      variant,
      time,
      "1",
      pick(50) === 0 ? "true" : null,
      COUNTRIES[pick(5)]!,
      agent,
    ]);
  for (const user of users) {
    const variant = pick(2) === 0 ? "control" : "variant";
    const day = 20 + pick(12);
    const date = day > 31 ? `2023-11-0${day - 31}` : `2023-10-${day}`;
    add(user, variant, `${date} ${TIMES[pick(TIMES.length)]}`, AGENTS[pick(12)] ?? null);
    if (pick(4) === 0) exposures.push([...exposures.at(-1)!]);
    if (pick(20) === 0) add(user, variant === "control" ? "variant" : "control", `${date} 23:30:00`);
    if (pick(25) === 0) add(user, variant, `${date}T00:30:00+05:45`);
  }
  add("tie", "variant", "2023-10-29 02:30:00");
  add("tie", "control", "2023-10-29 02:30:00");
  add("heavy", "variant", "2023-10-25 12:00:00.123456");
  add(null, "control", "2023-10-25 12:00:00");
  add("", "variant", "2023-10-25 12:00:00");
  add("ghost", HOSTILE, "2023-10-25 12:00:00");
  add("early", "control", "2023-10-19 23:59:59.999999");
  exposures.push(["other", "u1", "control", "2023-10-21 00:00:00", "1", null, "DE", null]);
  exposures.push(["checkout", "u2", "control", "2023-10-21 00:00:00", "2", null, "DE", null]);
  const events: (string | null)[][] = [];
  for (let index = 0; index < 6000; index++) {
    const day = 10 + pick(30);
    const date = day > 31 ? `2023-11-${String(day - 31).padStart(2, "0")}` : `2023-10-${day}`;
    const event = EVENTS[pick(EVENTS.length)]!;
    const amount = event === "purchase" ? AMOUNTS[pick(AMOUNTS.length)]! : null;
    const user = users[pick(users.length)]!;
    events.push([
      user,
      event,
      `${date} ${TIMES[pick(TIMES.length)]}`,
      amount,
      KINDS[pick(4)] ?? null,
      FLAGS[pick(3)] ?? null,
    ]);
    if (index % 50 === 0) events.push([...events.at(-1)!]);
  }
  for (let index = 0; index < 20_000; index++)
    events.push(["heavy", "view", `2023-10-26 12:00:00.${String(index).padStart(6, "0")}`, null, null, null]);
  events.push(["nobody at all", "purchase", "2023-11-28 12:00:00", "1e60", null, null]);
  return { exposures, events };
}

const COUNTRIES = ["DE", "", HOSTILE, "日本", "de"];
const AGENTS = [HOSTILE, "bot", "Bot", ""];
const KINDS = [HOSTILE, "plain", ""];
const FLAGS = ["true", "f"];
const EVENTS = ["purchase", "purchase", "view", "view", HOSTILE, "something else"];
const AMOUNTS = [
  ...[
    "1",
    "1",
    "1",
    "0",
    "-0",
    "-12.5",
    "1e12",
    "999999999999.25",
    "0.1",
    "1e-300",
    "nan",
    "inf",
    "-inf",
    null,
  ],
  ...["250.5", "250.50000001", "3.333333333333333", " 7 ", "1_000"],
];
const TIMES = [
  ...["00:00:00", "23:59:59.999999", "02:30:00", "02:59:59", "03:00:00", "12:34:56.789", "01:59:59.5"],
  ...["12:00:00Z", "02:30:00+02", "02:30:00+01:00"],
];

/** Whole numbers below a bound, the same every time: Lehmer's generator. */
function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
}
