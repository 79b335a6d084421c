import type { SourceFile } from "../../../src/syntax/source-file.ts";
import {
  DAY_US,
  EXPERIMENT,
  HOUR_US,
  hasDevices,
  ITERATION,
  type MetricBody,
  type MetricSpec,
  type Selection,
  type SimpleBody,
  SOURCE_OF,
  type Winsorize,
  type World,
} from "./world.ts";

/** What `warehouse` of `project.yaml` says beside the columns. */
export interface WrittenWarehouse {
  /** `engine` and its settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Source → `from`. */
  readonly from: Readonly<Record<string, unknown>>;
}

/** The world's question as files of a project. JSON is YAML. */
export function documentsOf(world: World, warehouse: WrittenWarehouse): readonly SourceFile[] {
  const document = (path: string, value: object): SourceFile => ({
    path: `experiments/${path}.yaml`,
    text: `${JSON.stringify(value)}\n`,
  });
  return [
    document("project", projectOf(world, warehouse)),
    document(EXPERIMENT, experimentOf(world)),
    ...world.metrics.flatMap(metricsOf).map(([key, value]) => document(`metrics/${key}`, value)),
  ];
}

function projectOf(world: World, { settings, from }: WrittenWarehouse) {
  const { timezone, testUnits } = world;
  const properties = { amount: "number", kind: "string", refunded: "boolean" };
  const units = { user: "user", ...(hasDevices(world) && { device: "device" }) };
  return {
    name: "world",
    timezone,
    units: Object.fromEntries(Object.keys(units).map((unit) => [unit, { id: `${unit}Id` }])),
    attributes: { country: { type: "string" } },
    events: Object.fromEntries(
      Object.entries(SOURCE_OF).map(([event, source]) => [
        event,
        { source, units: Object.keys(units), properties },
      ]),
    ),
    warehouse: {
      ...settings,
      sources: {
        exposures: {
          from: from.exposures,
          units,
          columns: {
            experiment: "experiment",
            iteration: "iteration",
            variant: "variant",
            timestamp: "time",
            forced: "forced",
            specHash: "spec",
          },
          attributes: ["country"],
          exclude: { bot: true },
          ...(testUnits.length > 0 && { testUnits: { user: testUnits } }),
        },
        ...Object.fromEntries(
          [...new Set(Object.values(SOURCE_OF))].map((source) => [
            source,
            { from: from[source], units, columns: { event: "event", timestamp: "time" } },
          ]),
        ),
      },
    },
  };
}

function experimentOf({ variants, days, metrics, cuped, breakdowns, trigger, audience }: World) {
  const [primary, ...secondary] = metrics.map(({ key }) => key);
  return {
    name: "World",
    owner: "team",
    hypothesis: "None.",
    status: days === null ? "draft" : "running",
    iteration: ITERATION,
    ...(days && { start: days.start, end: days.end, removeBy: "2099-01-01" }),
    unit: "user",
    ...(audience && { audience: { country: audience } }),
    assign: "uniformChoice",
    control: variants[0],
    variants: Object.fromEntries(variants.map((variant) => [variant, {}])),
    metrics: { primary, ...(secondary.length > 0 && { secondary }) },
    // So small that the planned units never come: only `end` ends the decision data.
    mde: "0.1%",
    analysis: {
      minDays: 1,
      ...(cuped !== null && { cuped: duration(cuped) }),
      ...(breakdowns.length > 0 && { breakdowns }),
      ...(trigger && { trigger: onEvent(trigger) }),
    },
  };
}

type Written = readonly [key: string, value: object];

function metricsOf({ key, body, window, per }: MetricSpec): readonly Written[] {
  const common = {
    name: key,
    better: "higher",
    ...(window !== null && { window: duration(window) }),
    ...(per && { per }),
  };
  if (body.kind !== "ratio") return [[key, { ...common, ...bodyOf(body) }]];
  const part = (name: string, of: SimpleBody): Written => [`${key}-${name}`, { ...common, ...bodyOf(of) }];
  return [
    part("numerator", body.numerator),
    part("denominator", body.denominator),
    [
      key,
      {
        name: key,
        better: "higher",
        kind: "ratio",
        numerator: `${key}-numerator`,
        denominator: `${key}-denominator`,
      },
    ],
  ];
}

function bodyOf(body: Exclude<MetricBody, { kind: "ratio" }>): object {
  const { kind } = body;
  const rate = { baseline: { rate: "10%" } };
  const mean = { baseline: { mean: 1, standardDeviation: 100 } };
  if (kind === "funnel") return { kind, steps: body.steps.map(onEvent), ...rate };
  const on = onEvent(body.on);
  switch (kind) {
    case "conversion":
      return { kind, ...on, ...rate };
    case "count":
      return { kind, ...on, ...winsorizeOf(body.winsorize), ...mean };
    case "sum":
    case "mean":
      return { kind, ...on, value: "amount", ...winsorizeOf(body.winsorize), ...mean };
    case "retention":
      return { kind, ...on, ...daysOf(body), ...rate };
    case "quantile":
      return { kind, ...on, value: "amount", quantile: `${body.percent}%` };
  }
}

function daysOf({ from, to, isRolling }: Extract<MetricBody, { kind: "retention" }>) {
  const [first, last] = [from / DAY_US, to / DAY_US - 1];
  if (isRolling) return { day: first, rolling: true, window: duration(to) };
  return first === last ? { day: first } : { days: [first, last] };
}

function winsorizeOf(winsorize: Winsorize | null) {
  if (winsorize === null) return {};
  return {
    winsorize: winsorize.kind === "percentile" ? `${winsorize.percent}%` : { absolute: winsorize.cap },
  };
}

function onEvent({ event, kinds, refunded }: Selection) {
  const where = { ...(kinds && { kind: kinds }), ...(refunded !== null && { refunded }) };
  return { event, ...(Object.keys(where).length > 0 && { where }) };
}

function duration(span: number): string {
  return span % DAY_US === 0 ? `${span / DAY_US}d` : `${span / HOUR_US}h`;
}
