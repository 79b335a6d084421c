import { Composer, CST, type Document, Parser } from "yaml";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Place } from "../diagnostics/place.ts";
import { extractTree } from "./extract-tree.ts";
import type { LocatedTree } from "./located-tree.ts";

/** Levels of nesting that a document may have. */
export const DEEPEST = 64;

const LONGEST_PROBLEM = 200;
/** A line with which git begins, parts or ends the sides of a conflict. */
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/m;
/** A quoted scalar that really ends. */
const CLOSED = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\[\s\S])*")$/;
/** Characters that YAML does not have, and line ends that are none of its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
export const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;

interface Parsed {
  /** Null where the text has problems. */
  readonly tree: LocatedTree | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** YAML 1.2 (core schema) text as a located tree. Of a text's syntax problems only the first is told: the rest mostly follow from it. */
export function parse(file: string, text: string): Parsed {
  const at = (start: number, end: number): Place => ({
    file,
    span: { start: Math.min(start, text.length), end: Math.min(end, text.length) },
  });
  const refuse = (diagnostic: Diagnostic): Parsed => ({ tree: null, diagnostics: [diagnostic] });

  const control = CONTROL.exec(text);
  if (control !== null) {
    const character = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return refuse(diagnose("yaml/control-character", at(control.index, control.index + 1), { character }));
  }

  const tokens = [...new Parser().parse(text)];
  for (const { token, depth } of nested(tokens)) {
    if (depth > DEEPEST) return refuse(diagnose("yaml/too-deep", at(token.offset, token.offset + 1), {}));
    if (onlySeemsClosed(token)) {
      const place = at(token.offset, token.offset + token.source.length);
      const problem = `Missing closing ${token.source.charAt(0)}quote`;
      return refuse(diagnose("yaml/syntax", place, { problem }));
    }
    // It also leaves out what follows an explicit key without a colon, as in `? a "b"`, and says nothing.
    const lost = CST.isCollection(token) ? token.items.find(hasNoColon)?.value : undefined;
    if (lost) {
      const problem = "A colon is missing between a key and its value";
      return refuse(diagnose("yaml/syntax", at(lost.offset, lost.offset + 1), { problem }));
    }
  }
  const directive = tokens.find((token) => token.type === "directive");
  if (directive !== undefined) {
    const place = at(directive.offset, directive.offset + directive.source.length);
    return refuse(diagnose("yaml/directive", place, { directive: shorten(directive.source) }));
  }

  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens)) {
    const [problem] = document.errors;
    if (problem !== undefined) {
      const conflict = CONFLICT.exec(text);
      if (conflict !== null) {
        const [marker] = conflict;
        const place = at(conflict.index, conflict.index + marker.length);
        return refuse(diagnose("yaml/conflict", place, { marker }));
      }
      return refuse(diagnose("yaml/syntax", at(...problem.pos), { problem: shorten(problem.message) }));
    }
    if (documents.length > 0) {
      const [start] = document.range;
      return refuse(diagnose("yaml/several-documents", at(start, start), {}));
    }
    documents.push(document);
  }
  const [document] = documents;
  if (document === undefined || isBlank(document)) return refuse(diagnose("yaml/empty", at(0, 0), {}));
  return extractTree(file, text, document);
}

/**
 * The tokens of documents with their depth. Looked at before composing, which recurses and would exhaust the
 * stack; what hangs below a level that is too deep is never reached.
 */
function* nested(
  tokens: readonly CST.Token[],
): Generator<{ readonly token: CST.Token; readonly depth: number }> {
  const pending: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, depth } = next;
    yield next;
    if (token.type === "document") {
      if (token.value) pending.push({ token: token.value, depth });
    } else if (CST.isCollection(token)) {
      for (const { key, value } of token.items) {
        if (key) pending.push({ token: key, depth: depth + 1 });
        if (value) pending.push({ token: value, depth: depth + 1 });
      }
    }
  }
}

/** Whether a quote only seems to close, as in `'it''` and `"it\"`, which the composer forgives. */
export function onlySeemsClosed(token: CST.Token): token is CST.FlowScalar {
  if (token.type !== "single-quoted-scalar" && token.type !== "double-quoted-scalar") return false;
  const { source } = token;
  return source.length > 1 && source.endsWith(source.charAt(0)) && !CLOSED.test(source);
}

function hasNoColon({ key, sep, value }: CST.CollectionItem): boolean {
  return Boolean(key && value) && !sep?.some(({ type }) => type === "map-value-ind");
}

function isBlank({ contents }: Document.Parsed): boolean {
  return contents === null || (contents.range[0] === contents.range[1] && !contents.anchor && !contents.tag);
}

function shorten(problem: string): string {
  return problem.length > LONGEST_PROBLEM ? `${problem.slice(0, LONGEST_PROBLEM)}…` : problem;
}
