import { MOST_CELLS, sizeOf } from "./cell.ts";
import {
  among,
  type Check,
  type Faults,
  finite,
  integer,
  kinds,
  list,
  membersOf,
  name,
  record,
  scalar,
  text,
} from "./json-check.ts";
import type { Draw, ManifestExperiment, ParameterOperator } from "./manifest.ts";

const WHOLE = 1_000_000;
const MOST_PARAMETERS = 100;
const MOST_UNITS = 16;

/** The form of a draw; `checkArms` holds it against the variants. */
export function drawCheck(): Check {
  const planOut = record({ planout: record({ base: text, units: list(name, 1, MOST_UNITS) }) });
  const hash: Check = (value, path, faults) => (membersOf(value) ? planOut : text)(value, path, faults);
  return kinds({
    variants: record({
      operator: among("uniformChoice", "weightedChoice", "bernoulliTrial"),
      hash,
      order: list(text, 1, MOST_CELLS),
    }),
    parameters: record({
      parameters: list(record({ name, operator: operatorCheck(), hash }), 1, MOST_PARAMETERS),
    }),
  });
}

/** Holds what is drawn against what is there to be given: every draw must end in an arm. */
export function checkArms({ draw, variants }: ManifestExperiment, path: string, faults: Faults): void {
  const keys = new Set(variants.map(({ key }) => key));
  if (keys.size < variants.length) faults.add(`${path}.variants`, "each key once");
  if (variants.length > 0 && !isWhole(variants.map((variant) => variant.share)))
    faults.add(`${path}.variants`, "shares that sum to 1000000");
  if (draw.kind === "parameters") checkParameters(draw, variants.length, path, faults);
  else checkOrder(draw, keys, path, faults);
}

function operatorCheck(): Check {
  const share = integer(0, WHOLE);
  const limit = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return kinds({
    uniformChoice: record({ choices: list(scalar, 1, MOST_CELLS) }),
    weightedChoice: record({ choices: list(scalar, 1, MOST_CELLS), weights: list(share, 1, MOST_CELLS) }),
    bernoulliTrial: record({ share }),
    randomInteger: record({ min: limit, max: limit }),
    randomFloat: record({ min: finite, max: finite }),
  });
}

function checkOrder(
  { operator, order }: Draw & { readonly kind: "variants" },
  keys: ReadonlySet<string>,
  path: string,
  faults: Faults,
): void {
  if (keys.size === 0) faults.add(`${path}.variants`, "at least one");
  if (order.length !== keys.size || new Set(order).size < keys.size || !order.every((key) => keys.has(key)))
    faults.add(`${path}.draw.order`, "the key of each variant once");
  if (operator === "bernoulliTrial" && keys.size !== 2)
    faults.add(`${path}.variants`, "two for a bernoulliTrial");
}

function checkParameters(
  { parameters }: Draw & { readonly kind: "parameters" },
  arms: number,
  path: string,
  faults: Faults,
): void {
  let cells = 1;
  for (const [index, { operator }] of parameters.entries()) {
    if (!isSound(operator)) faults.add(`${path}.draw.parameters[${index}].operator`, "values to draw from");
    cells *= sizeOf({ operator });
  }
  if (new Set(parameters.map((parameter) => parameter.name)).size < parameters.length)
    faults.add(`${path}.draw.parameters`, "each name once");
  if (arms !== (cells <= MOST_CELLS ? cells : 0))
    faults.add(`${path}.variants`, `one per combination of values, or none beyond ${MOST_CELLS}`);
}

function isSound(operator: ParameterOperator): boolean {
  switch (operator.kind) {
    case "weightedChoice":
      return operator.choices.length === operator.weights.length && isWhole(operator.weights);
    case "randomInteger":
      return operator.min <= operator.max && Number.isSafeInteger(operator.max - operator.min + 1);
    case "randomFloat":
      return operator.min <= operator.max && Number.isFinite(operator.max - operator.min);
    default:
      return true;
  }
}

function isWhole(shares: readonly number[]): boolean {
  return shares.reduce((sum, part) => sum + part, 0) === WHOLE;
}
