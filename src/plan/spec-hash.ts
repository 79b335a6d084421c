import { hash } from "node:crypto";
import type { Effect } from "../model/effect.ts";
import type { Draw, Experiment } from "../model/experiment.ts";
import type { Filter, Metric, MetricInput } from "../model/metric.ts";
import type { Condition, Json } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";
import { normalCondition } from "./normal-condition.ts";

/** What many experiments have in common, in canonical JSON, found out once. */
export interface KnownSpecs {
  readonly audiences: Map<Condition, string>;
  /** The members of `sharedParts`, by all that they are made of. */
  readonly shared: Map<string, readonly string[]>;
}

/**
 * SHA-256, hex, of the canonical JSON of an experiment's `frozenSpec`.
 *
 * @param known Of experiments of one project; `needs` tells apart those whose `sharedParts` differ.
 */
export function specHash(
  experiment: Experiment,
  known: (KnownSpecs & { readonly needs: string }) | null = null,
): string {
  const { audience, ...own } = ownParts(experiment);
  const shared = known?.shared.get(known.needs) ?? membersOf(sharedParts(experiment));
  known?.shared.set(known.needs, shared);
  const text =
    audience === null ? "null" : (known?.audiences.get(audience) ?? canonicalJson(normalForm(audience)));
  if (audience !== null) known?.audiences.set(audience, text);
  const members = [...membersOf(own), ...shared, `"audience":${text}`].sort();
  return hash("sha256", `{${members.join(",")}}`);
}

/** Of letters alone, so that whole members are in the order of their names. */
function membersOf(parts: { readonly [name: string]: Json }): readonly string[] {
  return Object.entries(parts).map(([name, value]) => `"${name}":${canonicalJson(value)}`);
}

/**
 * What must not change while an experiment runs, resolved: who meets which variant, and how that is judged.
 * Where the files' order means nothing, it is sorted away. Rollout, dates, prose, owner, baselines and
 * volumes stay out: they may change.
 */
export function frozenSpec(experiment: Experiment): Json {
  const own = ownParts(experiment);
  return { ...sharedParts(experiment), ...own, audience: own.audience && normalForm(own.audience) };
}

function normalForm(condition: Condition): Json {
  return normalCondition(condition) as Json;
}

/** What is hardly ever the same in two experiments, and the audience as it is. */
function ownParts(
  experiment: Experiment,
): { readonly audience: Condition | null } & { readonly [name: string]: Json } {
  const { key, iteration, audience, variants, exposure } = experiment;
  return {
    key,
    iteration,
    audience,
    variants: variants.map(({ key, params, share }) => ({ key, params, share })),
    exposure: { ...exposure },
  };
}

function sharedParts(experiment: Experiment): { readonly [name: string]: Json } {
  const { unit, layer, primary, secondary, guardrails, analysis } = experiment;
  return {
    unit: { key: unit.key, id: unit.id },
    layer: layer && { key: layer.layer.key, from: layer.from, to: layer.to },
    ...frozenDraw(experiment.draw),
    control: experiment.control,
    primary: { ...definition(primary.metric), goal: primary.goal, margin: effect(primary.margin) },
    secondary: sorted(secondary.map(definition)),
    guardrails: sorted(
      guardrails.map(({ metric, margin }) => ({ ...definition(metric), margin: effect(margin) })),
    ),
    mde: effect(experiment.mde),
    analysis: {
      ...(analysis.cuped !== null && { cuped: analysis.cuped }),
      ...(analysis.trigger && { trigger: input(analysis.trigger) }),
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

/** What a kind has of its own is there only where it is: the hash of a plan on record stays what it was. */
function definition(metric: Metric): { readonly [key: string]: Json } {
  const { key, kind, better, window, per } = metric;
  const common = { key, kind, better, window, ...(per !== null && { per }) };
  switch (metric.kind) {
    case "ratio": {
      const { denominator, numerator } = metric;
      return { ...common, numerator: definition(numerator), denominator: definition(denominator) };
    }
    case "funnel":
      return { ...common, steps: metric.steps.map(input) };
    case "retention":
      return { ...common, input: input(metric.input), from: metric.from, to: metric.to };
    case "quantile":
      return { ...common, input: input(metric.input), quantile: metric.quantile };
    case "conversion":
      return { ...common, input: input(metric.input) };
    default: {
      const { winsorize } = metric;
      return { ...common, input: input(metric.input), ...(winsorize && { winsorize: { ...winsorize } }) };
    }
  }
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
