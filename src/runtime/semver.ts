/** Precedence by Semantic Versioning 2.0.0, §11. Works on character codes: comparing allocates nothing. */

/** Orders the pre-release of `value`, which begins at `start`, and another. */
export type PreReleaseOrder = (value: string, start: number, preRelease: string) => number;

/** What stands behind a number of a version, as its distance from the digit 0. */
const DOT = -2;
const DASH = -3;
const PLUS = -5;

/**
 * Negative, 0 or positive as `value` comes before, with or after a version. NaN where `value` is no version:
 * three numbers, with a pre-release or build metadata (which does not count) behind them or nothing. A version
 * with a pre-release is compared by `comparePreReleases`; an app whose versions have none does not pay for it.
 */
export function compareVersions(
  value: unknown,
  major: number,
  minor: number,
  patch: number,
  preReleases?: PreReleaseOrder,
  preRelease?: string,
): number {
  if (typeof value !== "string") return Number.NaN;
  let order = 0;
  let index = 0;
  let code = 0;
  let bound = major;
  for (let part = 0; part < 3; part++) {
    const start = index;
    let number = 0;
    for (; index < value.length; index++) {
      code = value.charCodeAt(index) - 48;
      if (code >>> 0 > 9) break;
      number = number * 10 + code;
    }
    if (index++ === start || (part < 2 && code !== DOT)) return Number.NaN;
    order = order || number - bound;
    bound = part === 0 ? minor : patch;
  }
  if (index <= value.length && code !== DASH && code !== PLUS) return Number.NaN;
  if (order) return order;
  if (code !== DASH) return preReleases ? 1 : 0;
  return preReleases ? preReleases(value, index, preRelease!) : -1;
}
