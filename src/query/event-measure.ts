import type { EventRows } from "../model/metric.ts";
import type { Project } from "../model/project.ts";

/**
 * What is summed over a unit's events: how many there are, how many have a number, the numbers' total; or in which
 * stretches of so many milliseconds there are any, a bit for each (the last one takes what comes after it).
 */
export type EventSum = "events" | "numbers" | "total" | Stretches;
export type Stretches = `in ${number} stretches of ${number}`;

/** When an event counts, in milliseconds from the instant from which its unit is followed. */
export interface Span {
  /** Included; negative: before. */
  readonly from: number;
  /** Null: no end but that of the data. */
  readonly to: number | null;
  readonly includesEnd: boolean;
}

/** Events of one kind in one span: what several metrics of several experiments may count in common. */
export interface EventMeasure {
  /** Names its columns: `events <id>` and so on. */
  readonly id: string;
  readonly sums: ReadonlySet<EventSum>;
  readonly source: string;
  readonly rows: EventRows;
  readonly span: Span;
  /** Whose units it is about. */
  readonly owners: ReadonlySet<number>;
  /** Milliseconds after which a unit's values are first looked at. */
  readonly settled: number;
}

/** Who needs a measure. */
export interface MeasureUser {
  readonly owner: number;
  /** Milliseconds: values are looked at no earlier. */
  readonly settled: number;
}

/** Measures, each once, as they are asked for. */
export interface EventMeasures {
  /** The id of the measure. */
  need(rows: EventRows, span: Span, sums: readonly EventSum[], user: MeasureUser): string;
  list(): readonly EventMeasure[];
}

export function eventMeasures(project: Project): EventMeasures {
  const measures = new Map<string, EventMeasure>();
  return {
    need(rows, span, sums, { owner, settled }) {
      const key = JSON.stringify([rows, span]);
      const old = measures.get(key);
      const id = old?.id ?? String(measures.size);
      measures.set(key, {
        id,
        source: sourceOf(project, rows.event),
        rows,
        span,
        sums: new Set([...(old?.sums ?? []), ...sums]),
        owners: new Set([...(old?.owners ?? []), owner]),
        settled: Math.min(old?.settled ?? settled, settled),
      });
      return id;
    },
    list: () => [...measures.values()],
  };
}

/** The name of a measure's sum in the table of values. */
export function sumName(id: string, sum: EventSum): string {
  return `${sum} ${id}`;
}

/** From first exposure on, to the end of the window, both included. */
export function windowSpan(window: number | null): Span {
  return { from: 0, to: window, includesEnd: true };
}

function sourceOf(project: Project, event: string): string {
  const declaration = project.events.find(({ key }) => key === event);
  if (!declaration) throw new Error(`a metric reads the undeclared event ${event}`);
  return declaration.source;
}
