import type { Share } from "../model/share.ts";
import { armsOf, sizeOf, valueAt } from "../runtime/cell.ts";
import { fraction, hash as hashOf, place } from "../runtime/hash.ts";
import type { ManifestExperiment, ManifestParameter, PlanOutHash } from "../runtime/manifest.ts";
import {
  bernoulliTrial,
  randomFloat,
  randomInteger,
  uniformChoice,
  weightedChoice,
} from "../runtime/planout.ts";
import { sha1 } from "../runtime/sha1.ts";
import { boundsOf, evenShares } from "../runtime/shares.ts";
import type { Attributes } from "../runtime/targeting.ts";

/** How one thing was drawn: a variant, or the value of a parameter. `value` is what the unit gets. */
export type DrawStep =
  /** By the unit's place in the hash space of a salt: each value has those from `from` up to, not including, `to`. */
  | {
      readonly step: "variant" | "parameter";
      readonly salt: string;
      readonly place: Share;
      readonly bounds: readonly { readonly variant: string; readonly from: Share; readonly to: Share }[];
      readonly variant: string;
      readonly parameter?: string;
    }
  /** By the fraction of the way from the least value to the last. */
  | {
      readonly step: "number";
      readonly parameter: string;
      readonly salt: string;
      readonly fraction: number;
      readonly variant: string;
    }
  /** By PlanOut: the text that is hashed, the first 60 bits of its SHA-1 in hex, and the same over 2^60. */
  | {
      readonly step: "planout";
      readonly parameter?: string;
      readonly operator: string;
      readonly text: string;
      readonly hash: string;
      readonly fraction: number;
      readonly variant: string;
    }
  | { readonly step: "dropped"; readonly variant: string };

/** The draws of a unit that chance decides about, by its hash. */
export function* traceDraw(
  entry: ManifestExperiment,
  unit: number,
  context: Attributes,
): Generator<DrawStep> {
  const { draw } = entry;
  if (draw.kind === "parameters") {
    for (const parameter of draw.parameters) yield traceParameter(parameter, unit, context);
    return;
  }
  const arms = armsOf(entry);
  const shares = arms.map(({ share }) => share);
  const keys = arms.map(({ key }) => key);
  const { hash, operator } = draw;
  const drawn =
    typeof hash === "string"
      ? traceBounds("variant", hash, keys, boundsOf(shares), unit)
      : tracePlanOut(hash.planout, operator, context, (base, id) => {
          if (operator === "uniformChoice") return uniformChoice(base, id, keys) ?? "";
          if (operator === "bernoulliTrial")
            return keys[bernoulliTrial(base, id, (shares[1] ?? 0) / 1_000_000)]!;
          return (
            weightedChoice(
              base,
              id,
              keys,
              shares.map((share) => share / 1_000_000),
            ) ?? ""
          );
        });
  yield drawn;
  if (arms.some(({ dropped, key }) => dropped && key === drawn.variant))
    yield { step: "dropped", variant: drawn.variant };
}

function traceParameter(parameter: ManifestParameter, unit: number, context: Attributes): DrawStep {
  const { hash, name, operator } = parameter;
  const texts = () =>
    Array.from({ length: sizeOf(parameter) }, (_, index) => String(valueAt(parameter, index)));
  if (typeof hash !== "string") {
    const value = (base: string, id: string): string | number => {
      switch (operator.kind) {
        case "uniformChoice":
          return uniformChoice(base, id, texts()) ?? "";
        case "weightedChoice":
          return (
            weightedChoice(
              base,
              id,
              texts(),
              operator.weights.map((weight) => weight / 1_000_000),
            ) ?? ""
          );
        case "bernoulliTrial":
          return bernoulliTrial(base, id, operator.share / 1_000_000);
        case "randomInteger":
          return randomInteger(base, id, operator.min, operator.max);
        case "randomFloat":
          return randomFloat(base, id, operator.min, operator.max);
      }
    };
    return { ...tracePlanOut(hash.planout, operator.kind, context, value), parameter: name };
  }
  if (operator.kind === "randomInteger" || operator.kind === "randomFloat") {
    const { kind, max, min } = operator;
    const own = fraction(unit, hashOf(hash));
    const value = kind === "randomFloat" ? min + (max - min) * own : min + Math.floor(own * (max - min + 1));
    return { step: "number", parameter: name, salt: hash, fraction: own, variant: String(value) };
  }
  const shares =
    operator.kind === "bernoulliTrial"
      ? [1_000_000 - operator.share, operator.share]
      : operator.kind === "uniformChoice"
        ? evenShares(operator.choices.length)
        : operator.weights;
  return { ...traceBounds("parameter", hash, texts(), boundsOf(shares), unit), parameter: name };
}

function traceBounds(
  step: "variant" | "parameter",
  salt: string,
  values: readonly string[],
  ends: readonly Share[],
  unit: number,
) {
  const own = place(unit, hashOf(salt));
  const bounds = values.map((variant, index) => ({ variant, from: ends[index - 1] ?? 0, to: ends[index]! }));
  return { step, salt, place: own, bounds, variant: bounds.find(({ to }) => own < to)?.variant ?? "" };
}

function tracePlanOut(
  { base, units }: PlanOutHash,
  operator: string,
  context: Attributes,
  draw: (base: string, id: string) => string | number,
) {
  const id = units.map((key) => context[key]).join(".");
  const variant = String(draw(base, id));
  const [high = 0, low = 0] = sha1(base, id);
  const hex = [high, low].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  const own = randomFloat(base, id, 0, 1);
  return {
    step: "planout" as const,
    operator,
    text: base + id,
    hash: hex.slice(0, 15),
    fraction: own,
    variant,
  };
}
