import { scaleLinear } from "d3-scale";
import { formatPlainPercent } from "../verdict/number-format.ts";
import { type EffectAxis, type EffectMark, standingOf } from "./effect-axis.ts";

const POINTS = { better: "▲", worse: "▼", open: "○" } as const;

/**
 * An interval in `width` characters of plain text: `┊` zero (`┼` inside the interval), `├──○──┤` the interval, `◄` `►` where it goes on beyond
 * the axis, `[` or `]` a margin that opens towards its safe side.
 */
export function textGlyph(axis: EffectAxis, mark: EffectMark, width: number): string {
  const column = columnsOf(axis, width);
  const cells = Array.from({ length: width }, () => " ");
  cells[column(0)] = "┊";
  const { estimate, lower, upper } = mark.lift;
  if (estimate !== null) {
    const from = column(lower ?? -Infinity);
    const to = column(upper ?? Infinity);
    cells.fill("─", from, to + 1);
    if (column(0) > from && column(0) < to) cells[column(0)] = "┼";
    cells[from] = (lower ?? -Infinity) < axis.lower ? "◄" : "├";
    cells[to] = (upper ?? Infinity) > axis.upper ? "►" : "┤";
  }
  if (mark.margin !== null) cells[column(mark.margin)] = mark.direction > 0 ? "[" : "]";
  if (estimate !== null) cells[column(estimate)] = POINTS[standingOf(mark.lift, mark.direction)];
  return cells.join("");
}

/** The ends of the axis and its zero, to stand above the glyphs: `−20%     0      +40%`. */
export function textAxis(axis: EffectAxis, width: number): string {
  const column = columnsOf(axis, width);
  const labels = [axis.lower, axis.upper].map((end) =>
    end === 0 ? "" : `${end > 0 ? "+" : ""}${formatPlainPercent(end)}`,
  );
  const [from = "", to = ""] = labels;
  const zero = column(0);
  const fits = zero > from.length && zero < width - to.length - 1;
  const middle = fits || axis.lower === 0 || axis.upper === 0 ? "0" : "";
  const cells = [...from.padEnd(width - to.length), ...to];
  if (middle) cells[zero] = middle;
  return cells.join("");
}

function columnsOf(axis: EffectAxis, width: number): (value: number) => number {
  const scale = scaleLinear()
    .domain([axis.lower, axis.upper])
    .range([0, width - 1])
    .clamp(true);
  return (value) => Math.round(scale(value));
}
