const state = /* @__PURE__ */ new Int32Array(5);
const words = /* @__PURE__ */ new Int32Array(80);
let size = 0;

/**
 * SHA-1 (FIPS 180-4, §6.1) of the UTF-8 bytes of one text after another, a lone surrogate as U+FFFD: five
 * 32-bit words. They stand in a shared array until the next call, so that nothing is allocated.
 */
export function sha1(first: string, second: string): Int32Array {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  state[4] = 0xc3d2e1f0;
  size = 0;
  addText(first);
  addText(second);
  const bytes = size;
  addByte(0x80);
  while ((size & 63) !== 56) addByte(0);
  for (let byte = 7; byte >= 0; byte--) addByte(Math.floor((bytes * 8) / 2 ** (byte * 8)) & 0xff);
  return state;
}

function addText(text: string): void {
  for (let index = 0; index < text.length; index++) {
    let code = text.codePointAt(index) as number;
    if (code > 0xffff) index++;
    else if ((code & 0xf800) === 0xd800) code = 0xfffd;
    if (code < 0x80) addByte(code);
    else {
      const following = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      addByte(((-0x80 >> following) | (code >> (following * 6))) & 0xff);
      for (let rest = following - 1; rest >= 0; rest--) addByte(0x80 | ((code >> (rest * 6)) & 0x3f));
    }
  }
}

/** Bytes gather in the words of a block, first byte highest; four of them shift out what stood there before. */
function addByte(byte: number): void {
  const index = (size & 63) >> 2;
  words[index] = (words[index]! << 8) | byte;
  size++;
  if ((size & 63) === 0) addBlock();
}

function addBlock(): void {
  for (let index = 16; index < 80; index++) {
    const mixed = words[index - 3]! ^ words[index - 8]! ^ words[index - 14]! ^ words[index - 16]!;
    words[index] = (mixed << 1) | (mixed >>> 31);
  }
  let [a, b, c, d, e] = [state[0]!, state[1]!, state[2]!, state[3]!, state[4]!];
  for (let index = 0; index < 80; index++) {
    const round =
      index < 20
        ? ((b & c) | (~b & d)) + 0x5a827999
        : index < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : index < 60
            ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6;
    const next = (((a << 5) | (a >>> 27)) + round + e + words[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
}
