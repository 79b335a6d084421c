import { sizeOf, valueAt } from "../runtime/cell.ts";
import { hash as hashOf } from "../runtime/hash.ts";
import type {
  ManifestExperiment,
  ManifestParameter,
  ManifestVariant,
  PlanOutHash,
} from "../runtime/manifest.ts";
import { boundsOf, evenShares } from "../runtime/shares.ts";
import type { Code } from "./layout.ts";
import { integer, quote, valueCode } from "./literal.ts";
import type { SourceFile } from "./source-file.ts";

/** How chance picks an arm, as members of an object: the salt of the variants' shares, or a function. */
export function drawCode(
  { draw, variants }: ManifestExperiment,
  arms: readonly ManifestVariant[],
  file: SourceFile,
): readonly Code[] {
  if (draw.kind === "variants") {
    const { hash, operator } = draw;
    if (typeof hash === "string") return [`salt: ${hashOf(hash)}`];
    const shares = arms.map(({ share }) => share);
    const chooser =
      operator === "uniformChoice"
        ? pure("planOutEvenly", [hashCode(hash.planout), String(arms.length)], file)
        : operator === "bernoulliTrial"
          ? pure("planOutTrial", [hashCode(hash.planout), integer(shares[1] ?? 0)], file)
          : pure("planOutByWeights", [hashCode(hash.planout), sharesCode(shares)], file);
    return drawnBy(pure("drawCell", [chooser], file));
  }
  if (variants.length > 0)
    return drawnBy(
      pure(
        "drawCell",
        draw.parameters.map((parameter) => chooserCode(parameter, file)),
        file,
      ),
    );
  const drawers = draw.parameters.map(
    (parameter): Code => ({
      open: "[",
      items: [quote(parameter.name), drawerCode(parameter, file)],
      separator: ",",
      close: "]",
    }),
  );
  return drawnBy(pure("drawValues", drawers, file));
}

function drawnBy(draw: Code): readonly Code[] {
  return ["salt: 0", ["draw: ", draw]];
}

/** The value that a parameter can have, as a type. */
export function parameterType(parameter: ManifestParameter): string {
  const size = sizeOf(parameter);
  if (parameter.operator.kind.startsWith("random")) return "number";
  return Array.from({ length: size }, (_, index) => valueCode(valueAt(parameter, index))).join(" | ");
}

function chooserCode(parameter: ManifestParameter, file: SourceFile): Code {
  const { hash, operator } = parameter;
  const size = String(sizeOf(parameter));
  if (typeof hash !== "string") {
    const planout = hashCode(hash.planout);
    if (operator.kind === "weightedChoice")
      return pure("planOutByWeights", [planout, sharesCode(operator.weights)], file);
    return operator.kind === "bernoulliTrial"
      ? pure("planOutTrial", [planout, integer(operator.share)], file)
      : pure("planOutEvenly", [planout, size], file);
  }
  const salt = String(hashOf(hash));
  switch (operator.kind) {
    case "uniformChoice":
      return pure("byBounds", [salt, sharesCode(boundsOf(evenShares(operator.choices.length)))], file);
    case "weightedChoice":
      return pure("byBounds", [salt, sharesCode(boundsOf(operator.weights))], file);
    case "bernoulliTrial":
      return pure("byBounds", [salt, sharesCode([1_000_000 - operator.share, 1_000_000])], file);
    default:
      return pure("evenly", [salt, size], file);
  }
}

function drawerCode(parameter: ManifestParameter, file: SourceFile): Code {
  const { hash, operator } = parameter;
  if (operator.kind === "randomFloat") {
    const [min, max] = [String(operator.min), String(operator.max)];
    return typeof hash === "string"
      ? pure("decimal", [String(hashOf(hash)), min, max], file)
      : pure("planOutDecimal", [hashCode(hash.planout), min, max], file);
  }
  const chooser = chooserCode(parameter, file);
  if ("choices" in operator) return pure("listed", [chooser, valueCode(operator.choices)], file);
  return pure("counted", [chooser, String(valueAt(parameter, 0))], file);
}

/** A call that a bundler may drop when nobody uses what it gives. */
function pure(name: string, items: readonly Code[], file: SourceFile): Code {
  return [`/* @__PURE__ */ ${file.value(name)}`, { open: "(", items, separator: ",", close: ")" }];
}

function hashCode({ base, units }: PlanOutHash): Code {
  return valueCode({ base, units });
}

function sharesCode(shares: readonly number[]): Code {
  return { open: "[", items: shares.map(integer), separator: ",", close: "]" };
}
