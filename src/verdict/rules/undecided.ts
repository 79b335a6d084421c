import { effectFinding, type Finding } from "../finding.ts";
import type { Treatment, Trial } from "../trial.ts";
import { findContradiction } from "./winning.ts";

/** What is left when nothing else decides: a win that is not believed, an effect too small to matter, or too little data. */
export function findUndecided(trial: Trial): readonly Finding[] {
  const { treatments } = trial;
  const contradiction = findContradiction(trial);
  if (contradiction.length > 0) return contradiction;
  const barred = treatments.filter(({ wins, bars }) => wins && bars.length > 0);
  if (barred.length > 0) return barred.flatMap((treatment) => barFindings(trial, treatment));
  const open = treatments.filter(
    ({ comparison, harmful }) => !harmful && !comparison.equivalence?.established,
  );
  if (open.length > 0) return open.map((treatment) => underpowered(trial, treatment));
  return treatments.map((treatment) =>
    treatment.harmful
      ? effectFinding("significantly-harmful", trial.primary, treatment.comparison)
      : noMeaningfulEffect(trial, treatment),
  );
}

function noMeaningfulEffect(
  { primary }: Trial,
  { variant, comparison: { equivalence } }: Treatment,
): Finding {
  return {
    code: "no-meaningful-effect",
    metric: primary.metric,
    variant,
    scale: equivalence?.mde.kind ?? null,
    mde: equivalence?.mde.value ?? null,
    lower: equivalence?.lower ?? null,
    upper: equivalence?.upper ?? null,
  };
}

/** Why a variant's numbers on the primary are not believed. */
export function barFindings(
  { primary }: Trial,
  { variant, bars, comparison }: Treatment,
): readonly Finding[] {
  const { metric } = primary;
  return bars.map((bar) =>
    bar === "small-counts"
      ? { code: "small-counts", metric, variant }
      : { code: "severely-skewed", metric, variant, skewness: comparison.skewness },
  );
}

function underpowered({ primary }: Trial, { comparison }: Treatment): Finding {
  const { unitsNeeded, powerAtMde } = comparison;
  return { ...effectFinding("underpowered", primary, comparison), unitsNeeded, powerAtMde };
}
