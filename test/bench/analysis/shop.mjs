// A shop of made-up users: its project, its metrics and its rows, the same every time.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const START = "2026-01-05";
const EVENTS = ["page-view", "page-load", "search", "add-to-cart", "purchase"];

/** The ten that every contestant computes, and twenty more of the same events: other windows, other rows. */
const TEN = {
  "purchase-conversion": "kind: conversion\nevent: purchase\nwindow: 7d\nbaseline:\n  rate: 20%",
  revenue: "kind: sum\nevent: purchase\nvalue: value\nwhere:\n  refunded: false\nwindow: 7d",
  orders: "kind: count\nevent: purchase\nwindow: 7d",
  "revenue-per-order": "kind: ratio\nnumerator: revenue\ndenominator: orders",
  "page-views": "kind: count\nevent: page-view\nwindow: 7d",
  "cart-conversion": "kind: conversion\nevent: add-to-cart\nwindow: 7d",
  "cart-value": "kind: sum\nevent: add-to-cart\nvalue: value\nwindow: 7d",
  searches: "kind: count\nevent: search\nwindow: 7d",
  "search-conversion": "kind: conversion\nevent: search\nwindow: 3d",
  "load-time": "kind: mean\nevent: page-load\nvalue: value\nwindow: 7d",
};
const FURTHER = EVENTS.flatMap((event) => [
  [`${event}-first-day`, `kind: conversion\nevent: ${event}\nwindow: 1d`],
  [`${event}-fortnight`, `kind: count\nevent: ${event}\nwindow: 14d`],
  [`${event}-kept`, `kind: sum\nevent: ${event}\nvalue: value\nwhere:\n  refunded: false\nwindow: 3d`],
  [`${event}-refunds`, `kind: count\nevent: ${event}\nwhere:\n  refunded: true\nwindow: 7d`],
]);
const METRICS = { ...TEN, ...Object.fromEntries(FURTHER) };

/**
 * Writes `experiments/` into a folder.
 *
 * @param from Source → what its `from` says.
 * @param settings Lines of `warehouse` that name the engine.
 */
export function writeProject(folder, { metrics, from, settings = "engine: duckdb" }) {
  const keys = Object.keys(METRICS).slice(0, metrics);
  mkdirSync(join(folder, "experiments/metrics"), { recursive: true });
  const write = (path, text) => writeFileSync(join(folder, "experiments", `${path}.yaml`), text);
  write("project", projectText(from, settings));
  for (const key of keys) write(`metrics/${key}`, `name: ${key}\n${METRICS[key]}\nbetter: higher\n`);
  const [primary, ...secondary] = keys;
  write(
    "bench",
    `name: Bench
status: running
owner: bench
hypothesis: None.
start: ${START}
end: 2026-02-08
removeBy: 2026-12-01
unit: user
variants:
  control:
    weight: 50%
  treatment:
    weight: 50%
metrics:
  primary: ${primary}
  secondary: [${secondary.join(", ")}]
mde: 0.1%
`,
  );
}

function projectText(from, settings) {
  const events = EVENTS.map(
    (event) =>
      `  ${event}:\n    source: app\n    units: [user]\n    properties:\n      value: number\n      refunded: boolean\n`,
  );
  const indented = settings.split("\n").map((line) => `  ${line}\n`);
  return `name: bench
timezone: UTC
units:
  user:
    id: userId
    newPerDay: 100000
events:
${events.join("")}warehouse:
${indented.join("")}  sources:
    exposures:
      from: ${from.exposures}
      units:
        user: user_id
      columns:
        experiment: experiment
        variant: variant
        timestamp: ts
      exclude:
        bot: true
    app:
      from: ${from.app}
      units:
        user: user_id
      columns:
        event: event
        timestamp: ts
`;
}

const FORMATS = { parquet: "format parquet, compression zstd", csv: "format csv, header" };

/**
 * Writes `exposures.<format>` and `events.<format>`. Units by hash, a fifth of the exposures repeats; 42 days; every
 * tenth unit of the events was never exposed.
 */
export async function writeRows(folder, { exposures, events }, formats) {
  const instance = await DuckDBInstance.create(":memory:", { temp_directory: join(folder, "spill") });
  const connection = await instance.connect();
  const people = Math.round(exposures * 0.8);
  const share = (salt) => `((hash(i, '${salt}') % 1000000007) / 1000000007.0)`;
  const user = (index) => `'u-' || printf('%016x', hash(${index}, 'user'))`;
  const instant = (seconds, salt) =>
    `make_timestamptz((epoch_us(timestamptz '${START} 00:00:00+00') + (${seconds} * ${share(salt)} * 1e6)::bigint))`;
  await connection.run(`
    create temp table exposures as
      select 'bench' as experiment, ${user("n")} as user_id,
        case when hash(n, 'variant') % 2 = 0 then 'control' else 'treatment' end as variant,
        ${instant(35 * 86400 - 1, "exposed")} as ts, hash(n, 'bot') % 1000 = 0 as bot
      from (select i, hash(i, 'who') % ${people} as n from range(${exposures}) as t(i))
      order by ts`);
  await connection.run(`
    create temp table events as
      select ${user("n")} as user_id, event, ts, refunded,
        case event when 'purchase' then exp(3 + 1.2 * (u - 0.5) * 3) when 'page-load' then 200 + 2000 * u * u else 10 * u end as value
      from (
        select hash(i, 'buyer') % ${Math.round(people / 0.9)} as n, ${instant(42 * 86400, "at")} as ts, ${share("value")} as u,
          case when k < 0.55 then 'page-view' when k < 0.75 then 'page-load' when k < 0.87 then 'search' when k < 0.95 then 'add-to-cart' else 'purchase' end as event,
          hash(i, 'refund') % 30 = 0 as refunded
        from (select i, ${share("kind")} as k from range(${events}) as t(i))
      )
      order by ts`);
  for (const table of ["exposures", "events"]) {
    for (const format of formats) {
      await connection.run(`copy ${table} to '${join(folder, `${table}.${format}`)}' (${FORMATS[format]})`);
    }
  }
  connection.closeSync();
  instance.closeSync();
}
