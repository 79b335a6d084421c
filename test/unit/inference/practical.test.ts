import { describe, expect, test } from "vitest";
import { practicalMeaning } from "../../../src/inference/practical.ts";

const mde = { kind: "relative", value: 0.05 } as const;
const none = { estimate: null, lower: null, upper: null };
const meaningOf = (lower: number | null, upper: number | null, sign: 1 | -1 = 1) =>
  practicalMeaning(
    { mde, margin: null, sign },
    { estimate: 0, lower: lower === null ? -1 : lower * 20, upper: upper === null ? 1 : upper * 20 },
    { estimate: 0, lower, upper },
  );

describe("practical meaning", () => {
  test.each([
    ["wholly at or beyond the MDE", 0.05, 0.09, "meaningful"],
    ["beyond 0 but not the MDE", 0.01, 0.09, "unclear"],
    ["within the MDE both ways", -0.02, 0.04, "trivial"],
    ["wide", -0.2, 0.4, "unclear"],
    ["wholly below 0, even within the MDE", -0.04, -0.01, "harmful"],
    ["unbounded", null, null, "unclear"],
  ] as const)("%s", (_, lower, upper, meaning) => {
    expect(meaningOf(lower, upper)).toBe(meaning);
  });

  test("turns where lower is better", () => {
    expect(meaningOf(-0.09, -0.05, -1)).toBe("meaningful");
    expect(meaningOf(0.01, 0.04, -1)).toBe("harmful");
  });

  test("without a yardstick only harm can be told", () => {
    const ends = { estimate: 1, lower: 0.5, upper: 2 };
    expect(practicalMeaning({ mde: null, margin: null, sign: 1 }, ends, none)).toBe("unclear");
    expect(practicalMeaning({ mde: null, margin: null, sign: -1 }, ends, none)).toBe("harmful");
  });

  test("a guardrail is held against its margin", () => {
    const margin = { kind: "absolute", value: 3 } as const;
    const ends = { estimate: 1, lower: -1, upper: 2 };
    expect(practicalMeaning({ mde: null, margin, sign: -1 }, ends, none)).toBe("trivial");
  });
});
