import { ordinaryValue, plainValue } from "./ordinary-value.ts";
import { emptyObject, type JsonValue } from "./to-json.ts";

/** The text of an entry without the scalars that stand alone at the ends of its lines, and those. */
export interface Outline {
  readonly text: string;
  /** As the text spells them, quotes and brackets included. */
  readonly scalars: readonly string[];
}

/** Makes the value of an entry of the scalars that its outline leaves open; undefined where one is not for it to judge. */
export type Fill = (scalars: readonly string[]) => JsonValue | undefined;

/** Characters of one line that mean nothing by themselves. */
const INSIDE = String.raw`[^\0-\x1f\x7f-\xa0\u2028\u2029\ufeff`;
const PLAIN = String.raw`[A-Za-z0-9](?:(?:${INSIDE}:#]|:(?=[\w/]))*${INSIDE}:# ])?`;
const ITEM = String.raw`[A-Za-z0-9](?:[\w %.+/-]*[\w%+/-])?`;
const LIST = String.raw`\[${ITEM}(?:, ${ITEM})*\]`;
const QUOTED = `"${INSIDE}"\\\\]*"|'${INSIDE}']*'`;
const LEAD = String.raw` *(?:- +)+(?:[\w-]+: +)?| *[\w-]+: +`;

/** A scalar, or a list of scalars on one line, behind a key or a dash and with nothing behind itself. */
const OPEN = new RegExp(`^(${LEAD})(${PLAIN}|${QUOTED}|${LIST})$`, "gm");

/** What stands for an open scalar in an outline: no text without control characters has it. */
const MARK = "\0";

export function outlineOf(source: string): Outline {
  const scalars: string[] = [];
  const text = source.replace(OPEN, (_, lead: string, scalar: string) => {
    scalars.push(scalar);
    return lead + MARK + kindOf(scalar);
  });
  return { text, scalars };
}

/**
 * How entries of an outline are read: as yaml reads the outline with samples for its scalars, each of which holds every
 * sign that a scalar of its kind may hold. Null where a sample does not come out as it went in: there a sign would mean
 * something, or the text goes on behind it.
 */
export function learnOutline({ text }: Outline, key: string): Fill | null {
  const kinds: Kind[] = [];
  const sampled = text.replace(/\0(.)/g, (_, kind: Kind) => kindsOf[kind].sample(kinds.push(kind) - 1));
  const value = ordinaryValue(sampled);
  if (typeof value !== "object" || value === null || Object.keys(value).join() !== key) return null;
  const found: number[] = [];
  const part = partOf((value as { readonly [key: string]: JsonValue })[key]!, kinds, found);
  if (found.length !== kinds.length || new Set(found).size !== kinds.length) return null;
  return (scalars) => {
    const values = scalars.map((scalar, index) => kindsOf[kinds[index]!].read(scalar));
    return values.includes(undefined) ? undefined : part(values as readonly JsonValue[]);
  };
}

type Kind = "p" | '"' | "'" | "[";

interface KindOfScalar {
  sample(index: number): string;
  /** The value of the sample where nothing in it means anything. */
  meant(index: number): string;
  read(scalar: string): JsonValue | undefined;
}

const kindsOf: Readonly<Record<Kind, KindOfScalar>> = {
  p: kind("", "", " , [] {} ' \" & * ! | > % @ ` - ? = ~ a:b https://c --- ... x", plainValue),
  '"': kind('"', '"', " : # , [] {} ' & * ! | > % @ ` - ? = ~ --- ... ", inner),
  "'": kind("'", "'", ' : # , [] {} " \\n & * ! | > % @ ` - ? = ~ --- ... ', inner),
  "[": kind("[", "]", " % . + / - --- x", (list) => {
    const values = inner(list).split(", ").map(plainValue);
    return values.includes(undefined) ? undefined : (values as readonly JsonValue[]);
  }),
};

function kind(open: string, close: string, signs: string, read: KindOfScalar["read"]): KindOfScalar {
  const meant = (index: number) => `sample${index}${signs}`;
  return { meant, sample: (index) => `${open}${meant(index)}${close}`, read };
}

function inner(scalar: string): string {
  return scalar.slice(1, -1);
}

function kindOf(scalar: string): Kind {
  const first = scalar.charAt(0);
  return first === '"' || first === "'" || first === "[" ? first : "p";
}

type Part = (values: readonly JsonValue[]) => JsonValue;

/** A part of a sampled value: what is constant once for all, what is open from the scalars. */
function partOf(value: JsonValue, kinds: readonly Kind[], found: number[]): Part {
  const sample = sampleIn(value, kinds);
  if (sample !== null) {
    found.push(sample);
    return (values) => values[sample]!;
  }
  if (typeof value !== "object" || value === null) return () => value;
  const before = found.length;
  if (Array.isArray(value)) {
    const parts = value.map((item) => partOf(item, kinds, found));
    return found.length === before ? () => value : (values) => parts.map((part) => part(values));
  }
  const parts = Object.entries(value).map(([key, member]) => [key, partOf(member, kinds, found)] as const);
  if (found.length === before) return () => value;
  return (values) => {
    const object = emptyObject();
    for (const [key, part] of parts) object[key] = part(values);
    return object;
  };
}

/** Which sample a value is, whole; null where it is none. */
function sampleIn(value: JsonValue, kinds: readonly Kind[]): number | null {
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const index = typeof only === "string" ? Number(/^sample(\d+) /.exec(only)?.[1] ?? -1) : -1;
  const kind = kinds[index];
  if (kind === undefined || (kind === "[") !== Array.isArray(value)) return null;
  return only === kindsOf[kind].meant(index) ? index : null;
}
