import { partsOf } from "../model/experiment-metrics.ts";
import type { Metric, SimpleMetric } from "../model/metric.ts";
import type { Project } from "../model/project.ts";

/** What is summed over a unit's events: how many there are, how many have a number, the numbers' total. */
export type EventSum = "events" | "numbers" | "total";

/** Events of one kind in one window: what several metrics may count in common. */
export interface EventMeasure {
  /** Names its columns: `events <id>` and so on. */
  readonly id: string;
  readonly sums: ReadonlySet<EventSum>;
  readonly source: string;
  readonly input: Extract<SimpleMetric["input"], { readonly kind: "event" }>;
  /** Milliseconds from first exposure; null: no end. */
  readonly window: number | null;
}

/** The measures that metrics need, each once, and which of them belongs to which part of which metric. */
export function eventMeasures(
  project: Project,
  metrics: readonly Metric[],
): {
  readonly measures: readonly EventMeasure[];
  measureOf(metric: Metric, part: SimpleMetric): EventMeasure;
} {
  const measures = new Map<string, EventMeasure>();
  for (const metric of metrics) {
    for (const part of partsOf(metric)) {
      const key = keyOf(metric, part);
      if (part.input.kind !== "event") continue;
      const old = measures.get(key);
      measures.set(key, {
        id: old?.id ?? String(measures.size),
        source: sourceOf(project, part.input.event),
        input: part.input,
        window: metric.window,
        sums: new Set([...(old?.sums ?? []), ...SUMS[part.kind]]),
      });
    }
  }
  return {
    measures: [...measures.values()],
    measureOf(metric, part) {
      const measure = measures.get(keyOf(metric, part));
      if (!measure) throw new Error(`metric ${part.key} reads no events`);
      return measure;
    },
  };
}

const SUMS: Readonly<Record<SimpleMetric["kind"], readonly EventSum[]>> = {
  conversion: ["events"],
  count: ["events"],
  sum: ["total"],
  mean: ["numbers", "total"],
};

function sourceOf(project: Project, event: string): string {
  const declaration = project.events.find(({ key }) => key === event);
  if (!declaration) throw new Error(`a metric reads the undeclared event ${event}`);
  return declaration.source;
}

/** A ratio's window is that of both its parts. */
function keyOf(metric: Metric, part: SimpleMetric): string {
  return JSON.stringify([part.input, metric.window]);
}
