import { expect, test } from "vitest";
import { messageOf } from "../../../src/diagnostics/wording.ts";
import { compileSample, type Edits } from "../check/sample-files.ts";

const IGNORE = "# fairtrial-ignore-next-line layer/will-overlap -- it starts later";
const LAYER = "layer: { name: checkout, from: 20%, to: 100% }";

function draft(above: string, end = ""): Edits {
  return {
    "refactor.yaml": [["layer: { name: checkout, from: 40%, to: 100% }", `${above}${LAYER}${end}`]],
  };
}

const codes = (edits: Edits) => compileSample(edits).diagnostics.map(({ code }) => code);

test("without a comment there is a note", () => {
  expect(codes(draft(""))).toEqual(["layer/will-overlap"]);
});

test.each([
  ["on the line above", `${IGNORE}\n`],
  ["above blank lines and other comments", `${IGNORE}\n\n# the other half\n`],
  ["above a second one", `${IGNORE}\n# fairtrial-ignore-next-line layer/carry-over -- tried\n`],
  ["behind a value", `rollout: 50% ${IGNORE}\n`],
  ["without a space", `${IGNORE.replace("# ", "#")}\n`],
  ["with dashes in its reason", `${IGNORE} -- and ends later\n`],
  ["in a file of CRLF", `${IGNORE}\r\n`],
])("a comment %s suppresses", (_, above) => {
  expect(codes(draft(above)).filter((code) => code === "layer/will-overlap")).toEqual([]);
});

test.each([
  ["of another code", IGNORE.replace("will-overlap", "carry-over"), "suppression/unused"],
  ["of no code", "# fairtrial-ignore-next-line", "suppression/malformed"],
  ["of several codes", IGNORE.replace(" --", ", layer/carry-over --"), "suppression/malformed"],
  ["without a reason", IGNORE.replace(" it starts later", ""), "suppression/malformed"],
  ["without dashes", IGNORE.replace(" --", ""), "suppression/malformed"],
  ["of an unknown kind", IGNORE.replace("ignore", "disable"), "suppression/malformed"],
  ["of an unknown code", IGNORE.replace("will-", "shall-"), "suppression/unknown-code"],
  [
    "of a name that every object has",
    IGNORE.replace("layer/will-overlap", "constructor"),
    "suppression/unknown-code",
  ],
])("a comment %s does not, and is a warning", (_, comment, code) => {
  const { diagnostics } = compileSample(draft(`${comment}\n`));
  expect(diagnostics.map((found) => found.code).sort()).toEqual(["layer/will-overlap", code].sort());
  const warning = diagnostics.find((found) => found.code === code);
  expect(warning?.severity).toBe("warning");
});

test("a comment on another line does not", () => {
  expect(codes(draft("", `\n${IGNORE}`))).toEqual(["layer/will-overlap", "suppression/unused"]);
  expect(codes(draft(`${IGNORE}\nrollout: 50%\n`))).toEqual(["layer/will-overlap", "suppression/unused"]);
});

test("text is no comment", () => {
  expect(codes(draft(`description: |\n  ${IGNORE}\n`))).toEqual(["layer/will-overlap"]);
  expect(codes(draft(`description: "${IGNORE}"\n`))).toEqual(["layer/will-overlap"]);
  expect(codes(draft(`description: a${IGNORE}\n`))).toEqual(["layer/will-overlap"]);
});

test("errors remain, and the comment is told of", () => {
  const comment = "# fairtrial-ignore-next-line plan/too-long -- it will do";
  const tooLong = (status: string): Edits => ({
    "one-page.yaml": [
      ["mde: 5%", `${comment}\nmde: 1%`],
      ["status: running", `status: ${status}`],
    ],
  });
  expect(codes(tooLong("running"))).toEqual(["plan/too-long", "suppression/of-error"]);
  expect(codes(tooLong("draft"))).toEqual([]);
});

test("what an error may hide is not called unused", () => {
  const comment = IGNORE.replace("will-overlap", "carry-over");
  const edits = { ...draft(`${comment}\n`), "one-page.yaml": [["unit: user", "unit: usr"]] } satisfies Edits;
  expect(codes(edits)).toEqual(["unit/unknown"]);
});

test("what only data can show is not called unused", () => {
  const comment = IGNORE.replace("layer/will-overlap", "data/missing-value");
  expect(codes({ "metrics/basket.yaml": [["value: amount", `${comment}\nvalue: amount`]] })).toEqual([]);
});

test("later stages' warnings are suppressed too", () => {
  const comment = IGNORE.replace("layer/will-overlap", "data/missing-value");
  const { locate } = compileSample({
    "metrics/basket.yaml": [["value: amount", `${comment}\nvalue: amount`]],
  });
  const place = { file: "experiments/metrics/basket.yaml", path: ["value"] };
  const warning = {
    code: "data/missing-value",
    severity: "warning",
    place,
    args: {},
    related: [],
    fixes: [],
  } as const;
  expect(locate([warning, { ...warning, code: "data/missing-unit-value" }])).toMatchObject([
    { code: "data/missing-unit-value" },
  ]);
});

test("the problem of a malformed comment is said", () => {
  const { diagnostics } = compileSample(draft("# fairtrial-ignore-next-line layer/will-overlap\n"));
  expect(messageOf(diagnostics.at(-1)!)).toBe("this comment suppresses nothing: it gives no reason");
});
