import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ReadValue, reviveValue } from "../compile.ts";
import { attempt, keepFile } from "./keep-file.ts";
import { packageVersion } from "./package.ts";

/** Values of texts that a run before this one read. A text's value never changes, so none is ever out of date. */
export interface ValueCache {
  readonly read: ReadValue;
  /** Writes what is new. */
  save(): void;
}

const FILE = "values";
/** To be raised when another value is read of the same text. */
const FORMAT = 1;
/** Characters of the values of other files than this run's, which another branch may ask for again. */
const MOST_UNUSED = 4_000_000;

/** Opens the cache in a folder; `readValue` is asked for what is not in it. */
export function openValueCache(folder: string, readValue: ReadValue): ValueCache {
  const known = load(join(folder, FILE));
  const used = new Map<string, string>();
  let fresh = false;
  return {
    read(text) {
      const key = hash("sha256", Buffer.from(text, "utf16le"), "base64url");
      const json = used.get(key) ?? known.get(key);
      const revived = json === undefined ? undefined : reviveValue(json);
      const value = revived ?? readValue(text);
      if (value === undefined) return undefined;
      fresh ||= revived === undefined;
      used.set(key, revived === undefined || json === undefined ? JSON.stringify(value) : json);
      return value;
    },
    save() {
      if (!fresh) return;
      fresh = false;
      const lines = [...used, ...atMost(MOST_UNUSED, known, used)];
      const body = lines.map(([key, json]) => `${key} ${json}`).join("\n");
      keepFile(folder, FILE, headOf(body) + body);
    },
  };
}

/** Values that are not among the used, up to a number of characters. */
function atMost(characters: number, known: ReadonlyMap<string, string>, used: ReadonlyMap<string, string>) {
  let size = 0;
  return [...known].filter(([key, json]) => {
    if (!used.has(key)) size += json.length;
    return !used.has(key) && size <= characters;
  });
}

/** What the file begins with: who wrote it, and the sum of the rest. */
function headOf(body: string): string {
  return `fairtrial ${packageVersion()} values ${FORMAT} ${hash("sha256", body)}\n`;
}

/** JSON by key. Empty where the file is absent, of another version, cut off, or anything else. */
function load(path: string): ReadonlyMap<string, string> {
  const text = attempt(() => readFileSync(path, "utf8")) ?? "";
  const start = text.indexOf("\n") + 1;
  const body = text.slice(start);
  if (text.slice(0, start) !== headOf(body)) return new Map();
  const lines = body.split("\n").map((line) => [line, line.indexOf(" ")] as const);
  return new Map(lines.map(([line, space]) => [line.slice(0, space), line.slice(space + 1)]));
}
