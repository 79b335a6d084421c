import fc from "fast-check";
import type { Draw, Experiment, Parameter } from "../../../src/model/experiment.ts";
import { baselineCell, cellsOf } from "../../../src/resolve/cells.ts";
import { MOST_CELLS, sizeOf } from "../../../src/runtime/cell.ts";
import type { ParameterOperator, Scalar } from "../../../src/runtime/manifest.ts";
import { evenShares } from "../../../src/runtime/shares.ts";

/** What an experiment assigns, and how: all that `variants`, `parameters`, `assign` and `hash` can say. */
export type Allocation = Pick<Experiment, "draw" | "control" | "default" | "variants">;

/** Context keys that PlanOut may hash; `userId` is the experiment's unit. */
const UNITS = [["userId"], ["userId"], ["userId", "country"], ["country", "userId", "plan"]];

const texts = fc.oneof(
  fc.constantFrom("plain", "bold", "true", "3", "a,b=c", "1e3", "</script>", "ünï", ""),
  fc.string({ maxLength: 4 }),
);
const scalars: fc.Arbitrary<Scalar> = fc.oneof(
  texts,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
  fc.boolean(),
);

/** Shares of so many, that sum to the whole; none is nothing. */
const sharesOf = (size: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: size - 1, maxLength: size - 1 })
    .map((cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), 1_000_000];
      return ends.map((end, index) => end - (ends[index - 1] ?? 0));
    });

const planouts = fc.record({
  base: fc.oneof(
    fc.constantFrom("ShowPlugins.variant.", "full.", ".x."),
    texts.map((text) => `${text}.`),
  ),
  units: fc.constantFrom(...UNITS),
});
const hashes = fc.oneof(fc.constant(null), planouts);

const variantDraws: fc.Arbitrary<Allocation> = fc
  .tuple(
    fc.constantFrom("uniformChoice", "weightedChoice", "bernoulliTrial"),
    fc.integer({ min: 2, max: 5 }),
    hashes,
    fc.boolean(),
  )
  .chain(([operator, wanted, hash, drops]) => {
    const size = operator === "bernoulliTrial" ? 2 : wanted;
    const keys = ["control", "0", "1", "green", "toString"].slice(0, size);
    const shares = operator === "uniformChoice" ? fc.constant(evenShares(size)) : sharesOf(size);
    const order =
      operator === "bernoulliTrial"
        ? fc.constant(keys)
        : fc.shuffledSubarray(keys, { minLength: size, maxLength: size });
    return fc.tuple(shares, order, fc.constantFrom(...keys)).map(
      ([own, fileOrder, fallback]): Allocation => ({
        draw: {
          kind: "variants",
          operator,
          planout: hash && { ...hash, order: fileOrder },
        } as Draw,
        control: "control",
        default: drops ? "control" : fallback,
        variants: keys.map((key, index) => ({
          key,
          share: own[index]!,
          params: { index, nested: { list: [index, null] } },
          ...(drops && index === size - 1 && { dropped: "2026-11-12" }),
        })),
      }),
    );
  });

const choices = fc.uniqueArray(scalars, { minLength: 2, maxLength: 4 });
const operators: fc.Arbitrary<ParameterOperator> = fc.oneof(
  choices.map((listed) => ({ kind: "uniformChoice" as const, choices: listed })),
  choices.chain((listed) =>
    sharesOf(listed.length).map((weights) => ({ kind: "weightedChoice" as const, choices: listed, weights })),
  ),
  fc.integer({ min: 1, max: 999_999 }).map((share) => ({ kind: "bernoulliTrial" as const, share })),
  fc
    .tuple(fc.integer(), fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1_000, max: 2 ** 31 })))
    .map(([min, more]) => ({ kind: "randomInteger" as const, min, max: min + more })),
  fc
    .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0.1, max: 1e6, noNaN: true }))
    .map(([min, more]) => ({ kind: "randomFloat" as const, min: min + 0, max: min + more })),
);

const parameterDraws: fc.Arbitrary<Allocation> = fc
  .array(fc.record({ operator: operators, planout: hashes }), { minLength: 1, maxLength: 3 })
  .map((drawn) => {
    const names = ["headline", "price", "steps"];
    const parameters = drawn.map((own, index): Parameter => ({ name: names[index]!, ...own }));
    const count = parameters.reduce((product, parameter) => product * sizeOf(parameter), 1);
    const variants = count > MOST_CELLS ? [] : cellsOf(parameters);
    const control = baselineCell(parameters);
    return {
      draw: { kind: "parameters", parameters } as const,
      control,
      default: variants.at(-1)?.key ?? control,
      variants,
    };
  });

export const allocations: fc.Arbitrary<Allocation> = fc.oneof(variantDraws, parameterDraws);
