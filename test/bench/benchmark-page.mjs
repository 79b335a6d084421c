import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const page = join(import.meta.dirname, "..", "..", "docs", "benchmarks.md");

/** Replaces one script's part of the page of benchmarks and leaves the rest. */
export function writeBenchmark(script, text) {
  const [begin, end] = [`<!-- begin: ${script} -->`, `<!-- end: ${script} -->`];
  const part = `${begin}\n${text.trim()}\n\n\`node ${script}\` takes these figures anew.\n${end}`;
  const old = existsSync(page)
    ? readFileSync(page, "utf8")
    : "# Benchmarks\n\nFigures are ratios within one run on one machine; last digits mean nothing.\n";
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  writeFileSync(
    page,
    from < 0 ? `${old.trimEnd()}\n\n${part}\n` : old.slice(0, from) + part + old.slice(to + end.length),
  );
  process.stdout.write(`${part}\n`);
}
