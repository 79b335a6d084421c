import type { Rule } from "./rule.ts";
import { analysisDays } from "./rules/analysis-days.ts";
import { archive } from "./rules/archive.ts";
import { attributeValues } from "./rules/attribute-values.ts";
import { audienceNobody } from "./rules/audience-nobody.ts";
import { baselines } from "./rules/baselines.ts";
import { breakdowns } from "./rules/breakdowns.ts";
import { clusters } from "./rules/clusters.ts";
import { constantMetric } from "./rules/constant-metric.ts";
import { contextNames } from "./rules/context-names.ts";
import { cuped } from "./rules/cuped.ts";
import { dates } from "./rules/dates.ts";
import { decidesEarly } from "./rules/decides-early.ts";
import { decision } from "./rules/decision.ts";
import { dose } from "./rules/dose.ts";
import { droppedVariants } from "./rules/dropped-variants.ts";
import { effects } from "./rules/effects.ts";
import { eventUnits } from "./rules/event-units.ts";
import { experimentNames } from "./rules/experiment-names.ts";
import { exposureUnit } from "./rules/exposure-unit.ts";
import { hashUnits } from "./rules/hash-units.ts";
import { holdout } from "./rules/holdout.ts";
import { layerCarryOver } from "./rules/layer-carry-over.ts";
import { layerOverlap } from "./rules/layer-overlap.ts";
import { layerRange } from "./rules/layer-range.ts";
import { layerUnit } from "./rules/layer-unit.ts";
import { lenientAlpha } from "./rules/lenient-alpha.ts";
import { looks } from "./rules/looks.ts";
import { mde } from "./rules/mde.ts";
import { metricInput } from "./rules/metric-input.ts";
import { metricOnce } from "./rules/metric-once.ts";
import { metricProperties } from "./rules/metric-properties.ts";
import { metricUnit } from "./rules/metric-unit.ts";
import { namedVariants } from "./rules/named-variants.ts";
import { planDays } from "./rules/plan-days.ts";
import { planInputs } from "./rules/plan-inputs.ts";
import { privateAttributes } from "./rules/private-attributes.ts";
import { ratioParts } from "./rules/ratio-parts.ts";
import { running } from "./rules/running.ts";
import { sameHash } from "./rules/same-hash.ts";
import { sharedSurface } from "./rules/shared-surface.ts";
import { sourceOrigin } from "./rules/source-origin.ts";
import { testUnits } from "./rules/test-units.ts";
import { trigger } from "./rules/trigger.ts";
import { variantCount } from "./rules/variant-count.ts";
import { variantParams } from "./rules/variant-params.ts";
import { weights } from "./rules/weights.ts";

/** What needs more than one experiment, or is about the project's parts. */
const sharedRules: readonly Rule[] = [
  attributeValues,
  contextNames,
  holdout,
  sourceOrigin,
  testUnits,
  eventUnits,
  metricProperties,
  metricInput,
  clusters,
  ratioParts,
  baselines,
  experimentNames,
  sameHash,
  layerOverlap,
  layerCarryOver,
  sharedSurface,
];

/** Each finding is about one experiment, and needs no other one: where one changes, it alone is judged again. */
export const ownRules: readonly Rule[] = [
  audienceNobody,
  archive,
  variantCount,
  weights,
  variantParams,
  droppedVariants,
  dose,
  hashUnits,
  namedVariants,
  privateAttributes,
  layerRange,
  layerUnit,
  exposureUnit,
  metricUnit,
  metricOnce,
  constantMetric,
  effects,
  mde,
  planInputs,
  planDays,
  decidesEarly,
  lenientAlpha,
  looks,
  cuped,
  breakdowns,
  trigger,
  analysisDays,
  dates,
  running,
  decision,
];

/** Every rule, from the project's parts to the experiments and their plans. */
export const rules: readonly Rule[] = [...sharedRules, ...ownRules];
