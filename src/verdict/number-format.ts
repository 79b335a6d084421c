/**
 * Numbers as people read them. What does not exist is an em dash; signs are real minus signs; digits follow the
 * precision of the number, not the storage.
 */

/** Stands for a number that does not exist. */
export const ABSENT = "—";

/** 1234567 is `1,234,567`; rounded to a whole number. */
export function formatCount(count: number | null): string {
  return count === null ? ABSENT : formatDecimals(Math.round(count), 0);
}

/** A count that was computed: one decimal below 100, where rounding would be seen. */
export function formatExpected(count: number): string {
  return formatDecimals(count, count < 100 && !Number.isInteger(count) ? 1 : 0);
}

/** A fraction with three significant digits: 0.049 is `4.90%`. */
export function formatPercent(fraction: number | null): string {
  return fraction === null ? ABSENT : `${formatQuantity(fraction * 100, 3)}%`;
}

/** A fraction without padding, for what people wrote: 0.05 is `5%`, 0.125 is `12.5%`. */
export function formatPlainPercent(fraction: number): string {
  return `${formatPlain(fraction * 100)}%`;
}

/** A number without padding, for what people wrote, to twelve significant digits. */
export function formatPlain(value: number): string {
  return minus(String(Number(value.toPrecision(12))));
}

/** Four decimals: `0.0455`, `< 0.0001`, `> 0.9999`. */
export function formatPValue(pValue: number | null): string {
  if (pValue === null) return ABSENT;
  if (pValue < 0.0001) return "< 0.0001";
  if (pValue > 0.9999 && pValue < 1) return "> 0.9999";
  return pValue === 1 ? "1" : pValue.toFixed(4);
}

/** A p-value as a statement: `p = 0.0455`, `p < 0.0001`. */
export function statePValue(pValue: number | null): string {
  if (pValue === null) return "no p-value";
  const text = formatPValue(pValue);
  return /^[<>]/.test(text) ? `p ${text}` : `p = ${text}`;
}

/** Any measured number with `digits` significant digits; whole parts are never cut: `1,234,567`, `4.312`, `0.01235`. */
export function formatQuantity(value: number | null, digits = 4): string {
  if (value === null) return ABSENT;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-6 || size >= 1e15)) return minus(value.toExponential(digits - 1));
  const decimals = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return formatDecimals(value, decimals);
}

/** A fixed number of decimals with thousands separators. A rounded zero has no sign. */
export function formatDecimals(value: number, decimals: number): string {
  const fixed = Math.abs(value).toFixed(Math.min(decimals, 20));
  const [whole = "", fraction] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0 && Number(fixed) !== 0 ? "−" : "";
  return sign + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

/** As `formatDecimals`, with a plus sign where the number is above zero after rounding. */
export function formatSigned(value: number, decimals: number): string {
  const text = formatDecimals(value, decimals);
  return value > 0 && Number(value.toFixed(Math.min(decimals, 20))) !== 0 ? `+${text}` : text;
}

/**
 * Decimals that suit a set of numbers: three significant digits of their spread, and enough that none that is not
 * zero reads as zero (an interval that excludes zero is seen to). At most 8.
 */
export function decimalsFor(values: readonly (number | null)[]): number {
  const present = values.filter((value) => value !== null);
  const spread = Math.max(...present) - Math.min(...present) || Math.max(...present.map(Math.abs));
  const decimals =
    spread > 0 && Number.isFinite(spread) ? clamp(2 - Math.floor(Math.log10(spread)), 0, 8) : 0;
  const smallest = Math.min(...present.map(Math.abs).filter((size) => size > 0));
  const visible = Number.isFinite(smallest) ? Math.ceil(-Math.log10(2 * smallest)) : 0;
  return clamp(Math.max(decimals, Math.min(visible, decimals + 3)), 0, 8);
}

function clamp(value: number, lower: number, upper: number): number {
  return Math.min(Math.max(value, lower), upper);
}

function minus(text: string): string {
  return text.replaceAll("-", "−");
}
