import type { PatternNode, Ranges } from "../runtime/pattern-syntax.ts";
import type { Random } from "./random.ts";
import { between, pick } from "./sampling.ts";

/** Beyond the least number of times, a part is repeated at most so often. */
const MOST_MORE = 3;

/** A text that fits a pattern; what `^` and `$` ask in its middle is not looked at. */
export function drawText(random: Random, node: PatternNode): string {
  switch (node.kind) {
    case "character":
      return String.fromCodePoint(drawCharacter(random, node.ranges));
    case "sequence":
      return node.parts.map((part) => drawText(random, part)).join("");
    case "choice":
      return drawText(random, pick(random, node.parts));
    case "repeat": {
      const more = Math.min(node.most - node.least, MOST_MORE);
      const times = node.least + Math.floor(between(random, 0, more + 1));
      return Array.from({ length: times }, () => drawText(random, node.part)).join("");
    }
    default:
      return "";
  }
}

/** A letter, a digit or a mark of ASCII where one fits. */
function drawCharacter(random: Random, ranges: Ranges): number {
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index < ranges.length; index += 2) {
    pairs.push([Math.max(ranges[index]!, 33), Math.min(ranges[index + 1]!, 126)]);
  }
  const visible = pairs.filter(([first, last]) => first <= last);
  if (visible.length === 0) return ranges[0] ?? 33;
  const [first, last] = pick(random, visible);
  return Math.floor(between(random, first, last + 1));
}
