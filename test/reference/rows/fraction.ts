/** An exact rational number; the denominator is positive. Doubles are such numbers, so that sums of them are exact. */
export interface Fraction {
  readonly above: bigint;
  readonly below: bigint;
}

export const ZERO: Fraction = { above: 0n, below: 1n };
export const ONE: Fraction = { above: 1n, below: 1n };

/** The double itself, not what its digits say. */
export function fractionOf(double: number): Fraction {
  if (!Number.isFinite(double)) throw new Error(`${double} is no number`);
  if (Number.isSafeInteger(double)) return { above: BigInt(double), below: 1n };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, double);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const digits = (bits & ((1n << 52n) - 1n)) | (exponent === 0 ? 0n : 1n << 52n);
  const shift = (exponent === 0 ? 1 : exponent) - 1075;
  const above = double < 0 ? -digits : digits;
  return shift >= 0 ? { above: above << BigInt(shift), below: 1n } : reduce(above, 1n << BigInt(-shift));
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.below === b.below) return reduce(a.above + b.above, a.below);
  return reduce(a.above * b.below + b.above * a.below, a.below * b.below);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { above: -b.above, below: b.below });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return reduce(a.above * b.above, a.below * b.below);
}

/** `b` is not 0. */
export function over(a: Fraction, b: Fraction): Fraction {
  const sign = b.above < 0n ? -1n : 1n;
  return reduce(sign * a.above * b.below, sign * b.above * a.below);
}

export function isLess(a: Fraction, b: Fraction): boolean {
  return a.above * b.below < b.above * a.below;
}

export function sumOf(numbers: readonly Fraction[]): Fraction {
  const below = numbers.reduce((largest, number) => lcm(largest, number.below), 1n);
  return reduce(
    numbers.reduce((sum, number) => sum + number.above * (below / number.below), 0n),
    below,
  );
}

/** The double nearest to it, to an ulp. */
export function toNumber({ above, below }: Fraction): number {
  if (above === 0n) return 0;
  const size = above < 0n ? -above : above;
  const shift = bitsOf(below) - bitsOf(size) + 64;
  const quotient = shift >= 0 ? (size << BigInt(shift)) / below : size / (below << BigInt(-shift));
  const half = Math.trunc(shift / 2);
  return (above < 0n ? -1 : 1) * Number(quotient) * 2 ** -half * 2 ** -(shift - half);
}

function bitsOf(number: bigint): number {
  return number.toString(16).length * 4;
}

function reduce(above: bigint, below: bigint): Fraction {
  const common = gcd(above < 0n ? -above : above, below);
  return { above: above / common, below: below / common };
}

function lcm(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / gcd(a, b)) * b;
}

function gcd(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large;
}
