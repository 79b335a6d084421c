import { describe, expect, test } from "vitest";
import {
  formatBound,
  formatDifference,
  formatEffectSize,
  formatLift,
  formatMean,
} from "../../../src/verdict/effect-format.ts";

const interval = (estimate: number | null, lower: number | null, upper: number | null) => ({
  estimate,
  lower,
  upper,
});

describe("effects for people", () => {
  test("a lift is a signed percentage, and an interval that excludes zero is seen to", () => {
    expect(formatLift(interval(0.1837, 0.0034, 0.3966))).toEqual({
      estimate: "+18.4%",
      interval: "+0.3% to +39.7%",
    });
    expect(formatLift(interval(0.0501, 0.00021, 0.1))).toEqual({
      estimate: "+5.01%",
      interval: "+0.02% to +10.00%",
    });
  });

  test("the difference of rates is in percentage points, of means in the metric's unit", () => {
    expect(formatDifference("conversion", interval(0.009, 0.0002, 0.0179))).toEqual({
      estimate: "+0.90 pp",
      interval: "+0.02 pp to +1.79 pp",
    });
    expect(formatDifference("sum", interval(-3.1, -5.52, -0.68)).estimate).toBe("−3.10");
  });

  test("ends that do not exist are words, and no interval is null", () => {
    expect(formatLift(interval(0.1, null, 0.4)).interval).toBe("unbounded to +40.0%");
    expect(formatLift(interval(0.1, 0.05, null)).interval).toBe("+5.00% to unbounded");
    expect(formatLift(interval(null, null, null))).toEqual({ estimate: "—", interval: null });
  });

  test("means, margins and bounds follow the metric's kind", () => {
    expect(formatMean("conversion", 0.049)).toBe("4.90%");
    expect(formatMean("ratio", 61.2)).toBe("61.20");
    expect(formatMean("sum", null)).toBe("—");
    expect(formatEffectSize("conversion", { kind: "absolute", value: 0.003 })).toBe("0.3 pp");
    expect(formatEffectSize("sum", { kind: "absolute", value: 0.5 })).toBe("0.5");
    expect(formatEffectSize("sum", { kind: "relative", value: 0.05 })).toBe("5%");
    expect(formatBound("mean", "relative", -0.0164)).toBe("−1.64%");
    expect(formatBound("conversion", "absolute", -0.0035)).toBe("−0.350 pp");
  });
});
