/** Parts per million: every place in a hash space is below it. */
const WHOLE = 1_000_000;

/**
 * murmur3-32 with seed 0 over a text's UTF-8 bytes, as a signed 32-bit integer; a lone surrogate counts as
 * U+FFFD. Austin Appleby, MurmurHash3 (2011), MurmurHash3_x86_32. Allocates nothing for texts in ASCII.
 */
export function hash(text: string): number {
  return hashUnits(text, 0x7f);
}

/** Of the UTF-8 bytes where a unit is above `most`; otherwise every unit is a byte. */
function hashUnits(text: string, most: number): number {
  const length = text.length;
  let state = 0;
  let seen = 0;
  let block = 0;
  let index = 0;
  for (; index + 3 < length; index += 4) {
    const a = text.charCodeAt(index);
    const b = text.charCodeAt(index + 1);
    const c = text.charCodeAt(index + 2);
    const d = text.charCodeAt(index + 3);
    seen |= a | b | c | d;
    state ^= scramble(a | (b << 8) | (c << 16) | (d << 24));
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0;
  }
  for (; index < length; index++) {
    const unit = text.charCodeAt(index);
    seen |= unit;
    block |= unit << (index * 8);
  }
  return seen > most ? hashUnits(utf8(text), 0xff) : finish(state ^ scramble(block) ^ length);
}

/** The bytes as units of a text; `encodeURIComponent` throws at a lone surrogate. */
function utf8(text: string): string {
  return unescape(encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd")));
}

/**
 * The place of a unit in the hash space of a salt: a whole number from 0 to 999,999, evenly spread. Both
 * arguments are results of `hash`.
 */
export function place(unit: number, salt: number): number {
  return (((finish(unit ^ salt) >>> 0) * WHOLE) / 2 ** 32) | 0;
}

/** The same place as a number from 0 up to, not including, 1: a multiple of 2^-32. */
export function fraction(unit: number, salt: number): number {
  return (finish(unit ^ salt) >>> 0) / 2 ** 32;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

/** fmix32: every bit of the argument moves every bit of the result. */
function finish(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
