import { type ScaleLinear, scaleLinear } from "d3-scale";
import { formatPlainPercent } from "../verdict/number-format.ts";
import { type EffectAxis, type EffectMark, type Standing, standingOf } from "./effect-axis.ts";
import { type Html, html } from "./html.ts";

const WIDTH = 192;
const HEIGHT = 32;
const AXIS_HEIGHT = 30;
/** Space left and right of the axis, so that marks at its ends are whole. */
const INSET = 8;
/** Roughly half a tick label: nearer to an end than this, it is set flush with that end. */
const LABEL_REACH = 20;

/**
 * An interval drawn on its table's axis. Decoration: the cells beside it say the same in text. Which side of zero
 * the interval lies on shows in the marker's shape, not in its colour alone.
 */
export function intervalGlyph(axis: EffectAxis, mark: EffectMark): Html {
  const x = scaleOf(axis);
  const middle = HEIGHT / 2;
  const { estimate, lower, upper } = mark.lift;
  if (estimate === null) return html`<svg ${frame(HEIGHT)}>${zeroLine(x, 0, HEIGHT)}</svg>`;
  const from = place(x, lower ?? -Infinity);
  const to = place(x, upper ?? Infinity);
  const standing = standingOf(mark.lift, mark.direction);
  return html`<svg ${frame(HEIGHT)}>${zeroLine(x, 0, HEIGHT)}${mark.margin !== null && marginTick(x, mark)}<g class="mark ${standing}"><path class="interval" d="M${from} ${middle}H${to}"/>${end(axis, x, lower ?? -Infinity)}${end(axis, x, upper ?? Infinity)}${marker(standing, place(x, estimate), middle)}</g></svg>`;
}

/** The table's axis, for the column's head: same width and inset as the glyphs below it. */
export function axisGlyph(axis: EffectAxis): Html {
  const x = scaleOf(axis);
  const labels = axis.ticks.filter(fitting(axis.ticks, x)).map((tick) => {
    const at = place(x, tick);
    const anchor = at < LABEL_REACH ? "start" : at > WIDTH - LABEL_REACH ? "end" : "middle";
    const edge = anchor === "start" ? 0 : anchor === "end" ? WIDTH : at;
    const text = tick > 0 ? `+${formatPlainPercent(tick)}` : formatPlainPercent(tick);
    return html`<path class="tick" d="M${at} ${AXIS_HEIGHT - 6}V${AXIS_HEIGHT}"/><text class="tick-label" x="${edge}" y="${AXIS_HEIGHT - 11}" text-anchor="${anchor}">${text}</text>`;
  });
  return html`<svg ${frame(AXIS_HEIGHT)}>${labels}${zeroLine(x, AXIS_HEIGHT - 6, AXIS_HEIGHT)}</svg>`;
}

/** Keeps every tick, or every second or third counted from zero, so that labels do not touch. */
function fitting(ticks: readonly number[], x: ScaleLinear<number, number>): (tick: number) => boolean {
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const room = x(ticks[1] ?? 0) - x(ticks[0] ?? 0);
  const every = room > 0 ? Math.ceil((2 * LABEL_REACH + INSET) / room) : 1;
  return (tick) => step === 0 || Math.round(tick / step) % every === 0;
}

/** A marker alone, for legends and beside words. */
export function markerGlyph(standing: Standing): Html {
  return html`<svg class="key" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><g class="mark ${standing}">${marker(standing, 8, 8)}</g></svg>`;
}

/** A margin's tick alone, for legends. */
export function marginKey(): Html {
  return html`<svg class="key" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path class="margin" d="M8 1V15M8 1H12M8 15H12"/></svg>`;
}

function frame(height: number): Html {
  return html`class="glyph" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" aria-hidden="true"`;
}

function scaleOf(axis: EffectAxis): ScaleLinear<number, number> {
  return scaleLinear()
    .domain([axis.lower, axis.upper])
    .range([INSET, WIDTH - INSET])
    .clamp(true);
}

function place(x: ScaleLinear<number, number>, value: number): number {
  return Math.round(x(value) * 10) / 10;
}

function zeroLine(x: ScaleLinear<number, number>, from: number, to: number): Html {
  return html`<path class="zero" d="M${place(x, 0)} ${from}V${to}"/>`;
}

/** A bracket that opens towards the safe side: the interval has to lie on that side of it. */
function marginTick(x: ScaleLinear<number, number>, mark: EffectMark): Html {
  const at = place(x, mark.margin ?? 0);
  const hook = at + 4 * mark.direction;
  return html`<path class="margin" d="M${hook} 4H${at}V${HEIGHT - 4}H${hook}"/>`;
}

/** A cap where the interval ends on the axis, an arrow head where it goes on. */
function end(axis: EffectAxis, x: ScaleLinear<number, number>, value: number): Html {
  const at = place(x, value);
  const middle = HEIGHT / 2;
  const beyond = value < axis.lower ? -1 : value > axis.upper ? 1 : 0;
  if (beyond === 0) return html`<path class="cap" d="M${at} ${middle - 5}V${middle + 5}"/>`;
  return html`<path class="cap" d="M${at - 5 * beyond} ${middle - 5}L${at} ${middle}L${at - 5 * beyond} ${middle + 5}"/>`;
}

function marker(standing: Standing, x: number, y: number): Html {
  if (standing === "open") return html`<circle class="point" cx="${x}" cy="${y}" r="4.5"/>`;
  const tip = standing === "better" ? -6 : 6;
  return html`<path class="point" d="M${x} ${y + tip}L${x + 6} ${y - tip * 0.75}H${x - 6}Z"/>`;
}
