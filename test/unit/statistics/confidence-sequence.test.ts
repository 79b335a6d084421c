import { describe, expect, test } from "vitest";
import {
  confidenceSequence,
  oneSidedUpper,
  sequenceRho,
} from "../../../src/statistics/confidence-sequence.ts";
import { expectClose } from "./close.ts";

const STATE = { estimate: 0.05, standardError: 0.01, units: 100_000, alpha: 0.05, plannedUnits: 5000 };

test("growthbook's two-sided sequence, equations 9, 155 and 161", () => {
  expectClose(sequenceRho(0.05, 5000), 0.03984006677137368);
  const sequence = confidenceSequence(STATE);
  expectClose(sequence.lower, 0.016631424662134013, 1e-11);
  expectClose(sequence.upper, 0.08336857533786599, 1e-11);
  expectClose(sequence.pValue, 5.0932020993184004e-5, 1e-11);
  expectClose(sequence.logP, -9.885018736072537, 1e-12);
});

test("the one-sided end", () => {
  expectClose(oneSidedUpper(STATE)! - 0.05, 0.030897166263097086, 1e-12);
});

test("an effect beyond any doubt has a logarithm where p is 0", () => {
  const sequence = confidenceSequence({ ...STATE, estimate: 1 });
  expect(sequence.pValue).toBe(0);
  expectClose(sequence.logP, 0.5 * Math.log(1 + 1e5 * sequenceRho(0.05, 5000) ** 2) - 4968.7, 1e-3);
});

test.each([
  { units: 0, standardError: 1 },
  { units: 10, standardError: 0 },
])("nothing with %j", (state) => {
  expect(confidenceSequence({ ...STATE, ...state })).toEqual({
    lower: null,
    upper: null,
    pValue: null,
    logP: null,
  });
  expect(oneSidedUpper({ ...STATE, ...state })).toBeNull();
});

/** Mulberry32 by Tommy Ettinger, in pairs through Box and Muller's transform: standard normal numbers. */
function normalNumbers(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe("type-I error over many looks", () => {
  const WORLDS = 2000;
  const LOOKS = 200;
  const PER_LOOK = 100;
  const alpha = 0.05;

  /** Of all worlds without an effect, the share in which any of the looks satisfies `alarm`. */
  function alarmRate(
    seed: number,
    alarm: (estimate: number, standardError: number, units: number) => boolean,
  ): number {
    const draw = normalNumbers(seed);
    let alarms = 0;
    for (let world = 0; world < WORLDS; world++) {
      let sum = 0;
      let raised = false;
      for (let look = 1; look <= LOOKS; look++) {
        const units = look * PER_LOOK;
        sum += draw() * Math.sqrt(PER_LOOK);
        raised ||= alarm(sum / units, 1 / Math.sqrt(units), units);
      }
      if (raised) alarms++;
    }
    return alarms / WORLDS;
  }

  // A rate of exactly .05 exceeds .068 in 2,000 worlds with probability below 5e-4; the seeds are fixed.
  const LARGEST = 0.068;

  test.each([500, 5000, 20_000])("the one-sided end, tightest at %d units", (plannedUnits) => {
    const rate = alarmRate(17, (estimate, standardError, units) => {
      return oneSidedUpper({ estimate, standardError, units, alpha, plannedUnits })! < 0;
    });
    expect(rate).toBeLessThan(LARGEST);
    expect(rate).toBeGreaterThan(0.002);
  });

  test("the two-sided interval", () => {
    const rate = alarmRate(18, (estimate, standardError, units) => {
      const { lower, upper } = confidenceSequence({
        estimate,
        standardError,
        units,
        alpha,
        plannedUnits: 5000,
      });
      return lower! > 0 || upper! < 0;
    });
    expect(rate).toBeLessThan(LARGEST);
    expect(rate).toBeGreaterThan(0.002);
  });

  test("looking daily at a fixed one-sided bound alarms far too often", () => {
    const rate = alarmRate(19, (estimate, standardError) => estimate + 1.6449 * standardError < 0);
    expect(rate).toBeGreaterThan(0.2);
  });
});
