import { type ScaleLinear, scaleLinear } from "d3-scale";
import { isBinary, type MetricKind } from "../model/metric.ts";
import { formatPlain } from "../verdict/number-format.ts";
import { type Html, html } from "./html.ts";

/** In units of the drawing: its size, and where the frame of the values stands in it. */
export const WIDTH = 560;
export const HEIGHT = 170;
export const LEFT = 64;
export const RIGHT = WIDTH - 8;
const TOP = 8;
const BOTTOM = HEIGHT - 24;

/** From bottom to top, over all values and to the next round ones; what lies beyond is drawn at the end. */
export function verticalScale(values: readonly number[]): ScaleLinear<number, number> {
  const [lower, upper] = [Math.min(...values), Math.max(...values)];
  return scaleLinear()
    .domain(lower < upper ? [lower, upper] : [lower - 1, lower + 1])
    .nice(4)
    .range([BOTTOM, TOP])
    .clamp(true);
}

/** Ticks with their values in the metric's unit; differences have a sign. */
export function verticalAxis(
  y: ScaleLinear<number, number>,
  { kind, isDifference }: { readonly kind: MetricKind; readonly isDifference: boolean },
): readonly Html[] {
  return y.ticks(4).map((tick) => {
    const at = round(y(tick));
    const unit = isDifference ? " pp" : "%";
    const value = isBinary(kind) ? `${formatPlain(tick * 100)}${unit}` : formatPlain(tick);
    return html`<path class="tick" d="M${LEFT - 5} ${at}H${LEFT}"/><text class="tick-label" x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${isDifference && tick > 0 ? `+${value}` : value}</text>`;
  });
}

/** Tenths are finer than any screen shows. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
