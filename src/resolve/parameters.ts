import type { Draw, Parameter } from "../model/experiment.ts";
import { formatShare, WHOLE } from "../model/share.ts";
import { MOST_CELLS, sizeOf } from "../runtime/cell.ts";
import type { ParameterOperator, Scalar } from "../runtime/manifest.ts";
import type { ExperimentDocument, HashDocument, ParameterDocument } from "../syntax/generated/documents.ts";
import { baselineCell, cellsOf } from "./cells.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { type Findings, refuse } from "./findings.ts";
import { find } from "./names.ts";
import { partsPerMillion } from "./percentage.ts";
import { type PlanOutScope, resolvePlanOut } from "./planout-hash.ts";
import type { Allocation } from "./variants.ts";

/** The cells of all parameters, by name, that of the first values first; and how each value is drawn. */
export function resolveParameters(
  findings: Findings,
  document: ExperimentDocument,
  declared: NonNullable<ExperimentDocument["parameters"]>,
  scope: PlanOutScope,
): Allocation | null {
  for (const key of ["assign", "control"] as const)
    if (document[key] !== undefined)
      refuse(findings, "parameters/unexpected-key", [key], { key }, { part: "key" });
  const names = Object.keys(declared).sort(compareCodePoints);
  const parameters = names.map((name): Parameter | null => {
    const own = declared[name]!;
    const operator = resolveOperator(findings, name, own);
    const { document: hash, path } = hashOf(document.hash, own.hash, name);
    const planout = resolvePlanOut(findings, hash, name, path, scope);
    return operator && { name, operator, planout };
  });
  if (!parameters.every((parameter) => parameter !== null)) return null;
  refuseSameDraws(findings, parameters);
  const count = parameters.reduce((product, parameter) => product * sizeOf(parameter), 1);
  const open = count > MOST_CELLS && parameters.some(({ operator }) => operator.kind.startsWith("random"));
  if (count > MOST_CELLS && !open)
    return refuse(
      findings,
      "parameters/too-many-cells",
      ["parameters"],
      { count, most: MOST_CELLS },
      { part: "key" },
    );
  const draw: Draw = { kind: "parameters", parameters };
  const control = baselineCell(parameters);
  const variants = open ? [] : cellsOf(parameters);
  if (document.default !== undefined) {
    const known = new Map(variants.map((cell) => [cell.key, cell]));
    find(findings, known, document.default, "variant/unknown", ["default"]);
  }
  return { draw, control, default: document.default ?? control, variants };
}

/** What a parameter's own hash leaves out is as the experiment says. */
function hashOf(
  common: HashDocument | undefined,
  own: HashDocument | undefined,
  name: string,
): { readonly document: HashDocument | undefined; readonly path: readonly string[] } {
  if (own === undefined) return { document: common, path: ["hash"] };
  const path = ["parameters", name, "hash"];
  if (own === "planout" || typeof common !== "object") return { document: own, path };
  const { experiment, units } = common.planout;
  const inherited = own.planout.fullSalt === undefined && experiment !== undefined ? { experiment } : {};
  return { document: { planout: { ...inherited, ...(units && { units }), ...own.planout } }, path };
}

function resolveOperator(
  findings: Findings,
  name: string,
  { bernoulliTrial, randomFloat, randomInteger, uniformChoice, weightedChoice }: ParameterDocument,
): ParameterOperator | null {
  const path = ["parameters", name];
  if (uniformChoice !== undefined) {
    const at = [...path, "uniformChoice"];
    return areChoices(findings, name, uniformChoice, at)
      ? { kind: "uniformChoice", choices: uniformChoice }
      : null;
  }
  if (weightedChoice !== undefined) {
    const at = [...path, "weightedChoice"];
    const choices = weightedChoice.map(({ value }) => value);
    if (!areChoices(findings, name, choices, at)) return null;
    const weights = weightedChoice.map(({ weight }) => partsPerMillion(weight));
    return areWeights(findings, name, weights, at) ? { kind: "weightedChoice", choices, weights } : null;
  }
  if (bernoulliTrial !== undefined) {
    const share = partsPerMillion(bernoulliTrial);
    if (share > 0 && share < WHOLE) return { kind: "bernoulliTrial", share };
    return refuse(findings, "parameters/one-value", [...path, "bernoulliTrial"], { parameter: name });
  }
  const [kind, range] = randomInteger
    ? (["randomInteger", randomInteger] as const)
    : (["randomFloat", randomFloat!] as const);
  if (range.min < range.max) return { kind, ...range };
  return refuse(findings, "parameters/empty-range", [...path, kind, "max"], { parameter: name, ...range });
}

function areChoices(
  findings: Findings,
  parameter: string,
  choices: readonly Scalar[],
  path: readonly (string | number)[],
): boolean {
  const repeated = choices.findIndex((choice, index) => choices.indexOf(choice) < index);
  if (choices.length < 2) refuse(findings, "parameters/one-value", path, { parameter });
  else if (repeated >= 0)
    refuse(findings, "parameters/same-value", [...path, repeated], {
      parameter,
      value: String(choices[repeated]),
    });
  else return true;
  return false;
}

function areWeights(
  findings: Findings,
  parameter: string,
  weights: readonly number[],
  path: readonly (string | number)[],
): boolean {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const empty = weights.indexOf(0);
  if (sum !== WHOLE) refuse(findings, "parameters/weights-sum", path, { parameter, sum: formatShare(sum) });
  else if (empty >= 0) refuse(findings, "parameters/zero-weight", [...path, empty, "weight"], { parameter });
  else return true;
  return false;
}

/** Parameters that hash the same text would be drawn alike. */
function refuseSameDraws(findings: Findings, parameters: readonly Parameter[]): void {
  const first = new Map<string, string>();
  for (const { name, planout } of parameters) {
    if (planout === null) continue;
    const text = JSON.stringify([planout.base, planout.units]);
    const other = first.get(text);
    if (other === undefined) first.set(text, name);
    else
      refuse(findings, "hash/same-draw", ["parameters", name], { parameter: name, other }, { part: "key" });
  }
}
