import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { explanations } from "../../../src/diagnostics/explanations.ts";
import { renderSarif } from "../../../src/diagnostics/sarif.ts";
import { SAMPLE } from "../check/sample-files.ts";
import { putInto } from "./put-into.ts";

const project = new Map(Object.entries(SAMPLE).map(([name, text]) => [`experiments/${name}`, text]));

const require = createRequire(import.meta.url);

/** The schema of OASIS, in draft 4: what of it differs from later drafts are the two names of the schema itself. */
const {
  $schema: _,
  id: __,
  ...schema
} = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as Readonly<Record<string, unknown>>;
const validate = new Ajv({
  allErrors: true,
  strict: false,
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    // RFC 3986, "Uniform Resource Identifier (URI): Generic Syntax" (2005), section 2.
    "uri-reference": /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/,
    "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
  },
}).compile(schema);

const complaints = (log: unknown) =>
  validate(log) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);

function logOf(files: ReadonlyMap<string, string>) {
  const { diagnostics, texts } = compile([...files].map(([path, text]) => ({ path, text })));
  return JSON.parse(renderSarif(diagnostics, texts, { folder: "apps/a b/", version: "1.2.3" }));
}

describe("the log of", () => {
  test("a sound project fits the schema of SARIF 2.1.0", () => {
    expect(complaints(logOf(project))).toEqual([]);
  });

  const examples = Object.entries(explanations).flatMap(([code, { example }]) =>
    example === null ? [] : [[code, example.bad] as const],
  );

  test.each(examples)("what gives %s fits it", (_, bad) => {
    expect(complaints(logOf(putInto(project, bad)))).toEqual([]);
  });

  test("files with odd names and texts fits it", () => {
    const odd = ["a b#é?%0a", "\u202e'();,", "\ud800", "..", "\\"].map((name) => `experiments/${name}.yaml`);
    const log = logOf(new Map([...project, ...odd.map((path) => [path, "name: [\u{2028}\n"] as const)]));
    expect(log.runs[0].results.length).toBeGreaterThan(odd.length);
    expect(complaints(log)).toEqual([]);
  });
});

test("the schema finds what does not fit it", () => {
  const log = logOf(new Map([...project, ["experiments/a.yaml", "name: [\n"]]));
  const [result] = log.runs[0].results;
  result.level = "fatal";
  result.locations[0].physicalLocation.region.startLine = 0;
  result.locations[0].physicalLocation.artifactLocation.uri = "a b";
  result.rule_id = "x";
  expect(complaints(log).map((complaint) => complaint.split(" ")[0])).toEqual(
    expect.arrayContaining([
      "/runs/0/results/0",
      "/runs/0/results/0/level",
      "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
      "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
    ]),
  );
});
