import type { Experiment } from "../model/experiment.ts";
import type { Metric, MetricInput } from "../model/metric.ts";
import { formatShare } from "../model/share.ts";
import type { Condition, Json, ParameterOperator, PlanOutHash } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Mapping } from "./field-weight.ts";
import { normalCondition } from "./normal-condition.ts";
import {
  writtenBaseline,
  writtenDays,
  writtenDuration,
  writtenEffect,
  writtenFraction,
  writtenWinsorize,
} from "./written-values.ts";

/**
 * A resolved experiment under the keys of its YAML, with all that its files, metrics, audiences and the
 * project's defaults make of it. Where order means nothing, lists are sorted, or are mappings by key. A mapping
 * with a `key` names another thing when its `key` differs.
 */
export function writtenExperiment(experiment: Experiment): Mapping {
  const { unit, layer, primary, guardrails, analysis, planning } = experiment;
  return {
    name: experiment.name,
    description: experiment.description,
    tags: sorted(experiment.tags),
    owner: experiment.owner,
    hypothesis: experiment.hypothesis,
    status: experiment.status,
    archived: experiment.archived,
    iteration: experiment.iteration,
    start: experiment.start,
    end: experiment.end,
    removeBy: experiment.removeBy,
    runsOn: experiment.runsOn,
    unit: { key: unit.key, id: unit.id },
    layer: layer && { key: layer.layer.key, from: formatShare(layer.from), to: formatShare(layer.to) },
    rollout: formatShare(experiment.rollout),
    audience: experiment.audience && (normalCondition(experiment.audience) as Json),
    overrides: experiment.overrides.map(({ variant, when }) => ({ variant, when: normal(when) })),
    exposure:
      experiment.exposure.kind === "event" ? { event: experiment.exposure.event } : experiment.exposure.kind,
    ...writtenDraw(experiment),
    control: experiment.control,
    default: experiment.default,
    metrics: {
      primary: { ...written(primary.metric), goal: primary.goal, margin: writtenEffect(primary.margin) },
      secondary: Object.fromEntries(experiment.secondary.map((metric) => [metric.key, written(metric)])),
      guardrails: Object.fromEntries(
        guardrails.map(({ metric, margin }) => [
          metric.key,
          { ...written(metric), margin: writtenEffect(margin) },
        ]),
      ),
    },
    mde: writtenEffect(experiment.mde),
    planning: { newPerDay: planning.newPerDay, baseline: writtenBaseline(planning.baseline) },
    analysis: {
      alpha: writtenFraction(analysis.alpha),
      power: writtenFraction(analysis.power),
      method: analysis.method,
      cuped: writtenDuration(analysis.cuped) ?? "off",
      breakdowns: sorted(analysis.breakdowns),
      trigger: analysis.trigger && writtenInput(analysis.trigger),
      effects: analysis.effects ?? null,
      dose: analysis.dose ?? null,
      minDays: analysis.minDays,
      maxDays: analysis.maxDays,
    },
    decision: experiment.decision && { ...experiment.decision },
  };
}

/** What the cells of parameters are follows from their operators. */
function writtenDraw({ draw, variants }: Experiment): Mapping {
  if (draw.kind === "parameters")
    return {
      parameters: Object.fromEntries(
        draw.parameters.map(({ name, operator, planout }) => {
          return [name, { [operator.kind]: writtenOperator(operator), hash: writtenHash(planout) }];
        }),
      ),
    };
  const written = variants.map(({ key, share, ...rest }) => [key, { weight: formatShare(share), ...rest }]);
  return {
    assign: draw.operator,
    hash: writtenHash(draw.planout),
    order: draw.planout && draw.operator !== "bernoulliTrial" ? draw.planout.order : null,
    variants: Object.fromEntries(written),
  };
}

function writtenOperator(operator: ParameterOperator): Json {
  switch (operator.kind) {
    case "uniformChoice":
      return operator.choices;
    case "weightedChoice":
      return operator.choices.map((value, index) => ({
        value,
        weight: formatShare(operator.weights[index]!),
      }));
    case "bernoulliTrial":
      return formatShare(operator.share);
    default:
      return { min: operator.min, max: operator.max };
  }
}

function writtenHash(planout: PlanOutHash | null): Json {
  return planout && { planout: { salt: planout.base, units: planout.units } };
}

function written(metric: Metric): Mapping {
  const { name, description } = metric;
  return { ...definition(metric), name, description, baseline: writtenBaseline(metric.baseline) };
}

function definition(metric: Metric): Mapping {
  const { key, kind, better, per } = metric;
  const common = { key, kind, better, per };
  const window = writtenDuration(metric.window);
  switch (metric.kind) {
    case "ratio": {
      const { denominator, numerator } = metric;
      return { ...common, window, numerator: definition(numerator), denominator: definition(denominator) };
    }
    case "funnel":
      return { ...common, window, steps: metric.steps.map(writtenInput) };
    case "retention":
      return { ...common, ...writtenDays(metric), ...writtenInput(metric.input) };
    case "quantile":
      return { ...common, window, quantile: writtenFraction(metric.quantile), ...writtenInput(metric.input) };
    case "conversion":
      return { ...common, window, ...writtenInput(metric.input) };
    default:
      return {
        ...common,
        window,
        winsorize: writtenWinsorize(metric.winsorize),
        ...writtenInput(metric.input),
      };
  }
}

function writtenInput(input: MetricInput): Mapping {
  if (input.kind === "column") return { column: input.column };
  const filters = input.where.map(({ column, values }): [string, Json] => [column, sorted(values)]);
  return { event: input.event, value: input.value, where: Object.fromEntries(filters) };
}

function normal(condition: Condition): Json {
  return normalCondition(condition) as Json;
}

function sorted(values: readonly Json[]): readonly Json[] {
  return [...values].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}
