import { readFileSync } from "node:fs";
import type { Population } from "../compile-change.ts";
import { UsageError } from "./exit.ts";

const GENERATED = 100_000;

/** Whose assignment a change is measured on: real ids or contexts from a file, else generated ids. */
export function readPopulation(files: { readonly units?: string; readonly contexts?: string }): Population {
  if (files.units !== undefined)
    return { kind: "units", ids: nonEmpty("--units", files.units, idsOf(files.units)) };
  if (files.contexts !== undefined)
    return { kind: "contexts", contexts: nonEmpty("--contexts", files.contexts, contextsOf(files.contexts)) };
  return { kind: "generated", size: GENERATED };
}

/** An id a line; empty lines and repeated ids do not count. */
function idsOf(path: string): readonly string[] {
  return [...new Set(linesOf("--units", path).map(({ text }) => text))];
}

/** A JSON object a line: what the app passes to `assign`, unit ids included. */
function contextsOf(path: string): readonly { readonly [name: string]: unknown }[] {
  return linesOf("--contexts", path).map(({ text, line }) => {
    const context = parse(text);
    if (typeof context !== "object" || context === null || Array.isArray(context))
      throw new UsageError(`--contexts ${path}:${line} is not a JSON object`);
    return context as { readonly [name: string]: unknown };
  });
}

function linesOf(option: string, path: string): readonly { readonly text: string; readonly line: number }[] {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${option} ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  return content
    .replace(/^\u{feff}/u, "")
    .split(/\r?\n/)
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== "");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nonEmpty<T>(option: string, path: string, values: readonly T[]): readonly T[] {
  if (values.length === 0) throw new UsageError(`${option} ${path} is empty`);
  return values;
}
