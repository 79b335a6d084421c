import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheKey, programIdentity } from "../../../src/cli/cache-key.ts";
import { openOutcomeCache } from "../../../src/cli/outcome-cache.ts";
import { readProjectFiles } from "../../../src/cli/project-files.ts";
import { compile } from "../../../src/compile.ts";
import { emit } from "../../../src/emit/emit.ts";
import { type Outcome, recall } from "../../../src/recall.ts";
import { repository, temporaryFolder } from "../../command-line.ts";

const files = readProjectFiles(repository);
const compiled = compile(files);
const outcome: Outcome = { project: compiled.project!, diagnostics: compiled.diagnostics };
const key = Buffer.alloc(32, 7);
const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });

function filled(): string {
  const folder = join(temporaryFolder(), "deep", "cache");
  openOutcomeCache(folder, key, "one").save(files, outcome);
  return folder;
}

test("an outcome is known again, and is the same in all that is made of it", () => {
  const folder = filled();
  const known = openOutcomeCache(folder, key, "one").read(files)!;
  expect(known).toEqual(outcome);
  const recalled = recall(files, known);
  expect(recalled.plan).toEqual(compiled.plan);
  expect(recalled.texts).toEqual(compiled.texts);
  expect(emit(known.project, recalled.plan!, [])).toEqual(emit(compiled.project!, compiled.plan!, []));
  expect(readdirSync(folder)).toEqual(["outcome"]);
});

test("of other files, by another program, or under another key, nothing is known", () => {
  const folder = filled();
  const [first, second, ...others] = files;
  const cache = openOutcomeCache(folder, key, "one");
  for (const other of [
    files.slice(1),
    [...files, file("experiments/z.yaml", "")],
    [second!, first!, ...others],
    [file(first!.path, "name: Other\n"), second!, ...others],
    [{ ...first!, path: "experiments/a.yaml" }, second!, ...others],
    [{ path: first!.path, text: "", isLink: true as const }, second!, ...others],
  ])
    expect(cache.read(other)).toBeNull();
  expect(cache.read(files)).not.toBeNull();
  expect(openOutcomeCache(folder, key, "two").read(files)).toBeNull();
  expect(openOutcomeCache(folder, Buffer.alloc(32, 8), "one").read(files)).toBeNull();
});

test("names and contents cannot be exchanged for one another", () => {
  const folder = temporaryFolder();
  const cache = openOutcomeCache(folder, key, "one");
  cache.save([file("a", "bc"), file("d", "")], outcome);
  for (const other of [
    [file("ab", "c"), file("d", "")],
    [file("a", "bcd"), file("", "")],
    [file("a", ""), file("d", "bc")],
  ])
    expect(cache.read(other)).toBeNull();
});

test("whatever is changed in the file, it is nobody's, and is replaced", () => {
  const folder = filled();
  const path = join(folder, "outcome");
  const content = readFileSync(path);
  const cache = openOutcomeCache(folder, key, "one");
  for (let at = 0; at < content.length; at += Math.ceil(content.length / 50)) {
    const spoilt = Buffer.from(content);
    spoilt[at]! ^= 1;
    writeFileSync(path, spoilt);
    expect(cache.read(files)).toBeNull();
  }
  for (const spoilt of [content.subarray(0, -1), content.subarray(0, 10), Buffer.alloc(0), "text"]) {
    writeFileSync(path, spoilt);
    expect(cache.read(files)).toBeNull();
  }
  cache.save(files, outcome);
  expect(cache.read(files)).toEqual(outcome);
});

test("where nothing can be written, nothing is said", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  const cache = openOutcomeCache(join(folder, "file"), key, "one");
  expect(() => cache.save(files, outcome)).not.toThrow();
  expect(cache.read(files)).toBeNull();
});

test("the key is made once, and is the user's alone", () => {
  const env = { XDG_CACHE_HOME: join(temporaryFolder(), "users") };
  const made = cacheKey(env)!;
  const path = join(env.XDG_CACHE_HOME, "fairtrial", "key");
  expect(made.length).toBe(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(cacheKey(env)).toEqual(made);
  expect(cacheKey({ XDG_CACHE_HOME: join(temporaryFolder(), "users") })).not.toEqual(made);
  writeFileSync(path, "short");
  expect(cacheKey(env)).toBeNull();
});

test.skipIf(process.platform === "win32")("a key that others may read or write is none", () => {
  const env = { XDG_CACHE_HOME: temporaryFolder() };
  cacheKey(env);
  for (const mode of [0o640, 0o602, 0o604]) {
    chmodSync(join(env.XDG_CACHE_HOME, "fairtrial", "key"), mode);
    expect(cacheKey(env)).toBeNull();
  }
});

test("where no key can be kept, there is none", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  expect(cacheKey({ XDG_CACHE_HOME: join(folder, "file") })).toBeNull();
  expect(existsSync(join(folder, "file", "fairtrial"))).toBe(false);
});

test("a program is told from another by its files; one that runs from its source is not", () => {
  expect(programIdentity(join(repository, "src", "cli"))).toBeNull();
  const folder = temporaryFolder();
  const identity = () => programIdentity(folder);
  writeFileSync(join(folder, "main.js"), "1");
  const first = identity();
  expect(identity()).toBe(first);
  writeFileSync(join(folder, "main.js"), "2");
  const second = identity();
  mkdirSync(join(folder, "chunk-abc.js"));
  expect(new Set([first, second, identity()]).size).toBe(3);
});
