/** Precedence of pre-releases by Semantic Versioning 2.0.0, §11. */

const PLUS = 43;
const DOT = 46;
const ZERO = 48;

/**
 * Negative, 0 or positive as the pre-release that begins at `start` of `value` comes before, with or after
 * another. Identifier by identifier: numbers before words, numbers by value, words by code point, fewer before
 * more. Build metadata behind it do not count.
 */
export function comparePreReleases(value: string, start: number, preRelease: string): number {
  let identifier = 0;
  let offset = 0;
  let code = codeAt(value, start);
  while (code === codeAt(preRelease, offset) && code !== PLUS && code !== 0) {
    offset++;
    if (code === DOT) identifier = offset;
    code = codeAt(value, start + offset);
  }
  const digits = countDigits(value, start + identifier);
  const otherDigits = countDigits(preRelease, identifier);
  const isNumber = endsAt(value, start + identifier + digits);
  if (isNumber !== endsAt(preRelease, identifier + otherDigits)) return isNumber ? -1 : 1;
  if (isNumber && digits !== otherDigits) return digits - otherDigits;
  return rank(code) - rank(codeAt(preRelease, offset));
}

/** 0 behind the end. */
function codeAt(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : 0;
}

function countDigits(text: string, start: number): number {
  let count = 0;
  for (let code = codeAt(text, start); code >= ZERO && code < ZERO + 10; code = codeAt(text, start + count))
    count++;
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
