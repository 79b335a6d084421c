const TEXT_WIDTH = 100;

/** A JSDoc comment of paragraphs; texts from a project can neither end it nor hold a tag. */
export function docComment(paragraphs: readonly string[], tags: readonly string[] = []): string {
  const body = paragraphs.map(commentText).filter((paragraph) => paragraph !== "");
  const blocks = [...body.map(wrap), ...tags.map((tag) => [tag])];
  const lines = blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block]));
  if (lines.length === 1) return `/** ${lines[0]} */`;
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}

/** Text from a project as it can stand in a comment: on one line, without control characters, ends or tags. */
export function commentText(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replaceAll("*/", "*\\/")
    .replaceAll("</", "<\\/")
    .replaceAll("<!--", "<\\!--")
    .replace(/(^|[\s{])@/g, "$1\\@");
}

/** Most texts: ASCII without `*`, `<` and `@`, its words set apart by one space. */
const HARMLESS = /^[!-)+-;=-?A-~]+(?: [!-)+-;=-?A-~]+)*$/;

function wrap(text: string): readonly string[] {
  if (text.length <= TEXT_WIDTH) return [text];
  const lines: string[] = [];
  let start = 0;
  while (text.length - start > TEXT_WIDTH) {
    const last = text.lastIndexOf(" ", start + TEXT_WIDTH);
    const end = last > start ? last : text.indexOf(" ", start + 1);
    if (end < 0) break;
    lines.push(text.slice(start, end));
    start = end + 1;
  }
  return [...lines, text.slice(start)];
}
