/**
 * JSON with comments and trailing commas, as editors and TypeScript write it, with a property added to the object
 * at `path`; everything else stays to the byte. Null where the text is no such object, or where the property is
 * there already: nothing of a person's is ever replaced.
 */
export function addProperty(
  text: string,
  path: readonly string[],
  key: string,
  value: unknown,
): string | null {
  const root = readObject(text, skip(text, text.startsWith("\u{feff}") ? 1 : 0));
  let object = root;
  for (const step of path) {
    const property = object?.properties.find((candidate) => candidate.key === step);
    if (!property) return null;
    object = readObject(text, property.valueStart);
  }
  if (!root || !object || skip(text, root.end) < text.length) return null;
  if (object.properties.some((property) => property.key === key)) return null;

  const unit = /\n([ \t]+)["/]/.exec(text)?.[1] ?? "  ";
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const inner = unit.repeat(path.length + 1);
  const lines = JSON.stringify(value, null, unit).split("\n");
  const added = `${inner}${JSON.stringify(key)}: ${lines.join(`${newline}${inner}`)}`;
  const last = object.properties.at(-1);
  const close = object.end - 1;
  const tail = last === undefined ? object.start + 1 : last.valueEnd;
  const comma = last === undefined || object.trailingComma ? "" : ",";
  const between = text.slice(tail, close).trimEnd();
  return `${text.slice(0, tail)}${comma}${between}${newline}${added}${newline}${unit.repeat(path.length)}${text.slice(close)}`;
}

/** The value of JSON with comments; undefined where the text is none. */
export function parseJsonc(text: string): unknown {
  let plain = "";
  for (let at = text.startsWith("\u{feff}") ? 1 : 0; at < text.length; ) {
    const next = skip(text, at);
    if (next > at) plain += " ";
    at = next;
    const end = text[at] === '"' ? stringEnd(text, at) : at + 1;
    const piece = text.slice(at, end);
    if (piece !== "," || !/^[}\]]/.test(text.slice(skip(text, end)))) plain += piece;
    at = end;
  }
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}

interface Property {
  readonly key: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

interface ObjectText {
  readonly start: number;
  readonly end: number;
  readonly properties: readonly Property[];
  readonly trailingComma: boolean;
}

function readObject(text: string, start: number): ObjectText | null {
  if (text[start] !== "{") return null;
  const properties: Property[] = [];
  let trailingComma = false;
  for (let at = skip(text, start + 1); at < text.length; ) {
    if (text[at] === "}") return { start, end: at + 1, properties, trailingComma };
    if (text[at] !== '"' || (properties.length > 0 && !trailingComma)) return null;
    const keyEnd = stringEnd(text, at);
    const colon = skip(text, keyEnd);
    if (text[colon] !== ":") return null;
    const valueStart = skip(text, colon + 1);
    const valueEnd = readValue(text, valueStart);
    if (valueEnd === null) return null;
    const key: unknown = parseJsonc(text.slice(at, keyEnd));
    if (typeof key !== "string") return null;
    properties.push({ key, valueStart, valueEnd });
    at = skip(text, valueEnd);
    trailingComma = text[at] === ",";
    if (trailingComma) at = skip(text, at + 1);
  }
  return null;
}

/** Where a value ends; null where there is none. Brackets are counted, strings and comments jumped. */
function readValue(text: string, start: number): number | null {
  let depth = 0;
  for (let at = start; at < text.length; at = skip(text, at)) {
    const character = text[at] as string;
    if (character === '"') at = stringEnd(text, at);
    else if (/[[{]/.test(character)) {
      depth++;
      at++;
    } else if (/[\]}]/.test(character)) {
      if (depth === 0) return at > start ? at : null;
      depth--;
      at++;
    } else if (/[,:]/.test(character) && depth > 0) {
      at++;
      continue;
    } else if (/[\w.+-]/.test(character)) while (/[\w.+-]/.test(text[at] ?? "")) at++;
    else return null;
    if (depth === 0) return at;
  }
  return null;
}

/** The next place that is neither space nor comment. */
function skip(text: string, start: number): number {
  const gap = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  gap.lastIndex = start;
  gap.exec(text);
  return gap.lastIndex;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
