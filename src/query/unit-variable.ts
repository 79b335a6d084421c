import { partsOf } from "../model/experiment-metrics.ts";
import type { Metric, SimpleMetric } from "../model/metric.ts";
import { any, binary, cast, choose, column, isNull, literal, not } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import type { EventSum } from "./event-measure.ts";

/** What a metric is worth for one unit, over a table with one row per unit that has anything to report. */
export interface UnitVariable {
  readonly metric: Metric;
  /** Whether the unit has a value of its own. */
  readonly reported: Expression;
  /** Doubles; one for simple metrics, numerator then denominator for a ratio. */
  readonly values: readonly Expression[];
  /** Every value is 0 or 1. */
  readonly isBinary: boolean;
  /** What a unit that reports nothing is: a zero, or no part of the metric. */
  readonly silent: "zero" | "absent";
}

/** A simple metric's worth for one unit. */
export interface UnitValue {
  readonly reported: Expression;
  readonly value: Expression;
}

/**
 * The metric in terms of its simple metrics. In a ratio, a unit that reports neither part is (0, 0), and one
 * that reports one part has 0 in the other.
 */
export function unitVariable(metric: Metric, worthOf: (part: SimpleMetric) => UnitValue): UnitVariable {
  const parts = partsOf(metric).map(worthOf);
  const reported = any(parts.map((part) => part.reported));
  const values =
    parts.length === 1
      ? parts.map(({ value }) => value)
      : parts.map((part) => choose([[part.reported, part.value]], cast(literal(0n), "double")));
  return {
    metric,
    reported,
    values,
    isBinary: metric.kind === "conversion",
    silent: metric.kind === "mean" ? "absent" : "zero",
  };
}

/** From the sums over a unit's events that its kind needs. A total of no numbers is NULL. */
export function valueOfEvents(metric: SimpleMetric, columnOf: (sum: EventSum) => Expression): UnitValue {
  switch (metric.kind) {
    case "conversion": {
      const happened = binary("more", columnOf("events"), literal(0n));
      return { reported: happened, value: oneWhere(happened) };
    }
    case "count":
      return {
        reported: binary("more", columnOf("events"), literal(0n)),
        value: cast(columnOf("events"), "double"),
      };
    case "sum":
      return { reported: not(isNull(columnOf("total"))), value: columnOf("total") };
    case "mean":
      return {
        reported: binary("more", columnOf("numbers"), literal(0n)),
        value: binary("divided-by", columnOf("total"), columnOf("numbers")),
      };
  }
}

/** From a column that is already one number per unit; a conversion is any number above 0. */
export function valueOfColumn(metric: SimpleMetric, name: string): UnitValue {
  const reported = not(isNull(column(name)));
  return metric.kind === "conversion"
    ? { reported, value: oneWhere(binary("more", column(name), cast(literal(0n), "double"))) }
    : { reported, value: column(name) };
}

function oneWhere(condition: Expression): Expression {
  return choose([[condition, cast(literal(1n), "double")]], cast(literal(0n), "double"));
}
