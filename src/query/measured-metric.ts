import { DAY_MS } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import { partsOf } from "../model/experiment-metrics.ts";
import {
  type ConversionMetric,
  type FunnelMetric,
  isBinary,
  type Metric,
  type QuantileMetric,
  type RowMetric,
  type SimpleMetric,
} from "../model/metric.ts";
import { binary, column, literal } from "../sql/expressions.ts";
import type { Expression, Relation } from "../sql/tree.ts";
import {
  type EventMeasures,
  type MeasureUser,
  type Span,
  type Stretches,
  sumName,
  windowSpan,
} from "./event-measure.ts";
import {
  ofReporters,
  oneWhere,
  SUMS,
  type UnitValue,
  type UnitVariable,
  valueOfEvents,
  zeroFilled,
} from "./unit-variable.ts";

/** A metric as one variable over the rows of a table. */
export interface MeasuredMetric {
  readonly metric: Metric;
  readonly from: Relation;
  /** Which of its rows are the experiment's. */
  readonly where: readonly Expression[];
  readonly variable: UnitVariable;
  /** The same before exposure, where it can say anything. */
  readonly covariate: UnitVariable | null;
  readonly ages: readonly Age[];
}

/** A metric's worth in a part of its window, milliseconds after exposure. */
export interface Age {
  readonly from: number;
  readonly to: number;
  readonly variable: UnitVariable;
}

/** A metric that is a sum of a unit's events, or made of such. */
export type SummedMetric = Exclude<Metric, FunnelMetric | QuantileMetric>;

export function isSummed(metric: Metric): metric is SummedMetric {
  return metric.kind !== "funnel" && metric.kind !== "quantile";
}

/** The metric's variable, over the table that has the measures. */
export function outcomeOf(metric: SummedMetric, measures: EventMeasures, user: MeasureUser): UnitVariable {
  const span =
    metric.kind === "retention"
      ? { from: metric.from, to: metric.to, includesEnd: false }
      : windowSpan(metric.window);
  return variableOf(metric, span, measures, user);
}

/** The metric's variable before exposure; null where it has none that outcomes can be adjusted by. */
export function covariateOf(
  metric: SummedMetric,
  { analysis: { cuped } }: { readonly analysis: Pick<Experiment["analysis"], "cuped"> },
  measures: EventMeasures,
  user: MeasureUser,
): UnitVariable | null {
  if (cuped === null || metric.kind === "mean" || metric.kind === "retention") return null;
  return variableOf(metric, { from: -cuped, to: 0, includesEnd: false }, measures, user);
}

/** The metric's variables in the days of its window, or in its weeks where it has more than four. */
export function agesOf(metric: SummedMetric, measures: EventMeasures, user: MeasureUser): readonly Age[] {
  const { window } = metric;
  if (window === null || window === 0 || metric.kind === "mean" || metric.kind === "retention") return [];
  const length = window > 28 * DAY_MS ? 7 * DAY_MS : DAY_MS;
  const count = Math.ceil(window / length);
  const happened = metric.kind === "conversion" ? happenedIn(metric, count, length, measures, user) : null;
  return Array.from({ length: count }, (_, index) => {
    const from = index * length;
    const to = Math.min(from + length, window);
    const span = { from, to, includesEnd: to === window };
    return { from, to, variable: happened?.(index) ?? variableOf(metric, span, measures, user) };
  });
}

/** Most stretches whether something happened in which can be told by the bits of one number. */
const MOST_BITS = 60;

/** Whether an event happened in a stretch: one number per unit says it of all. */
function happenedIn(
  { input, window }: ConversionMetric,
  count: number,
  length: number,
  measures: EventMeasures,
  user: MeasureUser,
): ((index: number) => UnitVariable) | null {
  if (input.kind !== "event" || count > MOST_BITS) return null;
  const stretches: Stretches = `in ${count} stretches of ${length}`;
  const bits = column(sumName(measures.need(input, windowSpan(window), [stretches], user), stretches));
  return (index) => {
    const isIn = binary("unequal", binary("bit-and", bits, literal(1n << BigInt(index))), literal(0n));
    return zeroFilled([{ reported: isIn, value: oneWhere(isIn), isWhole: true }], true);
  };
}

function variableOf(
  metric: SummedMetric,
  span: Span,
  measures: EventMeasures,
  user: MeasureUser,
): UnitVariable {
  return madeOf(metric, (part) => {
    if (part.input.kind !== "event") throw new Error(`metric ${part.key} reads no events`);
    return valueOfEvents(part.kind, measures.need(part.input, span, SUMS[part.kind], user));
  });
}

/** The variable of a metric, from the worth of its parts. */
export function madeOf(
  metric: SummedMetric,
  worthOf: (part: Exclude<SimpleMetric, FunnelMetric>) => UnitValue,
): UnitVariable {
  const parts = partsOf(metric).filter((part) => part.kind !== "funnel" && part.kind !== "quantile");
  const values = parts.map(worthOf);
  return metric.kind === "mean" ? ofReporters(values[0]!) : zeroFilled(values, isBinary(metric.kind));
}

/** What a metric's values are capped by. */
export function winsorizeOf(metric: Metric): Extract<RowMetric, { winsorize: unknown }>["winsorize"] {
  return metric.kind === "count" || metric.kind === "sum" || metric.kind === "mean" ? metric.winsorize : null;
}
