import { expect, test } from "vitest";
import { integrateSmooth } from "../../../src/statistics/double-exponential.ts";
import { integrateLogConcave } from "../../../src/statistics/log-concave-integral.ts";
import { expectClose } from "./close.ts";

test.each([
  ["a polynomial", (x: number) => x ** 5, 0, 2, 64 / 6],
  ["an endpoint singularity", (x: number) => 1 / Math.sqrt(x), 0, 4, 4],
  ["a thin layer at one end", (x: number) => 1 - Math.exp(-1e5 * x), 0, 1, 1 - 1e-5],
  ["nothing", (x: number) => x, 3, 3, 0],
] as const)("%s", (_, f, from, to, integral) => {
  expectClose(integrateSmooth(f, from, to), integral, 1e-10);
});

test("a narrow bell, and a plateau with sharp edges", () => {
  expectClose(
    integrateLogConcave(
      (x) => -0.5 * ((x - 0.3) / 1e-5) ** 2,
      (x) => 0.3 - x,
    ),
    1e-5 * Math.sqrt(2 * Math.PI),
    1e-12,
  );
  const logEdge = (z: number) => (z > 30 ? -z : -Math.log1p(Math.exp(z)));
  expectClose(
    integrateLogConcave(
      (x) => logEdge((0.2 - x) / 1e-4) + logEdge((x - 0.9) / 1e-4),
      (x) => 0.55 - x,
    ),
    0.7,
    1e-12,
  );
});

test("too small for a double everywhere", () => {
  expect(
    integrateLogConcave(
      () => Number.NEGATIVE_INFINITY,
      () => 1,
    ),
  ).toBe(0);
});
