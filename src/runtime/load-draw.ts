import { sizeOf } from "./cell.ts";
import {
  byBounds,
  type Chooser,
  counted,
  type Drawer,
  decimal,
  drawCell,
  drawValues,
  evenly,
  listed,
} from "./draw.ts";
import type { DrawArm } from "./experiment.ts";
import { hash as hashOf } from "./hash.ts";
import type {
  Draw,
  Hash,
  ManifestExperiment,
  ManifestParameter,
  ManifestVariant,
  PlanOutHash,
} from "./manifest.ts";
import { planOutByWeights, planOutDecimal, planOutEvenly, planOutTrial } from "./planout-draw.ts";
import { boundsOf, evenShares } from "./shares.ts";

/** How an experiment draws; null where its variants' shares and its salt say it all. */
export function loadDraw(
  { draw, variants }: ManifestExperiment,
  arms: readonly ManifestVariant[],
): DrawArm | null {
  if (draw.kind === "parameters")
    return variants.length > 0
      ? drawCell(...draw.parameters.map(chooserOf))
      : drawValues(...draw.parameters.map((parameter) => [parameter.name, drawerOf(parameter)] as const));
  const planout = planOutOf(draw.hash);
  return planout && drawCell(planOutVariants(draw, planout, arms));
}

function planOutVariants(
  { operator }: Draw & { readonly kind: "variants" },
  hash: PlanOutHash,
  arms: readonly ManifestVariant[],
): Chooser {
  if (operator === "uniformChoice") return planOutEvenly(hash, arms.length);
  const shares = arms.map(({ share }) => share);
  return operator === "bernoulliTrial" ? planOutTrial(hash, shares[1] ?? 0) : planOutByWeights(hash, shares);
}

function chooserOf(parameter: ManifestParameter): Chooser {
  const { hash, operator } = parameter;
  const size = sizeOf(parameter);
  const planout = planOutOf(hash);
  const salt = hashOf(typeof hash === "string" ? hash : "");
  switch (operator.kind) {
    case "uniformChoice":
      return planout ? planOutEvenly(planout, size) : byBounds(salt, boundsOf(evenShares(size)));
    case "weightedChoice":
      return planout
        ? planOutByWeights(planout, operator.weights)
        : byBounds(salt, boundsOf(operator.weights));
    case "bernoulliTrial":
      return planout
        ? planOutTrial(planout, operator.share)
        : byBounds(salt, [1_000_000 - operator.share, 1_000_000]);
    default:
      return planout ? planOutEvenly(planout, size) : evenly(salt, size);
  }
}

function drawerOf(parameter: ManifestParameter): Drawer {
  const { hash, operator } = parameter;
  switch (operator.kind) {
    case "uniformChoice":
    case "weightedChoice":
      return listed(chooserOf(parameter), operator.choices);
    case "bernoulliTrial":
      return counted(chooserOf(parameter), 0);
    case "randomInteger":
      return counted(chooserOf(parameter), operator.min);
    case "randomFloat":
      return typeof hash === "string"
        ? decimal(hashOf(hash), operator.min, operator.max)
        : planOutDecimal(hash.planout, operator.min, operator.max);
  }
}

function planOutOf(hash: Hash): PlanOutHash | null {
  return typeof hash === "string" ? null : hash.planout;
}
