import { type ArmGroup, type Contrast, cellContrasts, groupsOf, mainContrasts } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import { testAdditivity } from "./additivity.ts";
import { decidingDays, gather, groupOf, sumOfGroup } from "./arm-evidence.ts";
import { isLookedAt } from "./compare.ts";
import { compareArms } from "./compare-arms.ts";
import { type ComparedArm, readCompared } from "./compared-arm.ts";
import { doseTrend } from "./dose-trend.ts";
import type { Estimator } from "./estimator.ts";
import { estimatorOf } from "./estimators.ts";
import type { Evidence, MetricEvidence } from "./evidence.ts";
import { breakDown, followAge } from "./explore.ts";
import { adjustFamilies } from "./families.ts";
import { lookDesigns } from "./look-designs.ts";
import type { ArmEstimate, Comparison, MetricEstimate, Note } from "./metric-estimate.ts";
import { type Question, questionsOf } from "./question.ts";
import { lookOtherwise } from "./sensitivity.ts";

export type { Evidence } from "./evidence.ts";
export type { Comparison, MetricEstimate, Note } from "./metric-estimate.ts";

/** Moments and plan to estimates: the primary, then secondary metrics, then guardrails. */
export function estimate(input: {
  readonly experiment: Experiment;
  readonly plan: ExperimentPlan;
  readonly observation: Evidence;
}): readonly MetricEstimate[] {
  const { experiment, plan, observation } = input;
  const evidence = new Map(observation.metrics.map((found) => [found.metric, found]));
  const isFinal = observation.horizon?.reached === true;
  return adjustFamilies(
    questionsOf(experiment, plan).map((question) => {
      const found = evidence.get(question.metric.key);
      if (found === undefined) throw new Error(`no moments of the metric ${question.metric.key}`);
      return estimateMetric({ experiment, question, evidence: found, isFinal, seedText: plan.specHash });
    }),
  );
}

interface Asked {
  readonly experiment: Experiment;
  readonly question: Question;
  readonly evidence: MetricEvidence;
  readonly isFinal: boolean;
  /** Of what resampling is seeded by. */
  readonly seedText: string;
}

function estimateMetric(asked: Asked): MetricEstimate {
  const { experiment, question, evidence, isFinal } = asked;
  const { metric, role, alpha } = question;
  const estimator = estimatorOf(metric);
  const days = decidingDays(evidence, isFinal);
  const arms = readersOf(estimator, question, (group) => gather(evidence, days, isFinal, group));
  const cells = experiment.variants.map((_, index) => arms(groupOf(experiment, index)));
  const pairsOf = (contrasts: readonly Contrast[]) =>
    contrasts.map((contrast) => ({ contrast, ...comparePair(asked, estimator, arms, contrast) }));
  const [own, main] = [pairsOf(cellContrasts(experiment)), mainContrasts(experiment)];
  const effects = pairsOf(main);
  const deciding = effects.length > 0 ? effects : own;
  const groups = groupsOf(experiment);
  const setting = { estimator, alpha, groups, contrasts: deciding.map(({ contrast }) => contrast) };
  const overall = new Map(
    deciding.map(({ comparison }) => [comparison.variant, comparison.absolute.estimate]),
  );
  return {
    metric: metric.key,
    name: metric.name,
    role,
    kind: metric.kind,
    better: metric.better,
    method: methodOf(question, estimator, [...own, ...effects]),
    variants: cells.map(armEstimate),
    comparisons: own.map(({ comparison }) => comparison),
    series: days.map(({ day, exposed }, index) => ({
      day,
      units: Object.fromEntries(groups.map((group) => [group.name, sumOfGroup(exposed, group)])),
      comparisons: deciding.map(({ points }) => points[index]!),
    })),
    winsorized: evidence.cap ? { cap: evidence.cap.value, capped: evidence.cap.capped } : null,
    clusters: evidence.clusters ?? null,
    breakdowns: breakDown(setting, evidence.breakdowns, overall),
    byAge: followAge(setting, evidence.byAge),
    effects: effects.map(({ comparison, contrast }, index) => ({
      parameter: main[index]!.parameter,
      value: main[index]!.value,
      against: main[index]!.first,
      variants: [contrast.against, contrast.of].map((group) => armEstimate(arms(group))),
      comparison,
    })),
    interaction: testAdditivity(
      experiment,
      cells.map(({ reading }) => reading),
    ),
    dose: doseTrend(experiment, alpha, (group) => arms(group).reading),
  };
}

/** Reads each group once. */
function readersOf(
  estimator: Estimator,
  question: Question,
  evidenceOf: (group: ArmGroup) => ReturnType<typeof gather>,
): (group: ArmGroup) => ComparedArm {
  const known = new Map<string, ComparedArm>();
  return (group) => {
    const name = `${group.name}/${group.cells.join()}`;
    const found = known.get(name) ?? readCompared(estimator, question, group, evidenceOf(group));
    known.set(name, found);
    return found;
  };
}

function comparePair(
  { question, evidence, seedText }: Asked,
  estimator: Estimator,
  arms: (group: ArmGroup) => ComparedArm,
  contrast: Contrast,
) {
  const { comparison, points } = compareArms(estimator, question, arms(contrast.against), arms(contrast.of));
  const { metric, alpha } = question;
  const notes: readonly Note[] = evidence.cap?.value === null ? ["cap-not-applied"] : [];
  const found: Comparison = {
    ...comparison,
    sensitivity: lookOtherwise(metric, evidence.bins, contrast, { alpha, seedText }),
    notes: [...comparison.notes, ...notes],
  };
  return { comparison: found, points };
}

function armEstimate({ variant, reading }: ComparedArm): ArmEstimate {
  const { units, members, sum, mean, standardDeviation, interval } = reading;
  const shown = members === undefined ? {} : { members };
  return { variant, units, ...shown, sum, mean, standardDeviation, interval };
}

function methodOf(
  question: Question,
  estimator: Estimator,
  pairs: readonly { readonly comparison: Comparison }[],
): string {
  const { method } = question.looks;
  const isAdjusted = pairs.some(({ comparison }) => comparison.cuped?.applied === true);
  if (method !== "fixed" && isLookedAt(question))
    return `${isAdjusted ? "CUPED; " : ""}${lookDesigns[method].method}`;
  return isAdjusted ? "CUPED; Welch t; Fieller interval" : estimator.method;
}
