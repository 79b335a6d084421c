/** `2026-01-01`, `2026-01-01T12:00Z`, `2026-01-01T12:00:00.5+01:00`; the day may still not exist. */
const FORM =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

/** Milliseconds since the epoch of an instant with its zone, or of the UTC midnight of a day; NaN of all else. */
export function instantOf(text: string): number {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);
  return FORM.test(text) && day <= days ? Date.parse(text) : Number.NaN;
}

/**
 * Negative, 0 or positive as a value comes before, at or after a moment: a day is compared with `day`, an
 * instant with `instant`. NaN where the value is neither.
 */
export function compareDates(value: unknown, day: string, instant: number): number {
  if (typeof value !== "string") return Number.NaN;
  const read = instantOf(value);
  return value.length > 10 || Number.isNaN(read) ? read - instant : value < day ? -1 : Number(value > day);
}
