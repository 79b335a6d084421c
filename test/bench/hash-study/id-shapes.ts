/** Ids as systems hand them out, one after the other; all in ASCII, all different. */
export interface IdShape {
  readonly name: string;
  readonly idAt: (index: number) => string;
}

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
const NAMES = ["ada", "ben", "cho", "dee", "eva", "fay", "gil", "hal"];

export const ID_SHAPES: readonly IdShape[] = [
  { name: "counter", idAt: (index) => String(index + 1) },
  { name: "counter, prefixed", idAt: (index) => `user-${index + 1}` },
  { name: "counter, padded", idAt: (index) => `u_${String(index).padStart(10, "0")}` },
  { name: "counter, behind", idAt: (index) => `${index + 1}@shop.example` },
  { name: "e-mail address", idAt: (index) => `${NAMES[index & 7]}.${index >> 3}@mail.example` },
  { name: "hexadecimal", idAt: (index) => hexadecimal(index, 8) },
  { name: "Mongo ObjectId", idAt: (index) => `65f0c2d4a91b3e7c5d${hexadecimal(index & 0xffffff, 6)}` },
  { name: "Snowflake", idAt: (index) => `${184_467_440}${String(index * 4096).padStart(12, "0")}` },
  {
    name: "UUID v7",
    idAt: (index) =>
      `018f3c5a-${hexadecimal(index >>> 8, 4)}-7${hexadecimal(index & 0xff, 3)}-a${hexadecimal(scatter(index) & 0xfff, 3)}-${hexadecimal(scatter(index ^ 0x5bd1e995), 8)}${hexadecimal(index, 8).slice(4)}`,
  },
  {
    name: "ULID",
    idAt: (index) => `01hw${base32(index, 6)}${base32(scatter(index) & 0x3fffffff, 6)}${base32(index, 10)}`,
  },
  {
    name: "UUID v4",
    idAt: (index) =>
      `${hexadecimal(scatter(index), 8)}-${hexadecimal(index >>> 16, 4)}-4${hexadecimal(index & 0xfff, 3)}-9${hexadecimal((index >>> 12) & 0xf, 3)}-${hexadecimal(scatter(index + 0x9e3779b9), 8)}beef`,
  },
];

function hexadecimal(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(digits, "0");
}

function base32(value: number, digits: number): string {
  let text = "";
  for (let shift = (digits - 1) * 5; shift >= 0; shift -= 5)
    text += CROCKFORD[shift < 32 ? (value >>> shift) & 31 : 0];
  return text;
}

/** Looks like chance and is none (Weyl's sequence): the study must not owe its result to a good hash in its ids. */
function scatter(index: number): number {
  return Math.imul(index, 0x9e3779b1) >>> 0;
}
