import { expect } from "vitest";

/** Relative closeness; an expected 0 must be met exactly. */
export function expectClose(actual: number | null, expected: number, relative = 1e-12): void {
  expect(actual).toBeTypeOf("number");
  const error = Math.abs(actual! - expected);
  expect(error, `${actual}, expected ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));
}
