import type { SimpleMetric } from "../model/metric.ts";
import { binary, call, cast, choose, column, isNull, literal, not, parameter } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import { type EventSum, sumName } from "./event-measure.ts";

/** What a metric is worth for one unit, over a table with one row per unit that has anything to report. */
export interface UnitVariable {
  /** Whether the unit has a value of its own; null: every row has. */
  readonly reported: Expression | null;
  /** Doubles; one for simple metrics, numerator then denominator for a ratio. */
  readonly values: readonly Expression[];
  /** Every value is 0 or 1. */
  readonly isBinary: boolean;
  /** Which of the values are whole numbers; absent: none is known to be. */
  readonly areWhole?: readonly boolean[];
  /** The values of a unit that has no row; null: it is no part of the metric. */
  readonly silent: readonly number[] | null;
}

/** A simple metric's worth for one unit. */
export interface UnitValue {
  readonly reported: Expression;
  readonly value: Expression;
  readonly isWhole: boolean;
}

/** A variable that is 0 for units that report nothing; of several values, each 0 by itself. */
export function zeroFilled(parts: readonly UnitValue[], isBinary = false): UnitVariable {
  return {
    reported: null,
    values: parts.map(({ value }) => call("coalesce", value, cast(literal(0n), "double"))),
    isBinary,
    areWhole: parts.map(({ isWhole }) => isWhole),
    silent: parts.map(() => 0),
  };
}

/** A variable that only the units have that report something. */
export function ofReporters({ reported, value, isWhole }: UnitValue): UnitVariable {
  return { reported, values: [value], isBinary: false, areWhole: [isWhole], silent: null };
}

/** The variable with larger values moved to a cap. */
export function cappedAt(variable: UnitVariable, cap: number): UnitVariable {
  return {
    ...variable,
    values: variable.values.map((value) => choose([[isAbove(value, cap), parameter(cap)]], value)),
    ...(variable.areWhole && { areWhole: variable.areWhole.map((is) => is && Number.isInteger(cap)) }),
    silent: variable.silent?.map((value) => Math.min(value, cap)) ?? null,
  };
}

/** Two variables of the same units as one; neither is of reporting units only. */
export function beside(left: UnitVariable, right: UnitVariable): UnitVariable {
  return {
    reported: null,
    values: [...left.values, ...right.values],
    isBinary: false,
    areWhole: [left, right].flatMap(({ values, areWhole }) => areWhole ?? values.map(() => false)),
    silent: [...left.silent!, ...right.silent!],
  };
}

export function isAbove(value: Expression, cap: number): Expression {
  return binary("more", value, parameter(cap));
}

/** From the sums over a unit's events that its kind needs: what `SUMS` says. A total of no numbers is NULL. */
export function valueOfEvents(kind: SimpleMetric["kind"], measure: string): UnitValue {
  const sum = (which: EventSum) => column(sumName(measure, which));
  switch (kind) {
    case "conversion":
    case "retention":
    case "funnel": {
      const happened = isPositive(sum("events"));
      return { reported: happened, value: oneWhere(happened), isWhole: true };
    }
    case "count":
      return { reported: isPositive(sum("events")), value: cast(sum("events"), "double"), isWhole: true };
    case "sum":
      return { reported: not(isNull(sum("total"))), value: sum("total"), isWhole: false };
    case "mean":
      return {
        reported: isPositive(sum("numbers")),
        value: binary("divided-by", sum("total"), sum("numbers")),
        isWhole: false,
      };
  }
}

/** What each kind needs of its measure. */
export const SUMS: Readonly<Record<SimpleMetric["kind"], readonly EventSum[]>> = {
  conversion: ["events"],
  retention: ["events"],
  funnel: ["events"],
  count: ["events"],
  sum: ["total"],
  mean: ["numbers", "total"],
};

/** From a column that is already one number per unit; a conversion is any number above 0. */
export function valueOfColumn(kind: SimpleMetric["kind"], name: string): UnitValue {
  const reported = not(isNull(column(name)));
  return kind === "conversion"
    ? { reported, value: oneWhere(binary("more", column(name), cast(literal(0n), "double"))), isWhole: true }
    : { reported, value: column(name), isWhole: false };
}

/** 1 where the condition holds, else 0, as doubles. */
export function oneWhere(condition: Expression): Expression {
  return choose([[condition, cast(literal(1n), "double")]], cast(literal(0n), "double"));
}

function isPositive(count: Expression): Expression {
  return binary("more", count, literal(0n));
}
