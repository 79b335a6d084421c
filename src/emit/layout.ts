/** Source text that lays itself out: text, a sequence, or a bracketed list that breaks when its line is full. */
export type Code = string | readonly Code[] | CodeList;

interface CodeList {
  readonly open: string;
  readonly items: readonly Code[];
  readonly separator: "," | ";";
  readonly close: string;
}

const LINE_WIDTH = 100;

/** The text of code that begins at a column of a line indented by `indent` spaces. */
export function layOut(code: Code, indent: number, column: number): string {
  if (typeof code === "string") return code;
  if (!isList(code)) {
    let text = "";
    for (const part of code) text += layOut(part, indent, columnAfter(text, column));
    return text;
  }
  const flat = onOneLine(code);
  if (code.items.length === 0 || (!flat.includes("\n") && column + flat.length <= LINE_WIDTH)) return flat;
  const inner = " ".repeat(indent + 2);
  const lines = code.items.map((item, index) => {
    const trails = index < code.items.length - 1 || code.close !== ">";
    return `${inner}${layOut(item, indent + 2, indent + 2)}${trails ? code.separator : ""}\n`;
  });
  return `${code.open}\n${lines.join("")}${" ".repeat(indent)}${code.close}`;
}

function onOneLine(code: Code): string {
  if (typeof code === "string") return code;
  let text = "";
  if (!isList(code)) {
    for (const part of code) text += onOneLine(part);
    return text;
  }
  const { items, separator } = code;
  for (let index = 0; index < items.length; index += 1)
    text += (index === 0 ? "" : `${separator} `) + onOneLine(items[index]!);
  return code.open === "{" && text !== "" ? `{ ${text} }` : `${code.open}${text}${code.close}`;
}

function columnAfter(text: string, column: number): number {
  const lineStart = text.lastIndexOf("\n") + 1;
  return lineStart === 0 ? column + text.length : text.length - lineStart;
}

function isList(code: readonly Code[] | CodeList): code is CodeList {
  return "open" in code;
}
