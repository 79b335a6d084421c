import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { MetricKind } from "../model/metric.ts";
import { HEIGHT, LEFT, RIGHT, round, verticalAxis, verticalScale, WIDTH } from "./chart-frame.ts";
import { type Html, html } from "./html.ts";
import type { SeriesComparison } from "./result.ts";

/** A comparison at the end of a day. */
export interface ChartDay {
  readonly day: string;
  readonly point: SeriesComparison;
}

interface Ends {
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * A difference from day to day: the estimate as a line, the fixed interval as bars, what the confidence sequence has
 * left as two lines, and the intervals of a group-sequential design's looks as capped bars. Decoration: the table
 * below it says the same in text.
 */
export function seriesChart(days: readonly ChartDay[], kind: MetricKind): Html {
  const y = verticalScale(valuesOf(days));
  const x = scaleLinear()
    .domain([0, Math.max(1, days.length - 1)])
    .range([LEFT + 6, RIGHT - 6]);
  const at = (index: number) => round(x(index));
  const shown = days.map(({ point }, index) => ({ ...point, x: at(index) }));
  return html`<svg class="series" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
${verticalAxis(y, { kind, isDifference: true })}
<path class="zero" d="M${LEFT} ${round(y(0))}H${RIGHT}"/>
<path class="fixed" d="${shown.map(({ absolute, x: from }) => bar(y, absolute, from)).join("")}"/>
<path class="sequence" d="${line(shown.map(({ sequence, x: from }) => [from, within(y, sequence?.lower)]))}${line(shown.map(({ sequence, x: from }) => [from, within(y, sequence?.upper)]))}"/>
<path class="repeated" d="${shown.map(({ repeated, x: from }) => repeated && bar(y, repeated, from) + caps(y, repeated, from)).join("")}"/>
<path class="estimate" d="${line(shown.map(({ absolute, x: from }) => [from, within(y, absolute.estimate)]))}"/>
<text class="tick-label" x="${LEFT}" y="${HEIGHT - 6}">${days[0]?.day ?? ""}</text>
<text class="tick-label" x="${RIGHT}" y="${HEIGHT - 6}" text-anchor="end">${days.at(-1)?.day ?? ""}</text>
</svg>`;
}

/** Room for the estimates and the last intervals; what the first days leave open is cut. */
function valuesOf(days: readonly ChartDay[]): readonly number[] {
  const late = days.slice(Math.floor(days.length / 3)).map(({ point }) => point);
  const ends = late.flatMap(({ absolute, sequence, repeated }) =>
    [absolute, sequence, repeated].flatMap((found) => [found?.lower ?? null, found?.upper ?? null]),
  );
  return [0, ...ends.filter((end) => end !== null)];
}

function height(y: ScaleLinear<number, number>, value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : round(y(value));
}

/** A line is not drawn where it would run along the frame and look like a value. */
function within(y: ScaleLinear<number, number>, value: number | null | undefined): number | null {
  const [lower = 0, upper = 0] = y.domain();
  return value === null || value === undefined || value < lower || value > upper ? null : height(y, value);
}

function bar(y: ScaleLinear<number, number>, { lower, upper }: Ends, x: number): string {
  const [from, to] = [height(y, lower), height(y, upper)];
  return from === null || to === null ? "" : `M${x} ${from}V${to}`;
}

function caps(y: ScaleLinear<number, number>, ends: Ends, x: number): string {
  return [ends.lower, ends.upper]
    .map((end) => height(y, end))
    .map((at) => (at === null ? "" : `M${x - 4} ${at}H${x + 4}`))
    .join("");
}

/** Through all points that there are; a gap where there is none. */
function line(points: readonly (readonly [number, number | null])[]): string {
  let open = false;
  return points
    .map(([x, y]) => {
      const step = y === null ? "" : `${open ? "L" : "M"}${x} ${y}`;
      open = y !== null;
      return step;
    })
    .join("");
}
