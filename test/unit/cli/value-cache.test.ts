import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cacheFolder } from "../../../src/cli/cache-folder.ts";
import { openValueCache } from "../../../src/cli/value-cache.ts";
import { rememberEntries, reviveValue } from "../../../src/compile.ts";
import { temporaryFolder } from "../../command-line.ts";

const texts = ["name: One\ntags: [a, é]\n", "name: Two\nmde: 5%\n", "name: >-\n  Three\n  lines\n"];

/** A cache in a folder, and how often it had to ask. */
function open(folder: string) {
  const readValue = rememberEntries();
  let asked = 0;
  const cache = openValueCache(folder, (text) => {
    asked += 1;
    return readValue(text);
  });
  return { ...cache, asked: () => asked };
}

function filled(): string {
  const folder = join(temporaryFolder(), "deep", "cache");
  const cache = open(folder);
  for (const text of texts) cache.read(text);
  cache.save();
  return folder;
}

/** A file with the head that fits its body, as somebody who knows the form would write it. */
function forge(folder: string, body: string): void {
  const [words = ""] = readFileSync(join(folder, "values"), "utf8").split("\n");
  const sum = createHash("sha256").update(body).digest("hex");
  writeFileSync(join(folder, "values"), `${words.replace(/[0-9a-f]{64}$/, sum)}\n${body}`);
}

test("values that a run read are known to the next", () => {
  const folder = filled();
  const cache = open(folder);
  for (const text of texts) expect(cache.read(text)).toEqual(rememberEntries()(text));
  expect(cache.asked()).toBe(0);
  expect(cache.read(`${texts[0]}owner: me\n`)).toEqual({ name: "One", tags: ["a", "é"], owner: "me" });
  expect(cache.asked()).toBe(1);
});

test("a value inherits nothing, wherever it comes from", () => {
  const folder = filled();
  for (const cache of [open(folder), open(temporaryFolder())])
    expect(Object.getPrototypeOf(cache.read(texts[0]!))).toBeNull();
});

test("what has no value is asked for again, and nothing is written for it", () => {
  const folder = temporaryFolder();
  for (let run = 0; run < 2; run += 1) {
    const cache = open(folder);
    expect(cache.read("name: [")).toBeUndefined();
    cache.save();
    expect(cache.asked()).toBe(1);
  }
  expect(readdirSync(folder)).toEqual([]);
});

test("values that this run did not ask for stay, and nothing else is left behind", () => {
  const folder = filled();
  const cache = open(folder);
  cache.read("name: Four\n");
  cache.save();
  const again = open(folder);
  for (const text of [...texts, "name: Four\n"]) again.read(text);
  expect(again.asked()).toBe(0);
  expect(readdirSync(folder)).toEqual(["values"]);
});

test("two runs at once spoil nothing: the later one's file stands", () => {
  const folder = filled();
  const [one, other] = [open(folder), open(folder)];
  one.read("name: Four\n");
  other.read("name: Five\n");
  one.save();
  other.save();
  const cache = open(folder);
  for (const text of [...texts, "name: Five\n"]) cache.read(text);
  expect(cache.asked()).toBe(0);
});

test.each<readonly [name: string, change: (text: string) => string]>([
  ["cut off", (text) => text.slice(0, -3)],
  ["changed", (text) => text.replace("One", "Two")],
  ["of another version", (text) => text.replace(/^fairtrial \S+/, "fairtrial 0.0.0")],
  ["of another form", (text) => text.replace(/ values \d+ /, " values 0 ")],
  ["empty", () => ""],
  ["something else", () => "\0\n{}"],
])("a file that is %s is nobody's, and is replaced", (_, change) => {
  const folder = filled();
  const path = join(folder, "values");
  writeFileSync(path, change(readFileSync(path, "utf8")));
  const cache = open(folder);
  for (const text of texts) expect(cache.read(text)).toEqual(rememberEntries()(text));
  expect(cache.asked()).toBe(texts.length);
  cache.save();
  const next = open(folder);
  for (const text of texts) next.read(text);
  expect(next.asked()).toBe(0);
});

test.each([
  '{"__proto__":{"polluted":true}}',
  '{"variants":{"constructor":1}}',
  '{"iteration":9007199254740993}',
  '{"iteration":1e999}',
  `${'{"a":'.repeat(80)}1${"}".repeat(80)}`,
  `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  '{"name":',
  "",
])("a forged value that no text has is not taken: %.40s", (json) => {
  const folder = filled();
  const body = readFileSync(join(folder, "values"), "utf8").split("\n").slice(1);
  forge(folder, body.map((line) => `${line.slice(0, line.indexOf(" "))} ${json}`).join("\n"));
  const cache = open(folder);
  for (const text of texts) expect(cache.read(text)).toEqual(rememberEntries()(text));
  expect(cache.asked()).toBe(texts.length);
  expect("polluted" in {}).toBe(false);
});

test("where nothing can be written, reading goes on", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "shut"));
  chmodSync(join(folder, "shut"), 0o500);
  mkdirSync(join(folder, "taken", "values"), { recursive: true });
  for (const place of ["file", join("shut", "cache"), "taken"]) {
    const cache = open(join(folder, place));
    expect(cache.read(texts[0]!)).toBeDefined();
    expect(() => cache.save()).not.toThrow();
  }
  expect(readdirSync(join(folder, "taken"))).toEqual(["values"]);
});

test("what JSON says of any value is that value again, or nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const json = JSON.stringify(value);
      const revived = reviveValue(json);
      if (revived !== undefined) expect(JSON.stringify(revived)).toBe(json);
    }),
  );
});

test("the cache lies beside the dependencies, else with the user, or where the environment says", () => {
  const root = temporaryFolder();
  const env = { XDG_CACHE_HOME: join(root, "users") };
  const users = cacheFolder(root, env)!;
  expect(users.startsWith(join(root, "users", "fairtrial"))).toBe(true);
  expect(cacheFolder(temporaryFolder(), env)).not.toBe(users);
  expect(cacheFolder(root, { XDG_CACHE_HOME: "relative", HOME: root, LOCALAPPDATA: root })).not.toContain(
    "relative",
  );
  mkdirSync(join(root, "node_modules"));
  expect(cacheFolder(root, env)).toBe(join(root, "node_modules", ".cache", "fairtrial"));
  expect(cacheFolder(root, { ...env, FAIRTRIAL_CACHE: "kept/here" })).toBe(join(root, "kept", "here"));
  expect(cacheFolder(root, { ...env, FAIRTRIAL_CACHE: "off" })).toBeNull();
  expect(existsSync(join(root, "users"))).toBe(false);
});
