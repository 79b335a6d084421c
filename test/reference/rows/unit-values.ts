import type { UnitValue } from "./exact-moments.ts";
import { type Fraction, fractionOf, ONE, over, sumOf, ZERO } from "./fraction.ts";
import type { EventRow, MetricBody, Selection, SimpleBody } from "./world.ts";

/** A span of instants; `to` belongs to it unless `isOpen`. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly isOpen: boolean;
}

/** Section A.3. `events` are the unit's own. Null: the unit has no part in the metric. */
export function unitValue(body: MetricBody, events: readonly EventRow[], span: Span): UnitValue | null {
  if (body.kind === "ratio") {
    const [above, below] = [body.numerator, body.denominator].map(
      (part) => simpleValue(part, events, span) ?? NOTHING,
    ) as [Single, Single];
    return { values: [above.value, below.value], sizes: [above.size, below.size] };
  }
  if (body.kind === "quantile") throw new Error("a quantile is of events, not of units");
  const single =
    body.kind === "funnel"
      ? yesOrNo(reachesLast(body.steps, events, span))
      : body.kind === "retention"
        ? yesOrNo(selected(body.on, events, span).length > 0)
        : simpleValue(body, events, span);
  return single && { values: [single.value], sizes: [single.size] };
}

interface Single {
  readonly value: Fraction;
  readonly size: number;
}

const NOTHING: Single = { value: ZERO, size: 0 };

function simpleValue(body: SimpleBody, events: readonly EventRow[], span: Span): Single | null {
  const rows = selected(body.on, events, span);
  if (body.kind === "conversion") return yesOrNo(rows.length > 0);
  if (body.kind === "count") return { value: fractionOf(rows.length), size: rows.length };
  const amounts = amountsOf(rows);
  const sum = sumOf(amounts.map(fractionOf));
  const size = amounts.reduce((total, amount) => total + Math.abs(amount), 0);
  if (body.kind === "sum") return { value: sum, size };
  return amounts.length === 0
    ? null
    : { value: over(sum, fractionOf(amounts.length)), size: size / amounts.length };
}

/** The numbers among the values; what is none, is left out of sums and means. */
export function amountsOf(rows: readonly EventRow[]): readonly number[] {
  return rows.flatMap(({ amount }) => (amount !== null && Number.isFinite(amount) ? [amount] : []));
}

export function selected(
  { event, kinds, refunded }: Selection,
  events: readonly EventRow[],
  span: Span,
): readonly EventRow[] {
  return events.filter(
    (row) =>
      row.event === event &&
      (kinds === null || (row.kind !== null && kinds.includes(row.kind))) &&
      (refunded === null || row.refunded === refunded) &&
      row.at >= span.from &&
      (span.isOpen ? row.at < span.to : row.at <= span.to),
  );
}

/**
 * Whether the steps can be taken in their order: none before the one before it, and each later than an earlier step
 * of the same event, because one event logged twice is one event. Tries every row.
 */
function reachesLast(steps: readonly Selection[], events: readonly EventRow[], span: Span): boolean {
  const canGoOn = (taken: readonly number[]): boolean => {
    const step = steps[taken.length];
    if (!step) return true;
    const from = taken.at(-1) ?? span.from;
    const same = taken.filter((_, index) => steps[index]!.event === step.event).at(-1) ?? -Infinity;
    return selected(step, events, { ...span, from }).some(({ at }) => at > same && canGoOn([...taken, at]));
  };
  return canGoOn([]);
}

function yesOrNo(is: boolean): Single {
  return { value: is ? ONE : ZERO, size: 1 };
}
