import type { Comparison, Interval } from "./metric-estimate.ts";
import type { Question } from "./question.ts";

/**
 * What an effect is worth, by its 1−α interval turned so that positive is better, against a yardstick: the
 * MDE, or for a metric without one its margin, on that effect's own scale. First match:
 * - `harmful`: the whole interval is below 0;
 * - `meaningful`: the whole interval is at or beyond the yardstick;
 * - `trivial`: the whole interval is within ± the yardstick;
 * - `unclear`: anything else, a missing bound or yardstick included.
 */
export function practicalMeaning(
  question: Pick<Question, "mde" | "margin" | "sign">,
  absolute: Interval,
  relative: Interval,
): Comparison["practical"] {
  const benefit = turned(absolute, question.sign);
  if (benefit.upper !== null && benefit.upper < 0) return "harmful";
  const yardstick = question.mde ?? question.margin;
  if (yardstick === null) return "unclear";
  const scale = turned(yardstick.kind === "relative" ? relative : absolute, question.sign);
  if (scale.lower === null || scale.upper === null) return "unclear";
  if (scale.lower >= yardstick.value) return "meaningful";
  return scale.lower >= -yardstick.value && scale.upper <= yardstick.value ? "trivial" : "unclear";
}

function turned({ lower, upper }: Interval, sign: 1 | -1): Pick<Interval, "lower" | "upper"> {
  if (sign > 0) return { lower, upper };
  return { lower: upper === null ? null : -upper, upper: lower === null ? null : -lower };
}
