import type { Comparison, MetricEstimate } from "../inference/estimate.ts";
import type { Effect } from "../model/effect.ts";

/** `9,813`. */
export function wordCount(count: number): string {
  return decimal(count, 0);
}

/** `0.0455`, and `< 0.0001` below that. */
export function wordPValue(pValue: number): string {
  return pValue < 0.0001 ? "p < 0.0001" : `p = ${pValue.toFixed(4)}`;
}

/** `+18.4% (+0.3% to +39.7%)`: the lift where it exists, else the difference, rates in percentage points. */
export function wordEffect(estimate: MetricEstimate, comparison: Comparison): string {
  const scale = comparison.relative.estimate === null ? "absolute" : "relative";
  const interval = comparison[scale];
  if (interval.estimate === null) return "without an estimate";
  const word = onScale(estimate, scale, [interval.estimate, interval.lower, interval.upper]);
  const ends = [interval.lower, interval.upper];
  if (ends.every((end) => end === null)) return word(interval.estimate);
  const [lower, upper] = ends.map((end) => (end === null ? "unbounded" : word(end)));
  return `${word(interval.estimate)} (${lower} to ${upper})`;
}

/** `−1.2%`: one end of an effect, on the scale of a margin. */
export function wordBound(estimate: MetricEstimate, scale: Effect["kind"], bound: number): string {
  return onScale(estimate, scale, [bound])(bound);
}

/** An MDE or a margin as people write it: `5%`, `0.3 pp`. */
export function wordSize(estimate: MetricEstimate, { kind, value }: Effect): string {
  const plain = (number: number) => String(Number(number.toPrecision(12)));
  if (kind === "relative") return `${plain(value * 100)}%`;
  return estimate.kind === "conversion" ? `${plain(value * 100)} pp` : plain(value);
}

/** Names come from files: kept on one line. */
export function wordName(name: string): string {
  return name.replace(/\s+/g, " ").trim();
}

/** Signed numbers with one set of decimals, as few as show which of them are 0. */
function onScale(estimate: MetricEstimate, scale: Effect["kind"], values: readonly (number | null)[]) {
  const percent = scale === "relative" || estimate.kind === "conversion";
  const [factor, unit] = percent ? [100, scale === "relative" ? "%" : " pp"] : [1, ""];
  const sizes = values.flatMap((value) => (value === null || value === 0 ? [] : [Math.abs(value * factor)]));
  const largest = Math.max(0, ...sizes);
  const digits = percent ? 1 : Math.max(0, 2 - Math.floor(Math.log10(largest || 1)));
  const visible = sizes.map((size) => Math.ceil(-Math.log10(2 * size)));
  const decimals = Math.min(8, Math.max(digits, ...visible));
  return (value: number) => {
    const text = decimal(value * factor, decimals) + unit;
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  };
}

/** Thousands separators and a real minus; a rounded zero has no sign. */
function decimal(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(2).replace("-", "−");
  const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
