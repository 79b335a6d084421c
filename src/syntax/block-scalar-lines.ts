import type { CST } from "yaml";

/** A block scalar (`|`, `>`) taken off its indentation. */
interface BlockScalarLines {
  /** To be written where the parent's children are indented by two columns. */
  readonly header: string;
  /** To be indented by two columns more than the parent; empty ones stay empty. */
  readonly lines: readonly string[];
}

/**
 * The lines of a block scalar without their indentation, which YAML 1.2.2 §8.1.1 finds by the header's
 * indicator, or else by the first line that is not empty. Empty lines after it belong to it under `+` only.
 */
export function blockScalarLines({ indent: parent, props, source }: CST.BlockScalar): BlockScalarLines {
  const written = props.find(({ type }) => type === "block-scalar-header") as CST.SourceToken;
  const style = written.source.charAt(0);
  const chomping = /[+-]/.exec(written.source)?.[0] ?? "";
  const indicator = Number(/[1-9]/.exec(written.source)?.[0] ?? 0);
  const all = source.split(/\r?\n/);
  const first = all.findIndex((line) => /[^ ]/.test(line));
  if (first < 0) {
    const kept = chomping === "+" && source !== "" ? Math.max(1, all.length - 1) : 0;
    return { header: `${style}${chomping}`, lines: Array.from({ length: kept }, () => "") };
  }
  const indent = indicator > 0 ? Math.max(parent, 0) + indicator : spaces(all[first] as string);
  const lines = all.map((line) => line.slice(Math.min(indent, spaces(line))));
  const end = chomping === "+" && lines.at(-1) !== "" ? lines.length : lines.length - 1;
  const last = chomping === "+" ? end : lines.findLastIndex((line) => line !== "") + 1;
  const ambiguous = lines.slice(0, first + 1).some((line) => line.startsWith(" "));
  return { header: `${style}${ambiguous ? 2 : ""}${chomping}`, lines: lines.slice(0, last) };
}

function spaces(line: string): number {
  return line.length - line.replace(/^ +/, "").length;
}
