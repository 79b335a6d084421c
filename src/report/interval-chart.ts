import { type ScaleLinear, scaleLinear } from "d3-scale";
import { isBinary, type MetricKind } from "../model/metric.ts";
import { formatPlain } from "../verdict/number-format.ts";
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

const WIDTH = 560;
const HEIGHT = 170;
const LEFT = 64;
const RIGHT = 16;
const TOP = 8;
const BOTTOM = 24;
/** Roughly half a label: no two stand nearer than twice this. */
const LABEL_REACH = 26;

/** Intervals side by side on one scale. Decoration: the table beside it says the same in text. */
export function intervalChart(points: readonly ChartPoint[], options: ChartOptions): Html {
  const y = verticalScale(points, options);
  const places = points.map(({ at }) => at);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const x = scaleLinear()
    .domain(first < last ? [first, last] : [first - 1, first + 1])
    .range([LEFT + LABEL_REACH, WIDTH - RIGHT - LABEL_REACH]);
  return html`<svg class="series" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
${axis(y, options)}
${options.isDifference && html`<path class="zero" d="M${LEFT} ${round(y(0))}H${WIDTH - RIGHT}"/>`}
${options.line ? html`<path class="sequence" d="M${round(x(first))} ${round(y(options.line[0]))}L${round(x(last))} ${round(y(options.line[1]))}"/>` : null}
<path class="bar-interval" d="${points.map((point) => bar(y, point, round(x(point.at)))).join("")}"/>
${points.map(({ at, estimate }) => estimate !== null && html`<circle class="dot" cx="${round(x(at))}" cy="${round(y(estimate))}" r="3.5"/>`)}
${labels(points, x)}
</svg>`;
}

function verticalScale(points: readonly ChartPoint[], { isDifference, line }: ChartOptions) {
  const ends = points.flatMap(({ estimate, lower, upper }) => [estimate, lower, upper]);
  const values = [...(isDifference ? [0] : []), ...(line ?? []), ...ends.filter((end) => end !== null)];
  const [lower, upper] = [Math.min(...values), Math.max(...values)];
  return scaleLinear()
    .domain(lower < upper ? [lower, upper] : [lower - 1, lower + 1])
    .nice(4)
    .range([HEIGHT - BOTTOM, TOP])
    .clamp(true);
}

function axis(y: ScaleLinear<number, number>, { isDifference, kind }: ChartOptions): readonly Html[] {
  return y.ticks(4).map((tick) => {
    const at = round(y(tick));
    const unit = isDifference ? " pp" : "%";
    const value = isBinary(kind) ? `${formatPlain(tick * 100)}${unit}` : formatPlain(tick);
    return html`<path class="tick" d="M${LEFT - 5} ${at}H${LEFT}"/><text class="tick-label" x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${isDifference && tick > 0 ? `+${value}` : value}</text>`;
  });
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

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
