/** Parts per million: every place in a hash space is below it. */
const WHOLE = 1_000_000;

/**
 * murmur3-32 with seed 0 over a text's UTF-8 bytes, as a signed 32-bit integer; a lone surrogate counts as
 * U+FFFD. Austin Appleby, MurmurHash3 (2011), MurmurHash3_x86_32. Allocates nothing.
 */
export function hash(text: string): number {
  const length = text.length;
  let state = 0;
  let index = 0;
  for (; index + 3 < length; index += 4) {
    const a = text.charCodeAt(index);
    const b = text.charCodeAt(index + 1);
    const c = text.charCodeAt(index + 2);
    const d = text.charCodeAt(index + 3);
    if ((a | b | c | d) > 0x7f) break;
    state = mixBlock(state, a | (b << 8) | (c << 16) | (d << 24));
  }
  let size = index;
  let block = 0;
  for (; index < length; index++) {
    let code = text.codePointAt(index) as number;
    if (code > 0xffff) index++;
    else if ((code & 0xf800) === 0xd800) code = 0xfffd;
    const following = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    for (let rest = following; rest >= 0; rest--) {
      const bits = code >> (rest * 6);
      const byte =
        rest < following ? 0x80 | (bits & 0x3f) : following > 0 ? (-0x80 >> following) | bits : bits;
      block |= (byte & 0xff) << (size * 8);
      if ((++size & 3) === 0) {
        state = mixBlock(state, block);
        block = 0;
      }
    }
  }
  return finish(state ^ scramble(block) ^ size);
}

/**
 * The place of a unit in the hash space of a salt: a whole number from 0 to 999,999, evenly spread. Both
 * arguments are results of `hash`.
 */
export function place(unit: number, salt: number): number {
  return Math.floor(((finish(unit ^ salt) >>> 0) * WHOLE) / 2 ** 32);
}

function mixBlock(state: number, block: number): number {
  const mixed = state ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
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
