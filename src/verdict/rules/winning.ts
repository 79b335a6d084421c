import { mainContrasts } from "../../model/contrasts.ts";
import { effectFinding, type Finding, marginFinding } from "../finding.ts";
import type { Treatment, Trial } from "../trial.ts";

/** What may be shipped, and what makes it win. */
export interface Winner {
  /** Key of the variant; of main effects, of the cell with every winning value. */
  readonly variant: string;
  /** The variant by itself; of main effects, the best winning value of each parameter that has one. */
  readonly treatments: readonly [Treatment, ...Treatment[]];
}

/** What makes the winner one: only the best variant's findings, for only one can ship. */
export function findWinner(trial: Trial): readonly Finding[] {
  const winner = winnerOf(trial);
  if (winner === null) return [];
  const findings = winner.treatments.flatMap((treatment): readonly Finding[] => {
    const { variant, guardrails } = treatment;
    const safe: Finding = { code: "guardrails-safe", variant, guardrails: guardrails.length };
    return [winFinding(trial, treatment), ...(guardrails.length > 0 ? [safe] : [])];
  });
  return [...findings, ...combinationFinding(trial, winner)];
}

/**
 * What may ship. Of several variants, the one with the highest lower bound of benefit; a tie goes to the first. Of main
 * effects, one value of each parameter is chosen so, the first value stays where none wins, and the cell that has them
 * is the winner; where the parameters' effects do not add up, it has to win by itself as well. Null where nothing may.
 */
export function winnerOf(trial: Trial): Winner | null {
  const [first, ...others] = chosen(trial);
  if (first === undefined) return null;
  const variant = variantOf(trial, [first, ...others]);
  if (variant === null) return null;
  return bestIsContradicted(trial, variant) ? null : { variant, treatments: [first, ...others] };
}

/** Whether main effects win and the cell that they recommend does not, though the effects do not add up. */
export function findContradiction(trial: Trial): readonly Finding[] {
  const [first, ...others] = chosen(trial);
  const variant = first && variantOf(trial, [first, ...others]);
  return variant && bestIsContradicted(trial, variant) ? interactionFinding(trial) : [];
}

/** That the parameters' effects do not add up, at the experiment's error rate. */
export function interactionFinding({ primary, experiment }: Trial): readonly Finding[] {
  const { interaction, metric } = primary;
  if (interaction === null || interaction.pValue >= experiment.analysis.alpha) return [];
  return [{ code: "parameters-interact", metric, ...interaction }];
}

/** A win on the primary, whatever stands against it. */
export function winFinding({ experiment, primary }: Trial, { comparison }: Treatment): Finding {
  return experiment.primary.goal === "not-worse"
    ? marginFinding("non-inferior", primary, comparison)
    : effectFinding("significant-benefit", primary, comparison);
}

/** The best of each group of alternatives: all variants are one, each parameter's values are one. */
function chosen({ primary, treatments }: Trial): readonly Treatment[] {
  const parameterOf = new Map(
    primary.effects.map(({ comparison, parameter }) => [comparison.variant, parameter]),
  );
  const best = new Map<string | undefined, Treatment>();
  for (const treatment of treatments.filter(mayShip)) {
    const parameter = parameterOf.get(treatment.variant);
    const before = best.get(parameter);
    if (before === undefined || before.lowerBenefit < treatment.lowerBenefit) best.set(parameter, treatment);
  }
  return [...best.values()].sort((a, b) => b.lowerBenefit - a.lowerBenefit);
}

function mayShip({ wins, bars, guardrails }: Treatment): boolean {
  return wins && bars.length === 0 && guardrails.every(({ state }) => state === "safe");
}

function variantOf({ experiment, primary }: Trial, winners: readonly [Treatment, ...Treatment[]]) {
  if (primary.effects.length === 0) return winners[0].variant;
  const values = new Map(
    mainContrasts(experiment).flatMap(({ of, parameter, value }) =>
      winners.some(({ variant }) => variant === of.name) ? [[parameter, value] as const] : [],
    ),
  );
  const first = experiment.variants[0]?.params ?? {};
  const wanted = Object.entries(first).map(([name, value]) => [name, values.get(name) ?? value] as const);
  const cell = experiment.variants.find(({ params }) =>
    wanted.every(([name, value]) => params[name] === value),
  );
  return cell?.key ?? null;
}

/** A cell wins by itself where its own test, which few units bear, finds a benefit. */
function bestIsContradicted(trial: Trial, variant: string): boolean {
  if (interactionFinding(trial).length === 0) return false;
  const { experiment, primary } = trial;
  const own = primary.comparisons.find((comparison) => comparison.variant === variant);
  if (own === undefined) return true;
  if (experiment.primary.goal === "not-worse") return own.nonInferiority?.established !== true;
  const benefit = (primary.better === "higher" ? 1 : -1) * (own.absolute.estimate ?? 0);
  return !(own.pValue !== null && own.pValue < experiment.analysis.alpha && benefit > 0);
}

function combinationFinding({ experiment, primary, record }: Trial, { variant }: Winner): readonly Finding[] {
  if (primary.effects.length === 0) return [];
  const own = primary.comparisons.find((comparison) => comparison.variant === variant);
  const index = experiment.variants.findIndex(({ key }) => key === variant);
  const exposed = record.metrics.find(({ metric }) => metric === primary.metric)?.exposed;
  const units = exposed?.[index] ?? 0;
  const effect = own ? effectFinding("recommended-combination", primary, own) : {};
  return [{ metric: primary.metric, ...effect, code: "recommended-combination", variant, units }];
}
