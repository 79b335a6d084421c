import { Lexer } from "yaml";
import { type Code, catalog } from "../diagnostics/catalog.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lineAt, lineStartsOf, positionAt } from "../diagnostics/position.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Suppression } from "../diagnostics/suppression.ts";

/** What all comments to this tool begin with. */
const PREFIX = "fairtrial-";
const KEYWORD = "ignore-next-line";

interface Read {
  readonly suppressions: readonly Suppression[];
  /** Comments that are meant as suppressions and are none. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The suppressions of all files: comments `# fairtrial-ignore-next-line <code> -- <reason>`. They speak of the
 * next line that holds more than a comment.
 */
export function readSuppressions(texts: ReadonlyMap<string, string>): Read {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [file, text] of texts) {
    if (!text.includes(PREFIX)) continue;
    const lineStarts = lineStartsOf(text);
    for (const comment of commentsOf(text)) {
      const read = readComment(file, text, lineStarts, comment);
      if (read === null) continue;
      if ("code" in read && "line" in read) suppressions.push(read);
      else diagnostics.push(read);
    }
  }
  return { suppressions, diagnostics };
}

interface Comment {
  readonly start: number;
  readonly source: string;
}

/** Signs that the lexer gives beside the text itself. */
const SIGNS = ["\u0002", "\u0018", "\u001f"];
const SCALAR = "\u001f";

/** Comments alone: a `#` inside a block of text is part of the text. */
function commentsOf(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let before = "";
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith("#") && before !== SCALAR) comments.push({ start: at, source: token });
    if (!SIGNS.includes(token)) at += token.length;
    before = token;
  }
  return comments;
}

function readComment(
  file: string,
  text: string,
  lineStarts: readonly number[],
  { source, start }: Comment,
): Suppression | Diagnostic | null {
  const [, keyword, rest = ""] = /^#\s*fairtrial-([\w-]*)(.*)$/.exec(source.trimEnd()) ?? [];
  if (keyword === undefined) return null;
  const place = { file, span: { start, end: start + source.trimEnd().length } };
  const refuse = (problem: string) => diagnose("suppression/malformed", place, { problem });
  if (keyword !== KEYWORD) return refuse(`\`${PREFIX}${keyword}\` is not known`);
  const [named, ...reasons] = rest.split(/(?<=\s)--(?:\s|$)/);
  const codes = (named ?? "").split(/[\s,]+/).filter((word) => word !== "");
  const [code] = codes;
  if (code === undefined) return refuse("it names no code");
  if (codes.length > 1) return refuse("it names more than one code, or gives its reason without `--`");
  const reason = reasons.join("-- ").trim();
  if (reason === "") return refuse("it gives no reason");
  if (!isCode(code)) {
    const suggestion = suggest(code, Object.keys(catalog));
    return diagnose("suppression/unknown-code", place, { code, suggestion: suggestion ?? "" });
  }
  const { line } = positionAt(text, lineStarts, start);
  return {
    code,
    reason,
    place,
    line: nextLine(text, lineStarts, line),
    removal: removalOf(text, lineStarts, line, place.span),
  };
}

function isCode(word: string): word is Code {
  return Object.hasOwn(catalog, word);
}

/** The next line that is neither blank nor a comment. */
function nextLine(text: string, lineStarts: readonly number[], line: number): number | null {
  for (let next = line + 1; next <= lineStarts.length; next += 1) {
    if (/^\s*[^\s#]/.test(lineAt(text, lineStarts, next))) return next;
  }
  return null;
}

/** The whole line of a comment that stands alone; else the comment and the spaces before it. */
function removalOf(
  text: string,
  lineStarts: readonly number[],
  line: number,
  span: { readonly start: number; readonly end: number },
) {
  const first = lineStarts[line - 1] ?? 0;
  const before = text.slice(first, span.start);
  if (before.trim() === "") return { start: first, end: lineStarts[line] ?? text.length };
  return { start: first + before.trimEnd().length, end: span.end };
}
