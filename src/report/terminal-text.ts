/** Controls, line separators, overrides of direction, lone surrogates: what could drive a terminal or fake a line. */
const UNSAFE = /[\p{Control}\p{Surrogate}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A text from files or data on one line, with nothing left in it that a terminal would obey. */
export function plainText(text: string): string {
  return text.replace(UNSAFE, " ").trim();
}

/** Columns that a text takes in a terminal, styling not counted. East Asian wide characters and emoji take two. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(STYLING, "")) width += widthOf(character);
  return width;
}

/** A text filled with spaces to `width` columns, on its right or, for numbers, on its left. */
export function pad(text: string, width: number, side: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "left" ? space + text : text + space;
}

/** A text cut to `width` columns, an ellipsis in the place of what is gone. For text without styling. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A text in lines of at most `width` columns, broken at spaces; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/ +/)) {
    const line = lines.at(-1);
    if (line !== undefined && displayWidth(line) + 1 + displayWidth(word) <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styling is made of them.
const STYLING = /\u001b\[\d*m/g;

function widthOf(character: string): 0 | 1 | 2 {
  if (/^(?:\p{Mark}|[\u200b-\u200d])$/u.test(character)) return 0;
  return /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u.test(
    character,
  )
    ? 2
    : 1;
}
