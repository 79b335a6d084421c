/** The characters that fit, as pairs of first and last code point, in order. */
export type Ranges = readonly number[];

/** A pattern, read. */
export type PatternNode =
  | { readonly kind: "character"; readonly ranges: Ranges }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly part: PatternNode;
      readonly least: number;
      /** Infinity: without limit. */
      readonly most: number;
    }
  | { readonly kind: "start" | "end" };

export type PatternFault =
  | "back-reference"
  | "bounds"
  | "class"
  | "class-order"
  | "escape"
  | "group"
  | "lazy"
  | "literal"
  | "look"
  | "nothing-to-repeat"
  | "property"
  | "too-large"
  | "unclosed"
  | "unopened"
  | "word-boundary";

/** What is wrong with a pattern, and the part of it that is. */
export interface PatternProblem {
  readonly fault: PatternFault;
  readonly found: string;
}

const LAST = 0x10ffff;
const DIGITS = [48, 57];
const WORD = [48, 57, 65, 90, 95, 95, 97, 122];
/** As JavaScript's `\s`. */
const SPACE = [
  9, 13, 32, 32, 160, 160, 5760, 5760, 8192, 8202, 8232, 8233, 8239, 8239, 8287, 8287, 12288, 12288, 65279,
  65279,
];
const LINE_ENDS = [10, 10, 13, 13, 8232, 8233];
/** By their small letters; the capital ones mean all other characters. Nothing is computed here, so that bundlers can drop it. */
const CLASSES: ReadonlyMap<string, Ranges> = new Map([
  ["d", DIGITS],
  ["w", WORD],
  ["s", SPACE],
]);
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["n", 10],
  ["r", 13],
  ["t", 9],
]);
const SYNTAX = "^$\\.*+?()[]{}|/";

/** Deeper than any pattern that people read; bounds the stack. */
const DEEPEST = 50;

/**
 * Reads a pattern: characters, classes, `.`, `|`, groups, `? * + {m,n}`, `^` and `$`, which mean what they mean in
 * JavaScript's regular expressions with the flag `u`. All else in those is refused: what cannot be matched in
 * one pass, and what would be read in two ways.
 */
export function parsePattern(source: string): PatternNode | PatternProblem {
  const characters = [...source];
  let index = 0;
  let depth = 0;
  let problem: PatternProblem | null = null;

  /** The first problem ends the reading: what is read from there on is nothing. */
  function fail(fault: PatternFault, found: string): Ranges {
    problem ??= { fault, found };
    index = characters.length;
    return [];
  }

  function choice(): PatternNode {
    const parts = [sequence()];
    while (take("|")) parts.push(sequence());
    return parts.length === 1 ? parts[0]! : { kind: "choice", parts };
  }

  function sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (index < characters.length && !")|".includes(characters[index]!)) parts.push(repeated());
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }

  function repeated(): PatternNode {
    const isAnchor = characters[index] === "^" || characters[index] === "$";
    const part = atom();
    const start = index;
    const bounds = quantifier();
    if (bounds === null) return part;
    const text = characters.slice(start, index).join("");
    const follower = characters[index] ?? "";
    if (isAnchor) fail("nothing-to-repeat", text);
    if (follower === "?") fail("lazy", `${text}?`);
    if (/^[*+{]/.test(follower)) fail("nothing-to-repeat", follower);
    return { kind: "repeat", part, ...bounds };
  }

  function quantifier(): { readonly least: number; readonly most: number } | null {
    if (take("?")) return { least: 0, most: 1 };
    if (take("*")) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (take("+")) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (characters[index] !== "{") return null;
    const [text, from = "", comma = "", to = ""] =
      /^\{(\d{1,9})(,?)(\d{0,9})\}/.exec(characters.slice(index, index + 24).join("")) ?? [];
    const least = Number(from);
    const most = comma === "" ? least : to === "" ? Number.POSITIVE_INFINITY : Number(to);
    if (text === undefined || most < least) {
      fail("bounds", text ?? characters.slice(index, index + 8).join(""));
      return null;
    }
    index += text.length;
    return { least, most };
  }

  function atom(): PatternNode {
    const character = characters[index++] as string;
    if (character === "^") return { kind: "start" };
    if (character === "$") return { kind: "end" };
    if (character === ".") return { kind: "character", ranges: complement(LINE_ENDS) };
    if (character === "(") return group();
    if (character === "[") return { kind: "character", ranges: characterClass() };
    if (character === "\\") return { kind: "character", ranges: escaped(SYNTAX) };
    if ("*+?".includes(character)) fail("nothing-to-repeat", character);
    if ("{}]".includes(character)) fail("literal", character);
    const point = character.codePointAt(0)!;
    return { kind: "character", ranges: [point, point] };
  }

  function group(): PatternNode {
    if (++depth > DEEPEST) fail("too-large", "");
    if (take("?") && !take(":")) {
      const [text = "", look] = /^(<?[=!])?.?/u.exec(characters.slice(index, index + 3).join("")) ?? [];
      fail(look ? "look" : "group", `(?${look ?? text}`);
    }
    const inner = choice();
    if (!take(")")) fail("unclosed", "(");
    depth--;
    return inner;
  }

  function characterClass(): Ranges {
    const isNegated = take("^");
    const ranges: number[] = [];
    while (problem === null && !take("]")) {
      const start = index;
      const from = classMember();
      if (characters[index] !== "-" || characters[index + 1] === "]") {
        ranges.push(...from);
        continue;
      }
      index++;
      const to = classMember();
      const text = characters.slice(start, index).join("");
      if (from.length !== 2 || from[0] !== from[1] || to.length !== 2 || to[0] !== to[1]) fail("class", text);
      if (from[0]! > to[0]!) fail("class-order", text);
      ranges.push(from[0]!, to[0]!);
    }
    return isNegated ? complement(merged(ranges)) : merged(ranges);
  }

  function classMember(): Ranges {
    const character = characters[index++];
    if (character === undefined) return fail("unclosed", "[");
    if (character === "\\") return escaped(`${SYNTAX}-`);
    const point = character.codePointAt(0)!;
    return [point, point];
  }

  function escaped(literal: string): Ranges {
    const character = characters[index++] ?? "";
    const small = character.toLowerCase();
    const ranges = CLASSES.get(small);
    if (ranges) return small === character ? ranges : complement(ranges);
    const point = literal.includes(character) ? character.codePointAt(0) : CONTROLS.get(character);
    if (point !== undefined) return [point, point];
    if (/[1-9k]/.test(character)) fail("back-reference", `\\${character}`);
    if (/[bB]/.test(character)) fail("word-boundary", `\\${character}`);
    if (/[pP]/.test(character)) fail("property", `\\${character}`);
    return fail("escape", `\\${character}`);
  }

  function take(character: string): boolean {
    if (characters[index] !== character) return false;
    index++;
    return true;
  }

  const node = choice();
  if (index < characters.length) fail("unopened", ")");
  return problem ?? node;
}

/** The same ranges in order, those that touch as one. */
function merged(ranges: Ranges): Ranges {
  const pairs: [number, number][] = [];
  for (let index = 0; index < ranges.length; index += 2) pairs.push([ranges[index]!, ranges[index + 1]!]);
  const result: number[] = [];
  for (const [first, last] of pairs.sort(([one], [other]) => one - other)) {
    const end = result.length - 1;
    if (end > 0 && first <= result[end]! + 1) result[end] = Math.max(result[end]!, last);
    else result.push(first, last);
  }
  return result;
}

/** All other characters. */
function complement(ranges: Ranges): Ranges {
  const result: number[] = [];
  let next = 0;
  for (let index = 0; index < ranges.length; index += 2) {
    if (ranges[index]! > next) result.push(next, ranges[index]! - 1);
    next = ranges[index + 1]! + 1;
  }
  return next > LAST ? result : [...result, next, LAST];
}
