import { describe, expect, test } from "vitest";
import {
  asLift,
  type EffectMark,
  effectAxis,
  effectMark,
  standingOf,
} from "../../../src/report/effect-axis.ts";
import { axisGlyph, intervalGlyph } from "../../../src/report/glyph.ts";
import { textOf } from "../../../src/report/html.ts";
import { textAxis, textGlyph } from "../../../src/report/text-glyph.ts";
import { keepRunning } from "./samples.ts";

const mark = (
  estimate: number | null,
  lower: number | null,
  upper: number | null,
  rest: Partial<EffectMark> = {},
): EffectMark => ({ lift: { estimate, lower, upper }, margin: null, direction: 1, ...rest });

describe("the axis of a table", () => {
  test("always holds zero, the leading marks, every margin and what must be shown", () => {
    const axis = effectAxis([mark(0.1, 0.05, 0.15)], [mark(0, -0.01, 0.01, { margin: -0.08 })], [0.2]);
    expect(axis.lower).toBeLessThanOrEqual(-0.08);
    expect(axis.upper).toBeGreaterThanOrEqual(0.2);
    expect(axis.ticks).toContain(0);
  });

  test("cuts another interval at three times the reach of what leads, up to the next tick", () => {
    const axis = effectAxis([mark(0.01, -0.1, 0.1)], [mark(0.5, -9, 9)]);
    expect([axis.lower, axis.upper]).toEqual([-0.4, 0.4]);
  });

  test("exists without any number", () => {
    const axis = effectAxis([mark(null, null, null)], []);
    expect(axis.lower).toBeLessThan(0);
    expect(axis.upper).toBeGreaterThan(0);
  });

  test("places an absolute margin by the control's mean, on the harmful side", () => {
    const [metric] = keepRunning.metrics.filter(({ metric }) => metric === "checkout-errors");
    const [comparison] = metric?.comparisons ?? [];
    expect(effectMark(metric!, comparison!, "control").margin).toBeCloseTo(0.003 / 0.021, 12);
    expect(asLift({ kind: "absolute", value: 1 }, 0, 1)).toBeNull();
    expect(asLift({ kind: "relative", value: 0.05 }, null, -1)).toBe(-0.05);
  });

  test.each([
    [{ lower: 0.1, upper: 0.2 }, 1, "better"],
    [{ lower: 0.1, upper: 0.2 }, -1, "worse"],
    [{ lower: -0.2, upper: -0.1 }, 1, "worse"],
    [{ lower: -0.2, upper: -0.1 }, -1, "better"],
    [{ lower: -0.1, upper: 0.1 }, 1, "open"],
    [{ lower: 0, upper: 0.1 }, 1, "open"],
    [{ lower: null, upper: null }, 1, "open"],
  ] as const)("%j with direction %d is %s", ({ lower, upper }, direction, standing) => {
    expect(standingOf({ estimate: 0, lower, upper }, direction)).toBe(standing);
  });
});

describe("glyphs", () => {
  const axis = { lower: -0.2, upper: 0.2, ticks: [-0.2, -0.1, 0, 0.1, 0.2] };

  test("draws zero at the same x as the axis, and the ends in proportion", () => {
    const glyph = textOf(intervalGlyph(axis, mark(0.05, -0.1, 0.2)));
    expect(glyph).toContain(`<path class="zero" d="M96 0V32"/>`);
    expect(textOf(axisGlyph(axis))).toContain(`<path class="zero" d="M96 24V30"/>`);
    expect(glyph).toContain(`d="M52 16H184"`);
    expect(glyph).toContain("<circle");
  });

  test("marks a side of zero by shape, and an end beyond the axis by an arrow head", () => {
    const better = textOf(intervalGlyph(axis, mark(0.1, 0.05, 0.9)));
    expect(better).toContain(`class="mark better"`);
    expect(better).not.toContain("<circle");
    expect(better).toContain(`<path class="cap" d="M179 11L184 16L179 21"/>`);
    const worse = textOf(intervalGlyph(axis, mark(0.1, 0.05, 0.15, { direction: -1 })));
    expect(worse).toContain(`class="mark worse"`);
  });

  test("has labels that do not touch, with zero among them", () => {
    const ticks = Array.from({ length: 13 }, (_, index) => (index - 6) / 10);
    const labels = [
      ...textOf(axisGlyph({ lower: -0.6, upper: 0.6, ticks })).matchAll(/ x="([\d.]+)"[^>]*>([^<]*)</g),
    ];
    expect(labels.map(([, , label]) => label)).toEqual(["−40%", "0%", "+40%"]);
  });

  test("in text: ends, zero and estimate", () => {
    expect(textGlyph(axis, mark(0.1, 0.04, 0.16), 21)).toBe("          ┊ ├──▲──┤  ");
    expect(textGlyph(axis, mark(-0.04, -0.1, 0.06), 21)).toBe("     ├──○─┼──┤       ");
    expect(textGlyph(axis, mark(null, null, null), 21)).toBe("          ┊          ");
  });

  test("in text: a margin, and what goes on beyond the axis", () => {
    expect(textGlyph(axis, mark(0.14, -0.9, null, { margin: -0.1 }), 21)).toBe("◄────[────┼──────○──►");
    expect(textAxis(axis, 21)).toBe("−20%      0      +20%");
  });
});
