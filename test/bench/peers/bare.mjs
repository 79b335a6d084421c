/** The floor: one murmur3-32 of the id's UTF-8 bytes with the salt as its seed, and nothing around it. */
export const contextOf = (userId, country) => ({ userId, country });

export const fifty =
  () =>
  ({ userId }) =>
    murmur3(userId, 0x5bd1e995) >>> 0 < 2 ** 31 ? "control" : "treatment";

export function murmur3(text, seed) {
  const length = text.length;
  let state = seed;
  let index = 0;
  let seen = 0;
  for (; index + 3 < length; index += 4) {
    const a = text.charCodeAt(index);
    const b = text.charCodeAt(index + 1);
    const c = text.charCodeAt(index + 2);
    const d = text.charCodeAt(index + 3);
    seen |= a | b | c | d;
    state = mix(state, a | (b << 8) | (c << 16) | (d << 24));
  }
  let block = 0;
  for (let shift = 0; index < length; index++, shift += 8) {
    const code = text.charCodeAt(index);
    seen |= code;
    block |= code << shift;
  }
  return seen < 0x80 ? finish(state ^ scramble(block) ^ length) : murmur3OfBytes(text, seed);
}

function murmur3OfBytes(text, seed) {
  const bytes = new TextEncoder().encode(text);
  let state = seed;
  let index = 0;
  for (; index + 3 < bytes.length; index += 4)
    state = mix(
      state,
      bytes[index] | (bytes[index + 1] << 8) | (bytes[index + 2] << 16) | (bytes[index + 3] << 24),
    );
  let block = 0;
  for (let shift = 0; index < bytes.length; index++, shift += 8) block |= bytes[index] << shift;
  return finish(state ^ scramble(block) ^ bytes.length);
}

function mix(state, block) {
  const mixed = state ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(block) {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

function finish(state) {
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
