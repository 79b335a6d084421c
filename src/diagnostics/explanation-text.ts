import { type Code, catalog } from "./catalog.ts";
import { type ExampleFiles, examplePath, withoutMarks } from "./explanation.ts";
import { explanations } from "./explanations.ts";
import { visible } from "./visible-text.ts";

interface TextOptions {
  /** Whether to use SGR colours. */
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
}

const styles = { bold: 1, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
const severityStyles = { error: "red", warning: "yellow", note: "cyan" } as const;
const WIDEST = 100;

/** The explanation of a code for a terminal. */
export function explanationText(code: Code, { color, width }: TextOptions): string {
  const paint = (style: keyof typeof styles, text: string) =>
    color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
  const { severity, title } = catalog[code];
  const { example, why } = explanations[code];
  const columns = Math.min(width, WIDEST);
  const lines = [
    `${paint(severityStyles[severity], `${severity}[${code}]`)}${paint("bold", `: ${title}`)}`,
    ...why.split("\n\n").flatMap((paragraph) => ["", wrap(paragraph, columns)]),
  ];
  if (example !== null) {
    lines.push("", paint("red", "What gives it:"), ...filesOf(example.bad));
    lines.push("", paint("green", "What does not:"), ...filesOf(example.good));
  }
  return `${lines.join("\n")}\n`;
}

function filesOf(files: ExampleFiles): readonly string[] {
  return Object.entries(files).flatMap(([name, text]) => {
    const path = examplePath(name);
    if (text === null) return ["", `  there is no ${path}`];
    const lines = withoutMarks(text).trimEnd().split("\n");
    return ["", `  ${path}`, ...lines.map((line) => `    ${visible(line)}`.trimEnd())];
  });
}

/** Words longer than a line stay whole. */
function wrap(paragraph: string, columns: number): string {
  const lines: string[] = [];
  for (const word of paragraph.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}
