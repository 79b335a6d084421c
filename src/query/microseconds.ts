/** Engines hold instants to the microsecond, the model to the millisecond. */
export function toMicroseconds(instant: number): bigint {
  return BigInt(instant) * 1000n;
}

/** The millisecond at or before it. */
export function floorToMilliseconds(microseconds: bigint): number {
  const down = microseconds < 0n && microseconds % 1000n !== 0n ? 1n : 0n;
  return Number(microseconds / 1000n - down);
}

/** The millisecond at or after it: no row of the data is later. */
export function ceilToMilliseconds(microseconds: bigint): number {
  return -floorToMilliseconds(-microseconds);
}
