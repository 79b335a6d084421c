import type { Experiment, Variant } from "../model/experiment.ts";
import { formatShare, WHOLE } from "../model/share.ts";
import type { ExperimentDocument } from "../syntax/generated/documents.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { type Findings, refuse } from "./findings.ts";
import { find } from "./names.ts";
import { partsPerMillion } from "./percentage.ts";

type Allocation = Pick<Experiment, "operator" | "control" | "default" | "variants">;

/** The arms in their order (control first, then by code point), and how they are drawn. */
export function resolveVariants(findings: Findings, document: ExperimentDocument): Allocation | null {
  const declared = new Map(Object.entries(document.variants));
  const weighted = [...declared.values()].some(({ weight }) => weight !== undefined);
  const operator = document.assign ?? (weighted ? "weightedChoice" : "uniformChoice");
  const key = document.control ?? "control";
  const control = find(
    findings,
    declared,
    key,
    "variant/unknown",
    document.control === undefined ? ["variants"] : ["control"],
    document.control === undefined ? "key" : "value",
  );
  if (document.default !== undefined) {
    find(findings, declared, document.default, "variant/unknown", ["default"]);
  }
  const order = [...declared.keys()].sort((left, right) => {
    if (left === key || right === key) return left === key ? -1 : 1;
    return compareCodePoints(left, right);
  });
  const shares =
    operator === "uniformChoice"
      ? uniformShares(findings, document, order)
      : weights(findings, document, order);
  if (control === null || shares === null) return null;
  return {
    operator,
    control: key,
    default: document.default ?? key,
    variants: order.map(
      (variant, index): Variant => ({
        key: variant,
        share: shares[index]!,
        params: structuredClone(declared.get(variant)?.params ?? {}),
      }),
    ),
  };
}

/** ⌊10⁶/k⌋ each; what remains goes to the first, one part each. */
function uniformShares(
  findings: Findings,
  { variants }: ExperimentDocument,
  order: readonly string[],
): readonly number[] | null {
  for (const variant of order) {
    if (variants[variant]?.weight === undefined) continue;
    return refuse(findings, "variants/unexpected-weight", ["variants", variant, "weight"], { variant });
  }
  const each = Math.floor(WHOLE / order.length);
  const remainder = WHOLE - each * order.length;
  return order.map((_, index) => each + (index < remainder ? 1 : 0));
}

function weights(
  findings: Findings,
  { variants }: ExperimentDocument,
  order: readonly string[],
): readonly number[] | null {
  const shares = order.map((variant) => {
    const weight = variants[variant]?.weight;
    return weight === undefined ? null : partsPerMillion(weight);
  });
  const given = formatShare(shares.reduce<number>((sum, share) => sum + (share ?? 0), 0));
  for (const [index, variant] of order.entries()) {
    if (shares[index] !== null) continue;
    refuse(findings, "variants/missing-weight", ["variants", variant], { variant, given }, { part: "key" });
  }
  return shares.every((share) => share !== null) ? shares : null;
}
