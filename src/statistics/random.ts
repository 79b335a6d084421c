/** A stream of numbers uniform on (0, 1). */
export type UniformStream = () => number;

/**
 * A seeded stream: xoshiro128** by David Blackman and Sebastiano Vigna, "Scrambled linear pseudorandom number generators", *ACM
 * TOMS* 47 (2021), 53 bits a number, its state filled by splitmix32. The same seed gives the same numbers for ever.
 */
export function uniformStream(seed: number): UniformStream {
  let filling = (seed ^ Math.floor(seed / 2 ** 32)) | 0;
  const fill = () => {
    filling = (filling + 0x9e3779b9) | 0;
    let word = filling;
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill() | 1];
  const next = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result >>> 0;
  };
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6) + 0.5) / 2 ** 53;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
