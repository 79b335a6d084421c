import { basename, dirname, posix } from "node:path";

/**
 * The file that `simulate` writes for a source's pattern, so that the pattern names it: `data/*.parquet` gives
 * `data/simulated.parquet`. Null for patterns with more than `*` and `**`.
 */
export function simulationTarget(pattern: string): string | null {
  if (!/[*?[\]{}!()]/.test(pattern)) return pattern;
  if (/[?[\]{}!()]/.test(pattern)) return null;
  const folder = dirname(pattern)
    .split("/")
    .filter((part) => part !== "**")
    .map((part) => part.replaceAll("*", "simulated"))
    .join("/");
  const name = basename(pattern);
  const file =
    name === "*" || name === "**" ? "simulated.parquet" : name.replace("*", "simulated").replaceAll("*", "");
  return posix.join(folder, file);
}
