import { createHash } from "node:crypto";
import type { Effect } from "../model/effect.ts";
import type { Draw, Experiment } from "../model/experiment.ts";
import type { Filter, Metric, MetricInput } from "../model/metric.ts";
import type { Condition, Json } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";
import { normalCondition } from "./normal-condition.ts";

/**
 * SHA-256, hex, of the canonical JSON of an experiment's `frozenSpec`.
 *
 * @param known Audiences in canonical JSON: many experiments have the same.
 */
export function specHash(experiment: Experiment, known: Map<Condition, string> = new Map()): string {
  const { audience, ...spec } = frozenParts(experiment);
  const members = Object.entries(spec).map(([name, value]) => [name, canonicalJson(value)] as const);
  const text = audience === null ? "null" : (known.get(audience) ?? canonicalJson(normalForm(audience)));
  if (audience !== null) known.set(audience, text);
  const sorted = [...members, ["audience", text] as const].sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = `{${sorted.map(([name, value]) => `"${name}":${value}`).join(",")}}`;
  return createHash("sha256").update(canonical).digest("hex");
}

/**
 * What must not change while an experiment runs, resolved: who meets which variant, and how that is judged.
 * Where the files' order means nothing, it is sorted away. Rollout, dates, prose, owner, baselines and
 * volumes stay out: they may change.
 */
export function frozenSpec(experiment: Experiment): Json {
  const spec = frozenParts(experiment);
  return { ...spec, audience: spec.audience && normalForm(spec.audience) };
}

function normalForm(condition: Condition): Json {
  return normalCondition(condition) as Json;
}

/** The spec, its audience as it is. */
function frozenParts(
  experiment: Experiment,
): { readonly audience: Condition | null } & { readonly [name: string]: Json } {
  const { key, iteration, unit, layer, audience, primary, secondary, guardrails, analysis } = experiment;
  return {
    key,
    iteration,
    unit: { key: unit.key, id: unit.id },
    layer: layer && { key: layer.layer.key, from: layer.from, to: layer.to },
    audience,
    ...frozenDraw(experiment.draw),
    control: experiment.control,
    variants: experiment.variants.map((variant) => ({
      key: variant.key,
      share: variant.share,
      params: variant.params,
    })),
    exposure: { ...experiment.exposure },
    primary: { ...definition(primary.metric), goal: primary.goal, margin: effect(primary.margin) },
    secondary: sorted(secondary.map(definition)),
    guardrails: sorted(
      guardrails.map(({ metric, margin }) => ({ ...definition(metric), margin: effect(margin) })),
    ),
    mde: effect(experiment.mde),
    analysis: {
      alpha: analysis.alpha,
      power: analysis.power,
      method: analysis.method,
      ...(analysis.effects && { effects: analysis.effects }),
      ...(analysis.dose !== undefined && { dose: analysis.dose }),
    },
  };
}

/** PlanOut counts the variants in the order of the file. */
function frozenDraw(draw: Draw): { readonly [key: string]: Json } {
  if (draw.kind === "variants")
    return { operator: draw.operator, ...(draw.planout && { hash: { ...draw.planout } }) };
  return {
    parameters: draw.parameters.map(({ name, operator, planout }) => ({
      name,
      operator: { ...operator },
      hash: planout && { ...planout },
    })),
  };
}

function definition(metric: Metric): { readonly [key: string]: Json } {
  const { key, kind, better, window } = metric;
  return metric.kind === "ratio"
    ? {
        key,
        kind,
        better,
        window,
        numerator: definition(metric.numerator),
        denominator: definition(metric.denominator),
      }
    : { key, kind, better, window, input: input(metric.input) };
}

function input(read: MetricInput): Json {
  if (read.kind === "column") return { kind: read.kind, column: read.column };
  return { kind: read.kind, event: read.event, value: read.value, where: sorted(read.where.map(filter)) };
}

function filter({ column, values }: Filter): Json {
  return { column, values: sorted(values) };
}

function effect(stated: Effect | null): Json {
  return stated && { kind: stated.kind, value: stated.value };
}

function sorted(values: readonly Json[]): readonly Json[] {
  return values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value);
}
