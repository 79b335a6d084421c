import { hash, place } from "../../../src/runtime/hash.ts";

/** A way to give a unit its place, 0 to 999,999, in the hash space of each of some salts. */
export interface Candidate {
  readonly name: string;
  /** Writes the places of a unit in the order of the salts. */
  forSalts(salts: readonly string[]): (id: string, places: Int32Array) => void;
}

/** One murmur3-32 of the id, and fmix32 with the hash of each salt: what the runtime does. */
export const NATIVE: Candidate = {
  name: "native: murmur3 of the id, fmix32 per salt",
  forSalts(salts) {
    const hashed = salts.map(hash);
    return (id, places) => {
      const unit = hash(id);
      for (let index = 0; index < hashed.length; index++) places[index] = place(unit, hashed[index]!);
    };
  },
};

/** Eight bits at a time, the salt behind the id, as GrowthBook's first hash: the known failure. */
export const FNV_1A: Candidate = {
  name: "FNV-1a of id and salt",
  forSalts: (salts) => (id, places) => {
    for (let index = 0; index < salts.length; index++)
      places[index] = (fnv1a(id + salts[index]) % 1000) * 1000;
  },
};

/** murmur3-32 of the id, anew for each salt, whose hash is the seed. */
export const SEEDED: Candidate = seeded("murmur3 per salt, seeded", murmur3);

/** xxHash32 of the id, anew for each salt, whose hash is the seed. */
export const XXH32: Candidate = seeded("xxh32 per salt, seeded", xxh32);

export const CANDIDATES: readonly Candidate[] = [NATIVE, SEEDED, XXH32, FNV_1A];

/** Three seeded murmur3 in one loop over an ASCII id: holdout, enrolment and variant at the least cost. */
export const FUSED: Candidate = {
  name: "murmur3 per salt, three seeds fused",
  forSalts(salts) {
    const [first = 0, second = 0, third = 0] = salts.map(hash);
    return (id, places) => murmur3OfThree(id, first, second, third, places);
  },
};

function seeded(name: string, hashOf: (text: string, seed: number) => number): Candidate {
  return {
    name,
    forSalts(salts) {
      const seeds = salts.map(hash);
      return (id, places) => {
        for (let index = 0; index < seeds.length; index++) places[index] = placeOf(hashOf(id, seeds[index]!));
      };
    },
  };
}

function placeOf(hashed: number): number {
  return ((hashed >>> 0) * 1_000_000) / 2 ** 32;
}

/** Glenn Fowler, Landon Curt Noll, Kiem-Phong Vo: FNV-1a, 32 bits, over UTF-16 code units as GrowthBook does. */
function fnv1a(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state >>> 0;
}

/** Of texts in ASCII. */
export function murmur3(text: string, seed: number): number {
  const length = text.length;
  let state = seed;
  let index = 0;
  for (; index + 3 < length; index += 4) state = mix(state, fourAt(text, index));
  return finish(state ^ scramble(restAt(text, index)) ^ length);
}

function murmur3OfThree(text: string, one: number, two: number, three: number, places: Int32Array): void {
  const length = text.length;
  let first = one;
  let second = two;
  let third = three;
  let index = 0;
  for (; index + 3 < length; index += 4) {
    const block = scramble(fourAt(text, index));
    first = advance(first ^ block);
    second = advance(second ^ block);
    third = advance(third ^ block);
  }
  const rest = scramble(restAt(text, index)) ^ length;
  places[0] = placeOf(finish(first ^ rest));
  places[1] = placeOf(finish(second ^ rest));
  places[2] = placeOf(finish(third ^ rest));
}

function fourAt(text: string, index: number): number {
  return (
    text.charCodeAt(index) |
    (text.charCodeAt(index + 1) << 8) |
    (text.charCodeAt(index + 2) << 16) |
    (text.charCodeAt(index + 3) << 24)
  );
}

function restAt(text: string, from: number): number {
  let block = 0;
  for (let index = from; index < text.length; index++)
    block |= text.charCodeAt(index) << ((index - from) * 8);
  return block;
}

function mix(state: number, block: number): number {
  return advance(state ^ scramble(block));
}

function advance(mixed: number): number {
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

function finish(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const [P1, P2, P3, P4, P5] = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;

/** Yann Collet, xxHash specification 0.1.1, XXH32. Of texts in ASCII. */
export function xxh32(text: string, seed: number): number {
  const length = text.length;
  let index = 0;
  let state = (seed + P5) | 0;
  if (length >= 16) {
    let a = (seed + P1 + P2) | 0;
    let b = (seed + P2) | 0;
    let c = seed | 0;
    let d = (seed - P1) | 0;
    for (; index + 15 < length; index += 16) {
      a = round(a, fourAt(text, index));
      b = round(b, fourAt(text, index + 4));
      c = round(c, fourAt(text, index + 8));
      d = round(d, fourAt(text, index + 12));
    }
    state = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  }
  state = (state + length) | 0;
  for (; index + 3 < length; index += 4)
    state = Math.imul(rotate((state + Math.imul(fourAt(text, index), P3)) | 0, 17), P4);
  for (; index < length; index++)
    state = Math.imul(rotate((state + Math.imul(text.charCodeAt(index), P5)) | 0, 11), P1);
  state = Math.imul(state ^ (state >>> 15), P2);
  state = Math.imul(state ^ (state >>> 13), P3);
  return state ^ (state >>> 16);
}

function round(lane: number, block: number): number {
  return Math.imul(rotate((lane + Math.imul(block, P2)) | 0, 13), P1);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
