/** murmur3-32 as its author describes it, over bytes, with exact integers: slow, and easy to compare. */
export function referenceHash(bytes: Uint8Array, seed = 0n): number {
  let state = seed;
  const whole = bytes.length - (bytes.length % 4);
  for (let index = 0; index < whole; index += 4) {
    state ^= scramble(littleEndian(bytes.subarray(index, index + 4)));
    state = wrap(rotate(state, 13n) * 5n + 0xe6546b64n);
  }
  state ^= scramble(littleEndian(bytes.subarray(whole)));
  return Number(finish(state ^ BigInt(bytes.length)));
}

/** The place of a unit in a salt's space, with exact integers. */
export function referencePlace(unit: number, salt: number): number {
  return Number((finish(BigInt(unit >>> 0) ^ BigInt(salt >>> 0)) * 1_000_000n) >> 32n);
}

/** The same place, among 2^32. */
export function referenceWord(unit: number, salt: number): bigint {
  return finish(BigInt(unit >>> 0) ^ BigInt(salt >>> 0));
}

function finish(state: bigint): bigint {
  let mixed = wrap((state ^ (state >> 16n)) * 0x85ebca6bn);
  mixed = wrap((mixed ^ (mixed >> 13n)) * 0xc2b2ae35n);
  return mixed ^ (mixed >> 16n);
}

function scramble(block: bigint): bigint {
  return wrap(rotate(wrap(block * 0xcc9e2d51n), 15n) * 0x1b873593n);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function rotate(value: bigint, bits: bigint): bigint {
  return wrap(value << bits) | (value >> (32n - bits));
}

function wrap(value: bigint): bigint {
  return value & 0xffffffffn;
}
