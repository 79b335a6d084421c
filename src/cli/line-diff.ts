/** A line that one text has and the other has not. */
export interface DiffLine {
  readonly side: "-" | "+";
  /** From 1, in its own text. */
  readonly line: number;
  readonly text: string;
}

/** Beyond this many pairs of lines the middle is told as replaced: a person would not read the difference either. */
const MOST_PAIRS = 4_000_000;

/** What turns one text into the other, by a longest common subsequence of lines. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = before.split("\n");
  const now = after.split("\n");
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const common = commonLines(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const difference: DiffLine[] = [];
  let left = start;
  let right = start;
  for (const { old: nextOld, now: nextNow } of [
    ...common.map((pair) => ({ old: pair.old + start, now: pair.now + start })),
    { old: old.length - end, now: now.length - end },
  ]) {
    for (; left < nextOld; left++) difference.push({ side: "-", line: left + 1, text: old[left] as string });
    for (; right < nextNow; right++)
      difference.push({ side: "+", line: right + 1, text: now[right] as string });
    left = nextOld + 1;
    right = nextNow + 1;
  }
  return difference;
}

/** Pairs of equal lines in order, as many as there can be. */
function commonLines(
  old: readonly string[],
  now: readonly string[],
): readonly { readonly old: number; readonly now: number }[] {
  if (old.length * now.length > MOST_PAIRS) return [];
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] as number;
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = now.length - 1; column >= 0; column--)
      lengths[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const pairs: { old: number; now: number }[] = [];
  for (let row = 0, column = 0; row < old.length && column < now.length; ) {
    if (old[row] === now[column]) pairs.push({ old: row++, now: column++ });
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
