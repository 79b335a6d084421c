import type { Experiment, Variant } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import { WHOLE } from "../model/share.ts";
import type { Price } from "./change-plan.ts";
import { planExperiment } from "./make-plan.ts";
import { unitsToExpose } from "./metric-size.ts";
import type { ExperimentPlan } from "./plan.ts";

/** What guardrails and variants beyond two cost: the run without them. None for an experiment that has none. */
export function pricesOf(experiment: Experiment, project: Project): readonly Price[] {
  const prices: Price[] = [];
  if (experiment.guardrails.length > 0) {
    const without = experiment.guardrails.map(({ metric }) => metric.key);
    prices.push(priceOf("guardrails", without, { ...experiment, guardrails: [] }, project));
  }
  const [control, ...others] = experiment.variants;
  if (control !== undefined && others.length > 1) {
    const kept = others.reduce((largest, variant) => (variant.share > largest.share ? variant : largest));
    const without = others.filter((variant) => variant !== kept).map(({ key }) => key);
    const analysis = { ...experiment.analysis, effects: "cells" } as const;
    const two = { ...experiment, analysis, variants: scaled(control, kept) };
    prices.push(priceOf("variants", without, two, project));
  }
  return prices;
}

/** Units that the planned run exposes in all; null without a planned run. */
export function totalUnits({ variants }: Experiment, { sizes, binding }: ExperimentPlan): number | null {
  const size = sizes.find(({ metric }) => metric === binding);
  return size?.unitsPerVariant ? Math.ceil(unitsToExpose(size.unitsPerVariant, variants)) : null;
}

function priceOf(
  part: Price["part"],
  without: readonly string[],
  experiment: Experiment,
  project: Project,
): Price {
  const plan = planExperiment(experiment, project);
  return { part, without, units: totalUnits(experiment, plan), days: plan.days };
}

/** Two variants that share the whole as they shared their part of it. */
function scaled(control: Variant, other: Variant): readonly Variant[] {
  const share = Math.round((control.share * WHOLE) / (control.share + other.share));
  return [
    { ...control, share },
    { ...other, share: WHOLE - share },
  ];
}
