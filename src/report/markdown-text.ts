import { plainText } from "./terminal-text.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Invisible, and enough to keep GitHub from seeing a mention, a reference or a link. */
const BREAK = "\u200b";

/** A text from files or data as Markdown that shows it, on one line: no markup, HTML, mention, reference or link. */
export function escapeMarkdown(text: string): string {
  return plainText(text)
    .replace(/[\\`*_[\]#|~$]/g, "\\$&")
    .replace(/^(?=[-=+]|\d+[.)](\s|$))/, BREAK)
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? "")
    .replace(/@/g, `@${BREAK}`)
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\b(www)\./gi, `$1${BREAK}.`)
    .replace(/\b([0-9a-f]{6})(?=[0-9a-f]{1,34}\b)/gi, `$1${BREAK}`);
}

/** A text as a code span, whatever backticks it holds. */
export function markdownCode(text: string): string {
  const plain = plainText(text).replace(/\|/g, "\\|");
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const edge = plain.startsWith("`") || plain.endsWith("`") || plain === "" ? " " : "";
  return fence + edge + plain + edge + fence;
}
