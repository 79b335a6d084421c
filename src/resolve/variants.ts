import type { Draw, Experiment, Variant } from "../model/experiment.ts";
import { formatShare } from "../model/share.ts";
import { evenShares } from "../runtime/shares.ts";
import type { ExperimentDocument } from "../syntax/generated/documents.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { resolveDay } from "./day.ts";
import { type Findings, refuse } from "./findings.ts";
import { find } from "./names.ts";
import { partsPerMillion } from "./percentage.ts";
import { plainCopy } from "./plain-copy.ts";
import type { PlanOutScope } from "./planout-hash.ts";
import { resolvePlanOut } from "./planout-hash.ts";

/** The arms of an experiment, and how chance picks one. */
export type Allocation = Pick<Experiment, "draw" | "control" | "default" | "variants">;

type Declared = NonNullable<ExperimentDocument["variants"]>;

/** What PlanOut calls the parameter of an experiment with variants. */
const PARAMETER = "variant";

/**
 * The arms in their order (control first, then by code point), and how they are drawn.
 *
 * @param fileOrder Keys of the variants in the order of the file.
 */
export function resolveVariants(
  findings: Findings,
  document: ExperimentDocument,
  declared: Declared,
  fileOrder: readonly string[],
  scope: PlanOutScope,
): Allocation | null {
  const variants = new Map(Object.entries(declared));
  const weighted = [...variants.values()].some(({ weight }) => weight !== undefined);
  const operator = document.assign ?? (weighted ? "weightedChoice" : "uniformChoice");
  const key = document.control ?? "control";
  const control = find(
    findings,
    variants,
    key,
    "variant/unknown",
    document.control === undefined ? ["variants"] : ["control"],
    document.control === undefined ? "key" : "value",
  );
  if (document.default !== undefined) {
    find(findings, variants, document.default, "variant/unknown", ["default"]);
  }
  const order = [...variants.keys()].sort((left, right) => {
    if (left === key || right === key) return left === key ? -1 : 1;
    return compareCodePoints(left, right);
  });
  const shares =
    operator === "uniformChoice"
      ? uniformShares(findings, declared, order)
      : weights(findings, declared, order);
  const hash = resolvePlanOut(findings, document.hash, PARAMETER, ["hash"], scope);
  // BernoulliTrial gives 0 or 1, and 1 is the treatment, whatever comes first in the file.
  const counted = operator === "bernoulliTrial" ? order : fileOrder.filter((name) => variants.has(name));
  const draw: Draw = { kind: "variants", operator, planout: hash && { ...hash, order: counted } };
  if (control === null || shares === null) return null;
  return {
    draw,
    control: key,
    default: document.default ?? key,
    variants: order.map((variant, index): Variant => {
      const { dropped, params = {} } = declared[variant]!;
      const day = resolveDay(findings, dropped, ["variants", variant, "dropped"]);
      return {
        key: variant,
        share: shares[index]!,
        params: plainCopy(params),
        ...(day !== null && { dropped: day }),
      };
    }),
  };
}

function uniformShares(
  findings: Findings,
  declared: Declared,
  order: readonly string[],
): readonly number[] | null {
  for (const variant of order) {
    if (declared[variant]?.weight === undefined) continue;
    return refuse(findings, "variants/unexpected-weight", ["variants", variant, "weight"], { variant });
  }
  return evenShares(order.length);
}

function weights(findings: Findings, declared: Declared, order: readonly string[]): readonly number[] | null {
  const shares = order.map((variant) => {
    const weight = declared[variant]?.weight;
    return weight === undefined ? null : partsPerMillion(weight);
  });
  const given = formatShare(shares.reduce<number>((sum, share) => sum + (share ?? 0), 0));
  for (const [index, variant] of order.entries()) {
    if (shares[index] !== null) continue;
    refuse(findings, "variants/missing-weight", ["variants", variant], { variant, given }, { part: "key" });
  }
  return shares.every((share) => share !== null) ? shares : null;
}
