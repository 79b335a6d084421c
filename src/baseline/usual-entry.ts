import type { Entry } from "../model/entry.ts";
import type { Metric } from "../model/metric.ts";
import { lookBack } from "../plan/look-back.ts";
import { type EntryScope, entrySources } from "../query/entry-rows.ts";
import { type FindSpan, RECENT_MS, readUntil } from "./measure-span.ts";
import type { BaselineRequest } from "./measured-quantities.ts";

/** Exposures where there are recent ones: who is exposed is not picked by what it did. */
export async function usualEntry(
  { entry, project, period }: BaselineRequest,
  metric: Metric,
  scope: EntryScope,
  find: FindSpan,
): Promise<Entry> {
  if (entry !== null) return { kind: "event", event: entry };
  const exposures: Entry = { kind: "exposures", audience: null };
  const anyRow: Entry = { kind: "any-row" };
  if (!scope.sources.timed) return entrySources(scope, exposures).length > 0 ? exposures : anyRow;
  const exposed = await find(scope, exposures);
  const until = readUntil(scope, metric);
  if (exposed === null || until === null || exposed.last < until - RECENT_MS) return anyRow;
  return lookBack(exposed, { window: metric.window, until }, project.timezone, period) ? exposures : anyRow;
}
