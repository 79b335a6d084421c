// Writes docs/vectors/native.json: what the native hash and its operators give, for other languages. `--check` fails on drift.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const path = "docs/vectors/native.json";
const { fraction, hash, operators, place } = await runtime();

const ids = [
  ...["", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"],
  ...[
    "1",
    "2",
    "u-42",
    "user-000123",
    "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "a".repeat(255),
    "0".repeat(4096),
  ],
  ...[
    "é",
    "e\u0301",
    "ünïcödé",
    "ユーザー1",
    "😀",
    "a😀",
    "ab😀c",
    "👩‍👩‍👧",
    "\u0000",
    "a\u0000b",
    "\u007f",
    "\u0080",
    "\u07ff",
    "\u0800",
    "\uffff",
  ],
  ...["\ud800", "\udc00", "a\ud83d", "\udc00\ud800", "x\ud800y", "\ufffd"],
];
const salts = [
  "holdout/holdout-2026-h2",
  "layer/checkout",
  "experiment/buy-button/layer",
  "experiment/buy-button/1/variant",
  "experiment/buy-button/2/variant",
  "experiment/buy-button/1/parameter/steps",
  "",
];
const choices = ["plain", "bold", "huge"];
const weights = [0.2, 0.3, 0.5];
const salt = "experiment/buy-button/1/parameter/steps";
const vectors = {
  description:
    "hash: murmur3-32 (seed 0) of the UTF-8 bytes, unsigned, a lone surrogate as U+FFFD. places: floor(fmix32(hash xor murmur3-32(salt)) * 10^6 / 2^32), by salt. operators: over the salt `salt`. Texts are JSON: lone surrogates are escaped.",
  salt,
  arguments: {
    uniformChoice: choices,
    weightedChoice: { choices, weights },
    bernoulliTrial: 0.1,
    randomInteger: [1, 6],
    randomFloat: [7.99, 11.99],
    bernoulliFilter: { choices, p: 0.5 },
    sample: { choices, draws: 2 },
  },
  salts: salts.map((text) => ({ salt: text, hash: hash(text) >>> 0 })),
  vectors: ids.map((id) => ({
    id,
    hash: hash(id) >>> 0,
    places: salts.map((text) => place(hash(id), hash(text))),
    fraction: fraction(hash(id), hash(salt)),
    operators: {
      uniformChoice: operators.uniformChoice(id, salt, choices),
      weightedChoice: operators.weightedChoice(id, salt, choices, weights),
      bernoulliTrial: operators.bernoulliTrial(id, salt, 0.1),
      randomInteger: operators.randomInteger(id, salt, 1, 6),
      randomFloat: operators.randomFloat(id, salt, 7.99, 11.99),
      bernoulliFilter: operators.bernoulliFilter(id, salt, choices, 0.5),
      sample: operators.sample(id, salt, choices, 2),
    },
  })),
};
const text = `${JSON.stringify(vectors, null, 1)}\n`;
if (!process.argv.includes("--check")) {
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
} else if (readFileSync(join(root, path), "utf8") !== text) {
  console.error(`${path} is not what the runtime gives: run \`node scripts/derive-vectors.mjs\``);
  process.exitCode = 1;
}

/** The runtime as it stands in `src`. */
async function runtime() {
  const bundle = await rolldown({ input: join(root, "src", "runtime", "index.ts") });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString("base64")}`);
}
