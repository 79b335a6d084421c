import { fractionOf, remainderOf, weightedIndex } from "./planout-hash.ts";
import { sha1 } from "./sha1.ts";

/**
 * The operators of PlanOut (Bakshy, Eckles, Bernstein, "Designing and Deploying Online Field Experiments",
 * WWW 2014), bit for bit as its reference implementation in Python computes them, with its quirks. Texts are
 * hashed as UTF-8.
 */

/**
 * One unit, or a list of them, joined by dots. A list of one is another unit than its item in `bernoulliFilter`,
 * `sample` and `fastSample`. Integers stand for their decimal digits; other numbers, whose text differs between
 * languages, are refused with a RangeError.
 */
export type PlanOutUnit = string | number | readonly (string | number)[];

export interface PlanOutSalts {
  /** `salt` of the experiment, or its name. */
  readonly experiment: string;
  /** `salt` of the operator, or the name of the variable that it is assigned to. */
  readonly parameter: string;
  /** `salt_sep`. Default `.`. */
  readonly separator?: string;
}

/** What is hashed before the unit: salts, or one `full_salt` in place of them all. */
export function base(salts: PlanOutSalts | { readonly fullSalt: string }): string {
  if ("fullSalt" in salts) return `${salts.fullSalt}.`;
  return `${salts.experiment}.${salts.parameter}${salts.separator ?? "."}`;
}

/** From `min` to `max`, both included. */
export function randomFloat(base: string, unit: PlanOutUnit, min: number, max: number): number {
  return min + (max - min) * fractionOf(sha1(base, unitText(unit)));
}

/** From `min` to `max`, both included. Exact for integers that JavaScript has, up to 2^53. */
export function randomInteger(base: string, unit: PlanOutUnit, min: number, max: number): number {
  return min + remainderOf(sha1(base, unitText(unit)), max - min + 1);
}

/** 1 with probability `p`, else 0. A RangeError where `p` is no probability. */
export function bernoulliTrial(base: string, unit: PlanOutUnit, p: number): 0 | 1 {
  return fractionOf(sha1(base, unitText(unit))) <= probability(p) ? 1 : 0;
}

/** Each choice with probability `p`. A RangeError where `p` is no probability. */
export function bernoulliFilter<Choice extends PlanOutChoice>(
  base: string,
  unit: PlanOutUnit,
  p: number,
  choices: readonly Choice[],
): readonly Choice[] {
  const append = appender(unit);
  const most = probability(p);
  return choices.filter((choice) => fractionOf(sha1(base, append(choiceText(choice)))) <= most);
}

/** One of the choices, all alike; undefined where there are none. */
export function uniformChoice<Choice>(
  base: string,
  unit: PlanOutUnit,
  choices: readonly Choice[],
): Choice | undefined {
  if (choices.length === 0) return undefined;
  return choices[remainderOf(sha1(base, unitText(unit)), choices.length)];
}

/** One of the choices by their weights, which need not sum to 1; undefined where there are none. */
export function weightedChoice<Choice>(
  base: string,
  unit: PlanOutUnit,
  choices: readonly Choice[],
  weights: readonly number[],
): Choice | undefined {
  return choices[weightedIndex(fractionOf(sha1(base, unitText(unit))), weights)];
}

/** `draws` of the choices, shuffled; without `draws`, all. A RangeError where there are not so many. */
export function sample<Choice>(
  base: string,
  unit: PlanOutUnit,
  choices: readonly Choice[],
  draws: number = choices.length,
): readonly Choice[] {
  return shuffle(base, unit, choices, draws, 0).slice(0, draws);
}

/** As `sample`, with one hash per draw, and other results. */
export function fastSample<Choice>(
  base: string,
  unit: PlanOutUnit,
  choices: readonly Choice[],
  draws: number = choices.length,
): readonly Choice[] {
  const last = choices.length - draws;
  const shuffled = shuffle(base, unit, choices, draws, last);
  return last > 0 && draws > 0 ? shuffled.slice(last) : shuffled.slice(0, draws);
}

type PlanOutChoice = string | number | boolean | null;

/** Fisher–Yates from the end, down to `last`. */
function shuffle<Choice>(
  base: string,
  unit: PlanOutUnit,
  choices: readonly Choice[],
  draws: number,
  last: number,
): readonly Choice[] {
  if (draws > choices.length) throw new RangeError(`${draws} draws of ${choices.length} choices`);
  const append = appender(unit);
  const shuffled = [...choices];
  for (let index = choices.length - 1; index > 0 && index >= last; index--) {
    const other = remainderOf(sha1(base, append(String(index))), index + 1);
    [shuffled[index], shuffled[other]] = [shuffled[other] as Choice, shuffled[index] as Choice];
  }
  return shuffled;
}

/** The unit with one more part. PlanOut appends to a list in place: it keeps the parts of all calls before. */
function appender(unit: PlanOutUnit): (part: string) => string {
  if (!isList(unit)) return (part) => `${itemText(unit)}.${part}`;
  const parts = unit.map(itemText);
  return (part) => {
    parts.push(part);
    return parts.join(".");
  };
}

function unitText(unit: PlanOutUnit): string {
  return isList(unit) ? unit.map(itemText).join(".") : itemText(unit);
}

function itemText(item: string | number): string {
  if (typeof item === "string") return item;
  if (Number.isSafeInteger(item)) return String(item);
  throw new RangeError(`${item} is no unit: expected a text or an integer`);
}

/** Python's `str`, but for whole floats, which JavaScript cannot tell from integers. */
function choiceText(choice: PlanOutChoice): string {
  if (choice === null) return "None";
  if (typeof choice === "boolean") return choice ? "True" : "False";
  if (typeof choice === "string" || Number.isSafeInteger(choice)) return String(choice);
  const [digits = "", exponent = ""] = choice.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 16) return String(choice);
  const [sign, size] = [power < 0 ? "-" : "+", Math.abs(power)];
  return `${digits}e${sign}${String(size).padStart(2, "0")}`;
}

function probability(p: number): number {
  if (p >= 0 && p <= 1) return p;
  throw new RangeError(`${p} is no probability`);
}

function isList(unit: PlanOutUnit): unit is readonly (string | number)[] {
  return typeof unit === "object";
}
