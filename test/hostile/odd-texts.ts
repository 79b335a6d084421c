/** A sound experiment. */
export const SOUND = `name: Odd
status: draft
unit: user
variants:
  control: {}
  other: {}
metrics:
  primary: conversion
`;
/** It, with a text in the place of its name. */
export const named = (value: string) => SOUND.replace("name: Odd", `name: ${value}`);
/** It, with a description. */
export const described = (value: string) => `${SOUND}description: ${value}\n`;
const bomb = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
f: [*e, *e, *e, *e, *e, *e, *e, *e, *e]
`;

/** Odd texts that mean something: what is read is what stands there. */
export const READ: Readonly<Record<string, readonly [text: string, name: string]>> = {
  "a byte order mark": [`\u{feff}${SOUND}`, "Odd"],
  "line ends of Windows": [SOUND.replaceAll("\n", "\r\n"), "Odd"],
  "no line end at the end": [SOUND.trimEnd(), "Odd"],
  "a document start and end": [`---\n${SOUND}...\n`, "Odd"],
  "a comment behind the document's end": [`${SOUND}...\n# over\n`, "Odd"],
  "white space at the ends of lines": [SOUND.replaceAll("\n", "  \n"), "Odd"],
  "a folded text": [named(">-\n  Odd\n  one"), "Odd one"],
  "a literal text": [named("|-\n  Odd"), "Odd"],
  "a plain text of several lines": [named("Odd\n  one"), "Odd one"],
  "a quoted text of several lines": [named('"Odd\n  one"'), "Odd one"],
  escapes: [named('"\\x4fdd \\u00e9 \\U0001f600"'), "Odd é 😀"],
  "a single quote in single quotes": [named("'it''s'"), "it's"],
  "a hash inside a word": [named("C# and#more"), "C# and#more"],
  "a colon inside a word": [named("a:b ::c"), "a:b ::c"],
  "words of YAML 1.1": [named("yes"), "yes"],
  "a key far from its value": [named("   Odd"), "Odd"],
  "an explicit key": [SOUND.replace("name: Odd", "? name\n: Odd"), "Odd"],
  "a quoted key": [SOUND.replace("name:", '"name":'), "Odd"],
  "an anchor and its alias": [
    SOUND.replace("control: {}\n  other: {}", "control: &empty {}\n  other: *empty"),
    "Odd",
  ],
  JSON: [
    '{"name":"Odd","status":"draft","unit":"user","variants":{"control":{},"other":{}},"metrics":{"primary":"conversion"}}',
    "Odd",
  ],
};

/** Odd texts that are refused, and what is said first. */
export const REFUSED: Readonly<Record<string, readonly [text: string | Uint8Array, code: string]>> = {
  "an alias bomb": [bomb, "yaml/alias-expansion"],
  "an alias to itself": [`${SOUND}tags: &t [*t]\n`, "yaml/alias-expansion"],
  "an alias without an anchor": [named("*nobody"), "yaml/unknown-alias"],
  "deep flow lists": [`tags: ${"[".repeat(50_000)}`, "yaml/too-deep"],
  "deep flow mappings": ["{a: ".repeat(50_000), "yaml/too-deep"],
  "deep block lists": ["- ".repeat(50_000), "yaml/too-deep"],
  "deep block mappings": [
    Array.from({ length: 300 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
    "yaml/too-deep",
  ],
  "deep explicit keys": ["? ".repeat(20_000), "yaml/too-deep"],
  "a file of a megabyte and more": [`${SOUND}# ${"x".repeat(1_000_000)}\n`, "file/too-large"],
  "a merge key": [`${SOUND}<<: { owner: me }\n`, "yaml/merge-key"],
  "a tag": [named("!!str Odd"), "yaml/tag"],
  "a tag that would run code": [named("!!js/function 'function () {}'"), "yaml/tag"],
  "a tag of a language's object": [named('!!python/object/apply:os.system ["id"]'), "yaml/tag"],
  "a binary tag": [named("!!binary aGVsbG8="), "yaml/tag"],
  "a directive": [`%TAG ! tag:example.com,2000:\n---\n${SOUND}`, "yaml/directive"],
  "YAML 1.1": [`%YAML 1.1\n---\n${SOUND}`, "yaml/directive"],
  "two documents": [`${SOUND}---\n${SOUND}`, "yaml/several-documents"],
  nothing: ["", "yaml/empty"],
  "nothing but a comment": ["# nothing\n", "yaml/empty"],
  "nothing but a document's start": ["---\n", "yaml/empty"],
  "a word": ["hello\n", "schema/type"],
  "a list": ["- name: Odd\n", "schema/type"],
  NUL: [named("O\0dd"), "yaml/control-character"],
  "an escape of the terminal": [named("\u001b[31mOdd"), "yaml/control-character"],
  "an escaped NUL": [named('"O\\0dd"'), "schema/form"],
  "an escaped escape of the terminal": [named('"\\e[31mOdd"'), "schema/form"],
  "line ends of old Macs": [SOUND.replaceAll("\n", "\r"), "yaml/control-character"],
  "a tab as indentation": [SOUND.replace("  control", "\tcontrol"), "yaml/syntax"],
  "bytes that are no text": [new Uint8Array([0x6e, 0x3a, 0x20, 0xc3, 0x28]), "file/not-utf8"],
  "half a character in bytes": [new Uint8Array([0xed, 0xa0, 0x80]), "file/not-utf8"],
  "UTF-16": [new Uint8Array([0xff, 0xfe, 0x6e, 0, 0x3a, 0]), "file/not-utf8"],
  "a key of JavaScript": [`${SOUND}__proto__: { polluted: true }\n`, "yaml/forbidden-key"],
  "a key of JavaScript, escaped": [`${SOUND}"\\x5f_proto__": { polluted: true }\n`, "yaml/forbidden-key"],
  "a key of JavaScript, deeper": [
    SOUND.replace("control: {}", "control: { params: { constructor: 1 } }"),
    "yaml/forbidden-key",
  ],
  "a key of every object": [`${SOUND}toString: 1\n`, "schema/unknown-key"],
  "the same key twice": [`${SOUND}name: Other\n`, "yaml/duplicate-key"],
  "the same key twice, once quoted": [`${SOUND}"name": Other\n`, "yaml/duplicate-key"],
  "a list as a key": [`${SOUND}? [a, b]\n: c\n`, "yaml/complex-key"],
  "an alias as a key": [`${SOUND}tags: &t x\n*t : c\n`, "yaml/complex-key"],
  "no key": [`${SOUND}: x\n`, "yaml/complex-key"],
  "a number beyond exactness": [`${SOUND}iteration: 9007199254740993\n`, "yaml/number"],
  "a number that is none": [`${SOUND}iteration: .nan\n`, "yaml/number"],
  "a number without end": [`${SOUND}iteration: 1e999\n`, "yaml/number"],
  "an open quote": [named('"Odd'), "yaml/syntax"],
  "a quote that only seems to close": [named('"\\"'), "yaml/syntax"],
  "an open list": [`${SOUND}tags: [a, b\n`, "yaml/syntax"],
  "a closed list that was not open": [`${SOUND}tags: a]]\n- b\n`, "yaml/syntax"],
  "an unknown escape": [named('"\\q"'), "yaml/syntax"],
  "a mapping on one line with a mapping": [named("a: b: c"), "yaml/syntax"],
  "a reserved indicator": [named("@Odd"), "yaml/syntax"],
  "a reserved indicator of another kind": [named("`Odd`"), "yaml/syntax"],
  "a text less indented than its key": [described("|\n bad\nworse"), "yaml/syntax"],
};
