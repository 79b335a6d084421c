import type { Decision, Experiment } from "../model/experiment.ts";
import type { EventDeclaration, Metric } from "../model/metric.ts";
import type { Attribute, Layer, Unit } from "../model/population.ts";
import { WHOLE } from "../model/share.ts";
import type { ExperimentDeclaration } from "../syntax/declaration.ts";
import type { EffectDocument, ExperimentDocument } from "../syntax/generated/documents.ts";
import type { Condition } from "./all-of.ts";
import { resolveAnalysis } from "./analysis.ts";
import { resolveBaseline } from "./baseline.ts";
import { type ConditionScope, resolveCondition } from "./condition.ts";
import { resolveDay } from "./day.ts";
import { resolveEffect } from "./effect.ts";
import { resolveEventRows } from "./event-rows.ts";
import type { Findings } from "./findings.ts";
import { resolveMeasured } from "./measured.ts";
import { resolveMetricRoles } from "./metric-roles.ts";
import { find, type Names } from "./names.ts";
import { resolveParameters } from "./parameters.ts";
import { partsPerMillion } from "./percentage.ts";
import { resolveVariants } from "./variants.ts";

/** All that an experiment's file may name or inherit. */
export interface ExperimentScope {
  readonly units: Names<Unit>;
  readonly attributes: Names<Attribute>;
  readonly timezone: string;
  readonly layers: Names<Layer>;
  readonly events: Names<EventDeclaration>;
  readonly metrics: Names<Metric>;
  readonly audience: ConditionScope["audience"];
  readonly analysis: Experiment["analysis"];
  readonly mde: EffectDocument | undefined;
}

/** An experiment with its names resolved; null where a part has no meaning. */
export function resolveExperiment(
  findings: Findings,
  { key, file, archived, document, variantOrder }: ExperimentDeclaration,
  scope: ExperimentScope,
): Experiment | null {
  const unit = find(findings, scope.units, document.unit, "unit/unknown", ["unit"]);
  const hashScope = { key, unit, units: scope.units, attributes: scope.attributes };
  const allocation =
    document.variants === undefined
      ? resolveParameters(findings, document, document.parameters ?? {}, hashScope)
      : resolveVariants(
          findings,
          document,
          document.variants,
          variantOrder ?? Object.keys(document.variants),
          hashScope,
        );
  const roles = resolveMetricRoles(findings, document.metrics, scope.metrics);
  const mde = document.mde ?? scope.mde;
  const parts = {
    name: document.name,
    description: document.description ?? null,
    tags: [...(document.tags ?? [])],
    owner: document.owner ?? null,
    hypothesis: document.hypothesis ?? null,
    status: document.status,
    iteration: document.iteration ?? 1,
    start: resolveDay(findings, document.start, ["start"]),
    end: resolveDay(findings, document.end, ["end"]),
    removeBy: resolveDay(findings, document.removeBy, ["removeBy"]),
    runsOn: document.runsOn ?? "browser",
    layer: resolveLayer(findings, document.layer, scope),
    rollout: document.rollout === undefined ? WHOLE : partsPerMillion(document.rollout),
    audience:
      document.audience === undefined
        ? null
        : resolveCondition(findings, document.audience, scope, ["audience"]),
    overrides: resolveOverrides(findings, document.overrides, scope),
    exposure: resolveExposure(findings, document.exposure, scope),
    mde:
      mde === undefined || roles === null
        ? null
        : resolveEffect(findings, mde, roles.primary.metric, ["mde"]),
    planning: {
      ...resolveVolume(findings, document.planning, unit),
      baseline: resolveBaseline(findings, document.planning?.baseline, ["planning", "baseline"]),
    },
    analysis: {
      ...resolveAnalysis(findings, document.analysis, scope.analysis, scope.attributes, ["analysis"]),
      trigger: resolveTrigger(findings, document.analysis?.trigger, scope),
      ...(document.analysis?.effects && { effects: document.analysis.effects }),
      ...(document.analysis?.dose && { dose: document.analysis.dose }),
    },
    decision: resolveDecision(findings, document.decision),
  } satisfies Partial<Experiment>;
  if (!findings.sound || unit === null || allocation === null || roles === null) return null;
  return { kind: "experiment", key, file, archived, unit, ...parts, ...allocation, ...roles };
}

/** The experiment's own, or the unit's. */
function resolveVolume(
  findings: Findings,
  planning: ExperimentDocument["planning"],
  unit: Unit | null,
): Pick<Experiment["planning"], "newPerDay" | "measured"> {
  if (planning?.newPerDay === undefined)
    return { newPerDay: unit?.newPerDay ?? null, ...(unit?.measured && { measured: unit.measured }) };
  const measured = resolveMeasured(findings, planning.measured, ["planning", "measured"]);
  return { newPerDay: planning.newPerDay, ...measured };
}

function resolveLayer(
  findings: Findings,
  document: ExperimentDocument["layer"],
  { layers }: ExperimentScope,
): Experiment["layer"] {
  if (document === undefined) return null;
  const layer = find(findings, layers, document.name, "layer/unknown", ["layer", "name"]);
  return layer && { layer, from: partsPerMillion(document.from), to: partsPerMillion(document.to) };
}

function resolveOverrides(
  findings: Findings,
  documents: ExperimentDocument["overrides"] = [],
  scope: ExperimentScope,
): Experiment["overrides"] {
  return documents
    .map(({ variant, when }, index) => ({
      variant,
      when: resolveCondition(findings, when, scope, ["overrides", index, "when"]),
    }))
    .filter((override): override is { variant: string; when: Condition } => override.when !== null);
}

function resolveExposure(
  findings: Findings,
  document: ExperimentDocument["exposure"] = "assignment",
  { events }: ExperimentScope,
): Experiment["exposure"] {
  if (typeof document === "string") return { kind: document };
  find(findings, events, document.event, "event/unknown", ["exposure", "event"]);
  return { kind: "event", event: document.event };
}

function resolveTrigger(
  findings: Findings,
  document: NonNullable<ExperimentDocument["analysis"]>["trigger"],
  { events }: ExperimentScope,
): Experiment["analysis"]["trigger"] {
  if (document === undefined) return null;
  return resolveEventRows(findings, document, events, ["analysis", "trigger"]);
}

function resolveDecision(findings: Findings, document: ExperimentDocument["decision"]): Decision | null {
  if (document === undefined) return null;
  const date = resolveDay(findings, document.date, ["decision", "date"]);
  const { iteration, spec, asOf } = document.evidence;
  resolveDay(findings, asOf.slice(0, 10), ["decision", "evidence", "asOf"]);
  if (date === null) return null;
  return {
    ship: document.ship,
    date,
    by: document.by,
    verdict: document.verdict,
    why: document.why ?? null,
    evidence: { iteration, spec, asOf },
  };
}
