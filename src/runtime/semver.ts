/** Precedence by Semantic Versioning 2.0.0, §11. Works on character codes: comparing allocates nothing. */

/** Orders the pre-releases of two versions, given where they begin. */
export type PreReleaseOrder = (
  value: string,
  valueStart: number,
  bound: string,
  boundStart: number,
) => number;

const PLUS = 43;
const DASH = 45;
const DOT = 46;
const ZERO = 48;

/**
 * Negative, 0 or positive as `value` comes before, with or after the version `bound`. NaN where `value` is no
 * version: three numbers, with a pre-release or build metadata (which does not count) behind them or nothing.
 * A bound with a pre-release needs `comparePreReleases`; an app whose bounds have none does not pay for it.
 */
export function compareVersions(value: unknown, bound: string, preReleases?: PreReleaseOrder): number {
  if (typeof value !== "string") return Number.NaN;
  let order = 0;
  let index = 0;
  let boundIndex = 0;
  let end = DOT;
  let boundEnd = DOT;
  for (let part = 0; part < 3; part++) {
    const start = index;
    let number = 0;
    let boundNumber = 0;
    if (end !== DOT) return Number.NaN;
    for (end = codeAt(value, index); isDigit(end); end = codeAt(value, ++index))
      number = number * 10 + end - ZERO;
    if (index++ === start) return Number.NaN;
    for (boundEnd = codeAt(bound, boundIndex); isDigit(boundEnd); boundEnd = codeAt(bound, ++boundIndex))
      boundNumber = boundNumber * 10 + boundEnd - ZERO;
    boundIndex++;
    order = order || number - boundNumber;
  }
  if (index <= value.length && end !== DASH && end !== PLUS) return Number.NaN;
  if (order !== 0 || (end !== DASH && boundEnd !== DASH)) return order;
  if (end !== boundEnd) return end === DASH ? -1 : 1;
  return preReleases ? preReleases(value, index, bound, boundIndex) : 0;
}

/** Identifier by identifier: numbers before words, numbers by value, words by code point, fewer before more. */
export function comparePreReleases(
  value: string,
  valueStart: number,
  bound: string,
  boundStart: number,
): number {
  let identifier = 0;
  let offset = 0;
  let code = codeAt(value, valueStart);
  while (code === codeAt(bound, boundStart + offset) && code !== PLUS && code !== 0) {
    offset++;
    if (code === DOT) identifier = offset;
    code = codeAt(value, valueStart + offset);
  }
  const digits = countDigits(value, valueStart + identifier);
  const boundDigits = countDigits(bound, boundStart + identifier);
  const isNumber = endsAt(value, valueStart + identifier + digits);
  if (isNumber !== endsAt(bound, boundStart + identifier + boundDigits)) return isNumber ? -1 : 1;
  if (isNumber && digits !== boundDigits) return digits - boundDigits;
  return rank(code) - rank(codeAt(bound, boundStart + offset));
}

/** 0 behind the end. */
function codeAt(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : 0;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code < ZERO + 10;
}

function countDigits(text: string, start: number): number {
  let count = 0;
  while (isDigit(codeAt(text, start + count))) count++;
  return count;
}

function endsAt(text: string, index: number): boolean {
  const code = codeAt(text, index);
  return code === 0 || code === DOT || code === PLUS;
}

/** By this versions order at the first character that differs: an end, then a dot, then what is written. */
function rank(code: number): number {
  return code === DOT ? 1 : code > PLUS ? code : 0;
}
