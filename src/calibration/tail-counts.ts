import { type Check, checkCount } from "./check.ts";
import { countWorlds } from "./scenario.ts";

/** Error rates at which false positives are counted: a test can be right at .05 and wrong far out. */
export const LEVELS: readonly number[] = [0.001, 0.01, 0.05, 0.2];

/** False positives at every level, where nothing is true. */
export function checkTails(
  type: "exact" | "at-most",
  worlds: number,
  drawPValue: () => number | null,
): readonly Check[] {
  return checkLevels(
    type,
    countWorlds(worlds, () => belowLevels(drawPValue())),
    worlds,
  );
}

/** Of every level, whether p is below it; a p-value that does not exist counts as 1. */
export function belowLevels(pValue: number | null): readonly boolean[] {
  return LEVELS.map((level) => (pValue ?? 1) < level);
}

/** One check for each level. */
export function checkLevels(
  type: "exact" | "at-most",
  counts: readonly number[],
  worlds: number,
): readonly Check[] {
  return LEVELS.map((level, index) =>
    checkCount(`p below ${level} where nothing is true`, type, level, { count: counts[index]!, worlds }),
  );
}
