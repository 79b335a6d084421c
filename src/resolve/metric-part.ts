import { DAY_MS } from "../model/calendar.ts";
import type { EventDeclaration, EventRows, MetricInput, MetricPart, Winsorize } from "../model/metric.ts";
import type { Unit } from "../model/population.ts";
import { WHOLE } from "../model/share.ts";
import type {
  FunnelDocument,
  MetricDocument,
  RatioDocument,
  RetentionDocument,
  WinsorizeDocument,
} from "../syntax/generated/documents.ts";
import { resolveBaseline } from "./baseline.ts";
import { milliseconds } from "./duration.ts";
import { resolveEventRows } from "./event-rows.ts";
import { type Findings, refuse } from "./findings.ts";
import { metricHead } from "./metric-head.ts";
import { find, type Names } from "./names.ts";
import { INSIDE, type Range, resolveFraction } from "./percentage.ts";

/** What a metric's file may name. */
export interface MetricScope {
  readonly events: Names<EventDeclaration>;
  readonly units: Names<Unit>;
}

type PartDocument = Exclude<MetricDocument, RatioDocument>;
type InputDocument = Exclude<PartDocument, FunnelDocument | RetentionDocument>;

/** A metric of any kind but a ratio; null where a part has no meaning. */
export function resolveMetricPart(
  findings: Findings,
  key: string,
  document: PartDocument,
  scope: MetricScope,
): MetricPart | null {
  const head = metricHead(findings, key, document);
  const baseline = resolveBaseline(findings, document.baseline, ["baseline"]);
  const common = { ...head, baseline };
  switch (document.kind) {
    case "retention": {
      const input = resolveEventRows(findings, document, scope.events, []);
      const days = resolveDays(findings, document);
      if (input === null || days === null || !findings.sound) return null;
      return { kind: "retention", ...common, input, ...days, window: days.to };
    }
    case "funnel": {
      const steps = resolveSteps(findings, document, scope);
      if (!findings.sound) return null;
      return { kind: "funnel", ...common, steps, window: milliseconds(document.window) };
    }
    default: {
      const input = resolveInput(findings, document, scope);
      const own = resolveOwn(findings, document, scope);
      const window = document.window === undefined ? null : milliseconds(document.window);
      if (input === null || !findings.sound) return null;
      return { ...common, input, window, ...own };
    }
  }
}

/** What only some kinds have. */
function resolveOwn(findings: Findings, document: InputDocument, scope: MetricScope) {
  const { kind } = document;
  switch (kind) {
    case "quantile":
      return { kind, quantile: resolveFraction(findings, document.quantile, INSIDE, ["quantile"]) ?? 0 };
    case "conversion":
      return { kind, per: resolvePer(findings, document.per, scope) };
    case "count":
    case "sum": {
      const per = resolvePer(findings, document.per, scope);
      return { kind, per, winsorize: resolveWinsorize(findings, document.winsorize) };
    }
    case "mean":
      return { kind, winsorize: resolveWinsorize(findings, document.winsorize) };
  }
}

function resolvePer(findings: Findings, per: string | undefined, { units }: MetricScope): string | null {
  return per === undefined ? null : (find(findings, units, per, "unit/unknown", ["per"])?.key ?? null);
}

const UPPER_HALF: Range = {
  accepts: (parts) => parts > WHOLE / 2 && parts < WHOLE,
  expected: "more than 50% and less than 100%",
};

function resolveWinsorize(findings: Findings, document: WinsorizeDocument | undefined): Winsorize | null {
  if (document === undefined) return null;
  if (typeof document === "object") return { kind: "absolute", cap: document.absolute };
  const value = resolveFraction(findings, document, UPPER_HALF, ["winsorize"]);
  return value === null ? null : { kind: "percentile", value };
}

function resolveInput(
  findings: Findings,
  document: InputDocument,
  { events }: MetricScope,
): MetricInput | null {
  const { event } = document;
  if (event === undefined) return { kind: "column", column: document.column! };
  return resolveEventRows(findings, { ...document, event }, events, []);
}

function resolveSteps(
  findings: Findings,
  { steps }: FunnelDocument,
  { events }: MetricScope,
): readonly EventRows[] {
  return steps.flatMap((step, index) => {
    const rows =
      typeof step === "string"
        ? resolveStep(findings, step, events, index)
        : resolveEventRows(findings, step, events, ["steps", index]);
    return rows === null ? [] : [rows];
  });
}

function resolveStep(
  findings: Findings,
  step: string,
  events: Names<EventDeclaration>,
  index: number,
): EventRows | null {
  const event = find(findings, events, step, "event/unknown", ["steps", index]);
  return event && { kind: "event", event: event.key, value: null, where: [] };
}

/** Whole days after first exposure, the last included; a rolling retention goes on to its window. */
function resolveDays(
  findings: Findings,
  { day, days, rolling, window }: RetentionDocument,
): { readonly from: number; readonly to: number } | null {
  const [first = day!, last = first] = days ?? [];
  const from = first * DAY_MS;
  if (rolling && window !== undefined) {
    const to = milliseconds(window);
    if (to > from) return { from, to };
    return refuse(findings, "retention/no-time", ["window"], { window, first });
  }
  if (last >= first) return { from, to: (last + 1) * DAY_MS };
  return refuse(findings, "retention/days-order", ["days"], { first, last });
}
