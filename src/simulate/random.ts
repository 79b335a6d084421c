/** A stream of numbers uniform on (0, 1). */
export type Random = () => number;

/**
 * The stream that belongs to a seed and a place in the world, such as a unit's id: the same for ever, and
 * independent of how much any other stream was read. The place is hashed into the state of sfc32 (Doty-
 * Humphrey, "PractRand", 2018: 128 bits of state, passes its own and BigCrush's tests).
 */
export function randomStream(seed: number, place: string): Random {
  let [a, b, c] = hashPlace(seed, place);
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6) + 0.5) / 2 ** 53;
}

/**
 * Three 32-bit words in which every bit of the seed and the place counts: four multiplicative hashes that
 * feed each other (bryc, "cyrb128", public domain), each finished as murmur3 finishes.
 */
function hashPlace(seed: number, place: string): [number, number, number] {
  let a = 1779033703 ^ mix(seed | 0);
  let b = 3144134277 ^ mix(Math.floor(seed / 2 ** 32) + 0x9e3779b9);
  let c = 1013904242 ^ a;
  let d = 2773480762 ^ b;
  for (let index = 0; index < place.length; index++) {
    const unit = place.charCodeAt(index);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  const [first, second, third, fourth] = [mix(a), mix(b), mix(c), mix(d)];
  return [first ^ fourth, second ^ fourth, third ^ fourth];
}

function mix(word: number): number {
  let bits = word;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
