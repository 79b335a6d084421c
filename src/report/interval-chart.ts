import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { MetricKind } from "../model/metric.ts";
import { HEIGHT, LEFT, RIGHT, round, verticalAxis, verticalScale, WIDTH } from "./chart-frame.ts";
import { type Html, html } from "./html.ts";

/** An estimate with its interval, and where it stands from left to right. */
export interface ChartPoint {
  readonly at: number;
  readonly label: string;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

interface ChartOptions {
  readonly kind: MetricKind;
  /** Whether values are differences: zero is always on the axis, and signs are shown. */
  readonly isDifference: boolean;
  /** A straight line over the points, by where it is at their ends. */
  readonly line?: readonly [from: number, to: number] | null;
}

/** Roughly half a label: no two stand nearer than twice this. */
const LABEL_REACH = 26;

/** Intervals side by side on one scale. Decoration: the table beside it says the same in text. */
export function intervalChart(points: readonly ChartPoint[], options: ChartOptions): Html {
  const y = verticalScale(valuesOf(points, options));
  const places = points.map(({ at }) => at);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const x = scaleLinear()
    .domain(first < last ? [first, last] : [first - 1, first + 1])
    .range([LEFT + LABEL_REACH, RIGHT - LABEL_REACH]);
  return html`<svg class="series" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
${verticalAxis(y, options)}
${options.isDifference && html`<path class="zero" d="M${LEFT} ${round(y(0))}H${RIGHT}"/>`}
${options.line ? html`<path class="sequence" d="M${round(x(first))} ${round(y(options.line[0]))}L${round(x(last))} ${round(y(options.line[1]))}"/>` : null}
<path class="bar-interval" d="${points.map((point) => bar(y, point, round(x(point.at)))).join("")}"/>
${points.map(({ at, estimate }) => estimate !== null && html`<circle class="dot" cx="${round(x(at))}" cy="${round(y(estimate))}" r="3.5"/>`)}
${labels(points, x)}
</svg>`;
}

function valuesOf(points: readonly ChartPoint[], { isDifference, line }: ChartOptions): readonly number[] {
  const ends = points.flatMap(({ estimate, lower, upper }) => [estimate, lower, upper]);
  return [...(isDifference ? [0] : []), ...(line ?? []), ...ends.filter((end) => end !== null)];
}

function bar(y: ScaleLinear<number, number>, { lower, upper }: ChartPoint, x: number): string {
  if (lower === null || upper === null) return "";
  const [from, to] = [round(y(lower)), round(y(upper))];
  return `M${x} ${from}V${to}M${x - 4} ${from}H${x + 4}M${x - 4} ${to}H${x + 4}`;
}

/** From left to right, those that would touch the one before left out. */
function labels(points: readonly ChartPoint[], x: ScaleLinear<number, number>): readonly Html[] {
  let free = Number.NEGATIVE_INFINITY;
  return points.flatMap(({ at, label }) => {
    const place = round(x(at));
    if (place - LABEL_REACH < free) return [];
    free = place + LABEL_REACH;
    return [
      html`<text class="tick-label" x="${place}" y="${HEIGHT - 6}" text-anchor="middle">${label}</text>`,
    ];
  });
}
