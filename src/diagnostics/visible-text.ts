const TAB = "    ";
/** Made when a text needs it: its tables take as long to load as a small command. */
let graphemes: Intl.Segmenter | null = null;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const HARMFUL = /[\0-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^[\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;

/**
 * One line of foreign text as a terminal may show it: tabs become four spaces, and what could drive the terminal
 * or reorder its line (control and direction characters) a visible sign.
 */
export function visible(text: string): string {
  return text.replaceAll("\t", TAB).replace(HARMFUL, sign);
}

/** Columns that a visible text takes in a terminal: two for East Asian wide characters and emoji. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** The control pictures of Unicode where there is one: ESC becomes ␛. */
function sign(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\u{fffd}";
}
