/** Lines of YAML as they are written, one after the other. */
export interface YamlLines {
  /** Writes a text on a line of its own, or behind the dash that it belongs to. */
  begin(indent: number, text: string): void;
  /** Goes on with the last line where it can be, else on one of its own. */
  put(indent: number, text: string): void;
  /** Begins an item of a sequence. */
  dash(indent: number): void;
  /** A comment stays on the line that it followed in the source, `gap` between them. */
  comment(indent: number, text: string, gap: string): void;
  /** The source has a line end here; two or more in a row are a blank line. */
  breakLine(): void;
  /** Goes on with the last line's scalar on the next line. */
  fold(indent: number, text: string): void;
  /** Writes the lines of a block scalar. */
  block(indent: number, texts: readonly string[]): void;
  /** A collection begins that stood at a column of the source and is written at an indent. */
  enter(column: number, indent: number): void;
  leave(): void;
  /** The indent of the innermost collection that reaches a column of the source. */
  levelOf(column: number): number;
  /** Whether a text put on the last line leaves it narrow enough to be read beside its former self. */
  fits(text: string): boolean;
  toString(): string;
}

const WIDEST = 100;

export function writeYamlLines(): YamlLines {
  const lines: string[] = [];
  /** Line ends of the source since the last written text. */
  let breaks = 0;
  /** Whether text may follow on the last line. */
  let open = false;
  /** Where text goes that belongs to the dash that ends the last line; null where no dash does. */
  let dashed: number | null = null;

  const levels: { readonly column: number; readonly indent: number }[] = [];

  function write(text: string, behind: boolean) {
    if (behind) lines.push(`${lines.pop() ?? ""}${text}`);
    else if (breaks > 1 && lines.length > 0) lines.push("", text);
    else lines.push(text);
    breaks = 0;
    open = true;
    dashed = null;
  }

  return {
    begin(indent, text) {
      const behind = dashed === indent;
      write(behind ? ` ${text}` : setIn(indent, text), behind);
    },
    put(indent, text) {
      write(open ? ` ${text}` : setIn(indent, text), open);
    },
    dash(indent) {
      this.begin(indent, "-");
      dashed = indent + 2;
    },
    comment(indent, text, gap) {
      const behind = breaks === 0 && open;
      write(behind ? `${gap.replace(/[^ ]/g, " ") || " "}${text}` : setIn(indent, text), behind);
      open = false;
    },
    breakLine() {
      breaks += 1;
    },
    fold(indent, text) {
      lines.push(setIn(indent, text));
    },
    block(indent, texts) {
      lines.push(...texts.map((text) => setIn(indent, text)));
      // Blank lines below a block scalar without text are its own or not, as their number has it: none stays.
      breaks = texts.length === 0 ? Number.NEGATIVE_INFINITY : 1;
      open = false;
    },
    enter: (column, indent) => void levels.push({ column, indent }),
    leave: () => void levels.pop(),
    levelOf: (column) => levels.findLast((level) => level.column <= column)?.indent ?? 0,
    fits: (text) => (lines.at(-1)?.length ?? 0) + 1 + text.length <= WIDEST,
    toString: () => `${lines.join("\n")}\n`,
  };
}

function setIn(indent: number, text: string): string {
  return text === "" ? "" : `${" ".repeat(indent)}${text}`;
}
