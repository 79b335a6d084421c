import { DAY_MS } from "../model/calendar.ts";
import type { Scalar } from "../model/metric.ts";
import { type Fit, fitReaders } from "./fit.ts";
import type { Reader } from "./reader.ts";

/** What makes units act: rows of one event, or one column of a table with a row per unit. */
export interface Activity extends Fit {
  /** Names its random streams: the same whatever the effects are. */
  readonly key: string;
  readonly source: { readonly kind: "event" | "column"; readonly name: string };
  /** What every row that counts has, by column. */
  readonly where: ReadonlyMap<string, readonly Scalar[]>;
  readonly readers: readonly Reader[];
  /** Milliseconds after first exposure in which every row falls, so that it is in every reader's window. */
  readonly within: number;
}

/** Rows that no window bounds come within this time. */
const UNBOUNDED_WITHIN = 3 * DAY_MS;

/**
 * One activity for all metrics that can read the same rows: those of one event or column whose filters one
 * row can satisfy together. Readers that no row can satisfy together get activities of their own.
 */
export function activitiesOf(readers: readonly Reader[]): readonly Activity[] {
  const groups: { name: string; kind: "event" | "column"; where: Where; readers: Reader[] }[] = [];
  for (const reader of readers) {
    const { input } = reader.metric;
    const name = input.kind === "event" ? input.event : input.column;
    const own: Where = new Map(
      input.kind === "event" ? input.where.map(({ column, values }) => [column, values]) : [],
    );
    const group = groups.find(
      (other) => other.kind === input.kind && other.name === name && meet(other.where, own) !== null,
    );
    if (group === undefined) groups.push({ name, kind: input.kind, where: own, readers: [reader] });
    else {
      group.where = meet(group.where, own)!;
      group.readers.push(reader);
    }
  }
  return groups.map(({ name, kind, where, readers }, index) => ({
    key: `${kind}/${name}/${groups.slice(0, index).filter((other) => other.name === name).length}`,
    source: { kind, name },
    where,
    readers,
    within: Math.min(...readers.map(({ metric }) => metric.window ?? UNBOUNDED_WITHIN)),
    ...fitReaders(readers),
  }));
}

/** True where every row of the activity counts for the metric. */
export function isRead(activity: Activity, { metric: { input } }: Reader): boolean {
  if (input.kind !== activity.source.kind) return false;
  if (input.kind === "column") return input.column === activity.source.name;
  return (
    input.event === activity.source.name &&
    input.where.every(({ column, values }) => {
      const fixed = activity.where.get(column);
      return fixed?.every((value) => values.includes(value)) ?? false;
    })
  );
}

type Where = ReadonlyMap<string, readonly Scalar[]>;

/** What satisfies both; null where nothing does. */
function meet(a: Where, b: Where): Where | null {
  const both = new Map(a);
  for (const [column, values] of b) {
    const shared = values.filter((value) => a.get(column)?.includes(value) ?? true);
    if (shared.length === 0) return null;
    both.set(column, shared);
  }
  return both;
}
