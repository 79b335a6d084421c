import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { addProperty, parseJsonc } from "./edit-jsonc.ts";

/** What became of a file: `kept` is one that was there, or that says already what it should. */
interface ScaffoldOutcome {
  readonly path: string;
  readonly outcome: "created" | "changed" | "kept";
}

/** Writes into somebody's repository. Never replaces a file, a line or a setting that is there. */
export interface Scaffold {
  readonly outcomes: readonly ScaffoldOutcome[];
  create(path: string, text: string): void;
  keep(path: string): void;
  /** Adds those of the lines that the file does not have. */
  addLines(path: string, lines: readonly string[]): void;
  /** Adds a property to a file of JSON with comments. */
  addProperty(path: string, at: readonly string[], key: string, value: unknown): void;
  /** Adds a script to `package.json`, which is made where there is none. */
  addScript(name: string, command: string): void;
  /** The name in `package.json`. */
  packageName(): string | null;
}

export function openScaffold(root: string): Scaffold {
  const outcomes = new Map<string, ScaffoldOutcome["outcome"]>();

  function record(path: string, outcome: ScaffoldOutcome["outcome"]) {
    const before = outcomes.get(path);
    if (before === undefined || before === "kept") outcomes.set(path, outcome);
  }

  function read(path: string): string | null {
    return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null;
  }

  function write(path: string, text: string, outcome: "created" | "changed") {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: outcome === "created" ? "wx" : "w" });
    record(path, outcome);
  }

  function addTo(path: string, at: readonly string[], key: string, value: unknown, empty: string) {
    const before = read(path);
    const after = addProperty(before ?? empty, at, key, value);
    if (after === null) record(path, "kept");
    else write(path, after, before === null ? "created" : "changed");
  }

  return {
    get outcomes() {
      return [...outcomes].map(([path, outcome]) => ({ path, outcome }));
    },
    create(path, text) {
      if (read(path) === null) write(path, text, "created");
      else record(path, "kept");
    },
    keep: (path) => record(path, "kept"),
    addLines(path, lines) {
      const before = read(path);
      const present = new Set((before ?? "").split(/\r?\n/).map((line) => line.trim()));
      const missing = lines.filter((line) => !present.has(line));
      if (missing.length === 0) return record(path, "kept");
      const kept = before === null || before === "" || before.endsWith("\n") ? (before ?? "") : `${before}\n`;
      write(path, `${kept}${missing.join("\n")}\n`, before === null ? "created" : "changed");
    },
    addProperty: (path, at, key, value) => addTo(path, at, key, value, "{}\n"),
    addScript(name, command) {
      const scripts = parseJsonc(read("package.json") ?? "{}") as { scripts?: unknown } | undefined;
      if (scripts?.scripts === undefined)
        addTo("package.json", [], "scripts", {}, '{\n  "private": true\n}\n');
      addTo("package.json", ["scripts"], name, command, "{}");
    },
    packageName() {
      const manifest = parseJsonc(read("package.json") ?? "") as { name?: unknown } | null | undefined;
      const name = manifest?.name;
      return typeof name === "string" && /^[\w@./-]+$/.test(name) ? name : null;
    },
  };
}
